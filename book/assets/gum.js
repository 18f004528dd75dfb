// Small repairs the theme needs before assistive technology can read it.
const chinese = document.documentElement.lang.startsWith("zh");
const side = document.querySelector(".bd-sidebar-primary");
if (side) { side.setAttribute("role", "navigation"); side.setAttribute("aria-label", chinese ? "全书" : "Book"); }
const reachable = () => {
  for (const box of document.querySelectorAll(".cell_output .output.text_html, pre, .math-block")) {
    if (box.scrollWidth > box.clientWidth) box.tabIndex = 0;
  }
};
addEventListener("load", reachable);
addEventListener("resize", reachable);
for (const button of document.querySelectorAll("button.search-button__button, button.search-button-field")) {
  button.removeAttribute("aria-label");
  if (!button.textContent.trim()) button.setAttribute("aria-label", chinese ? "搜索" : "Search");
}

// Paper is light: a page in dark is printed in the light theme.
{
  const page = document.documentElement.dataset;
  let theme;
  addEventListener("beforeprint", () => { theme = page.theme; page.theme = "light"; });
  addEventListener("afterprint", () => { page.theme = theme; });
}

// A table too wide for its place on a phone folds: a row becomes a list of its cells, each behind the name of its column.
{
  const label = (table) => {
    const heads = [];
    for (const row of table.tHead.rows) {
      let at = 0;
      for (const cell of row.cells) {
        const words = cell.textContent.trim();
        for (let i = 0; i < cell.colSpan; i += 1, at += 1) if (words) heads[at] = [...(heads[at] || []), words];
      }
    }
    for (const row of table.tBodies[0].rows) {
      const offset = heads.length - row.cells.length;  // cells that span several rows stand in the first of these alone
      [...row.cells].forEach((cell, i) => {
        const head = heads[i + Math.max(offset, 0)];
        if (head) cell.dataset.head = chinese ? `${head.join("，")}：` : `${head.join(", ")}:`;
      });
    }
    for (const [kind, role] of [["thead, tbody", "rowgroup"], ["tr", "row"], ["td", "cell"], ["thead th", "columnheader"], ["tbody th", "rowheader"]]) {
      for (const part of table.querySelectorAll(kind)) part.setAttribute("role", role);
    }
    table.setAttribute("role", "table");
  };
  const fold = (box) => {
    const table = box.querySelector("table");
    box.classList.remove("gum-folds");
    const wide = innerWidth < 640 && box.scrollWidth > box.clientWidth + 1;
    if (wide && !table.hasAttribute("role")) label(table);
    box.classList.toggle("gum-folds", wide);
    if (!wide && box.scrollWidth > box.clientWidth) box.tabIndex = 0; else box.removeAttribute("tabindex");
  };
  const all = () => document.querySelectorAll(".gum-rows").forEach(fold);
  let width = innerWidth;
  addEventListener("resize", () => { if (innerWidth !== width) { width = innerWidth; all(); } });
  addEventListener("load", all);
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
