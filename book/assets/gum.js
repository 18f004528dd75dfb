// Small repairs the theme needs before assistive technology can read it.
const chinese = document.documentElement.lang.startsWith("zh");
const side = document.querySelector(".bd-sidebar-primary");
if (side) { side.setAttribute("role", "navigation"); side.setAttribute("aria-label", chinese ? "全书" : "Book"); }
for (const box of document.querySelectorAll(".cell_output .output.text_html, pre")) {
  if (box.scrollWidth > box.clientWidth) box.tabIndex = 0;
}
for (const button of document.querySelectorAll("button.search-button__button, button.search-button-field")) {
  button.removeAttribute("aria-label");
  if (!button.textContent.trim()) button.setAttribute("aria-label", chinese ? "搜索" : "Search");
}

// One switch shows or folds the code of all pages; a link to folded code opens it.
{
  const root = document.documentElement;
  const button = document.querySelector(".gum-switch");
  const turn = (shown) => {
    root.classList.toggle("gum-coded", shown);
    for (const code of document.querySelectorAll(".cell:not(.gum-tells) > .gum-code")) code.open = shown;
    button.setAttribute("aria-pressed", shown);
  };
  if (button) {
    button.hidden = false;
    turn(root.classList.contains("gum-coded"));
    button.addEventListener("click", () => {
      const shown = !root.classList.contains("gum-coded");
      turn(shown);
      try { localStorage.setItem("gum-code", shown ? "shown" : "folded"); } catch { /* a page from disk may keep nothing */ }
    });
  }
  const reach = () => {
    const aim = location.hash && document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (aim && aim.type === "radio") aim.checked = true;  // an address may choose what a list shows
    const cell = aim && aim.closest(".cell");
    if (!cell || !cell.querySelector(":scope > .gum-code")) return;
    cell.classList.add("gum-reached");
    cell.querySelector(":scope > .gum-code").open = true;
    cell.scrollIntoView({ block: "center" });
  };
  addEventListener("hashchange", reach);
  reach();
}

// The link to the other language leads to the section in view, and is remembered for the door of the book.
for (const link of document.querySelectorAll(".gum-language")) {
  link.addEventListener("click", () => {
    const read = [...document.querySelectorAll("article section[id] > :is(h2, h3)")].filter((one) => one.getBoundingClientRect().top < innerHeight / 3);
    link.hash = location.hash || (read.length ? `#${read.at(-1).parentElement.id}` : "");
    try { localStorage.setItem("gum-language", link.lang); } catch { /* a page from disk may keep nothing */ }
  });
}
