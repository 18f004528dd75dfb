// Small repairs the theme needs before assistive technology can read it.
for (const box of document.querySelectorAll(".cell_output .output.text_html, pre")) {
  if (box.scrollWidth > box.clientWidth) box.tabIndex = 0;
}
for (const button of document.querySelectorAll("button.search-button__button, button.search-button-field")) {
  button.removeAttribute("aria-label");
  if (!button.textContent.trim()) button.setAttribute("aria-label", "Search");
}
