// What would be cut or leave a page half empty is set smaller: wide tables, and figures that just miss the foot of a page.
([height, least]) => {
  const steps = ["along-small", "along-smaller", "along-parted"];
  const whole = "figure, .admonition, tr, pre, .citation, .gum-fact, .math-block, .gum-thumbnail, .map-drawing, h1, h2, h3, h4";

  const narrow = (table) => {
    const wide = () => table.getBoundingClientRect().width > table.parentElement.clientWidth + 1;
    for (const step of steps) if (wide()) table.classList.add(step);
  };

  // Sets the picture of a block so small that the block fits into a room; tells whether it could.
  const shrink = (block, room) => {
    const picture = block.matches("svg") ? block : block.querySelector("img");
    if (!picture || !block.matches("figure, svg")) return false;
    const size = picture.getBoundingClientRect();
    const share = (room - block.getBoundingClientRect().height + size.height) / size.height;
    if (share < least || share >= 1) return false;
    picture.style.width = `${size.width * share}px`;
    picture.style.height = "auto";
    return true;
  };

  // Walks down a chapter as the printer will, and counts how far the ends of pages have pushed what follows.
  const fill = (chapter) => {
    const top = chapter.getBoundingClientRect().top;
    let pushed = 0, heading = null;
    for (const block of chapter.querySelectorAll(`${whole}, p`)) {
      if (block.parentElement.closest(whole)) continue;
      const box = block.getBoundingClientRect();
      const used = (box.top - top + pushed) % height;
      const over = used + box.height > height;
      if (over && block.matches("p")) pushed += (height - used) % parseFloat(getComputedStyle(block).lineHeight);
      else if (over && !shrink(block, height - used - 4)) pushed += height - (heading ?? used);
      heading = block.matches("h1, h2, h3, h4") ? (heading ?? used) : null;
    }
  };

  document.querySelectorAll("table").forEach(narrow);
  document.querySelectorAll(".along-chapter").forEach(fill);
}
