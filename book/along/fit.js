// What would be cut or leave a page half empty is set smaller: wide tables, and figures that just miss the foot of a page.
([height, least]) => {
  const tables = () => {
    for (const table of document.querySelectorAll("table")) {
      const wide = () => table.getBoundingClientRect().width > table.parentElement.clientWidth + 1;
      for (const step of ["along-small", "along-smaller", "along-parted", "along-lying"]) if (wide()) table.classList.add(step);
    }
  };
  const whole = "figure, .admonition, tr, pre, .citation, .gum-fact, .math-block, .gum-thumbnail, .map-drawing, h1, h2, h3, h4";
  const page = [height, least];
  // Walks down a chapter as the printer will, and counts how far the ends of pages have pushed what follows.
  const chapter = (box) => {
    const top = box.getBoundingClientRect().top;
    let pushed = 0, heading = null;
    for (const block of box.querySelectorAll(`${whole}, p, li`)) {
      if (block.parentElement.closest(whole)) continue;
      const picture = block.matches("figure, .map-drawing") && block.querySelector("img, :scope > rect, marker");
      const place = () => block.getBoundingClientRect();
      const start = place().top - top + pushed, used = start % page[0];
      if (used + place().height > page[0] + 0.5) {
        if (!block.matches(whole)) {
          const line = parseFloat(getComputedStyle(block).lineHeight) || 18;
          pushed += block.matches("p") ? (page[0] - used) % line : 0;
        } else if (!(picture && shrink(block, page[0] - used - 4))) {
          const first = heading && start - heading.start < 120 ? heading.start % page[0] : used;
          pushed += page[0] - first;
        }
      }
      if (block.matches("h1, h2, h3, h4")) heading = { start: place().top - top + pushed };
      else heading = null;
    }
  };
  const shrink = (block, room) => {
    const picture = block.matches("svg") ? block : block.querySelector("img");
    const size = picture.getBoundingClientRect(), rest = block.getBoundingClientRect().height - size.height;
    const share = (room - rest) / size.height;
    if (share < page[1] || share >= 1) return false;
    picture.style.width = `${size.width * share}px`;
    picture.style.height = "auto";
    return block.getBoundingClientRect().height <= room;
  };
  tables();
  document.querySelectorAll(".along-chapter").forEach(chapter);
  return Array.from(document.querySelectorAll(".along-lying"), (table) => table.closest(".along-chapter").style.page);
}
