// What would be cut or leave a sheet half empty is set otherwise: wide tables smaller, figures smaller or below the text
// that follows them, tables in parts. A chapter in columns as high as a sheet breaks where the printer will break it.
([least, spare]) => {
  const steps = ["along-small", "along-smaller", "along-parted"];
  const heads = "h1, h2, h3, h4";
  const pieces = `${heads}, p, li, dt, dd, tr, pre, figure, .math-block, .map-drawing`;
  const pictured = "figure img, .map-drawing";
  // A paragraph that points at what stands beside it keeps its place.
  const pointing = /next (table|figure)|(table|figure)s? above|[上下]一?[张幅个]?[图表]/;

  const narrow = (table) => {
    const wide = () => table.getBoundingClientRect().width > table.parentElement.clientWidth + 1;
    for (const step of steps) if (wide()) table.classList.add(step);
  };

  const fill = (chapter) => {
    const { left, top } = chapter.getBoundingClientRect();
    const [width, height] = [chapter.clientWidth, chapter.clientHeight];
    const pictures = Array.from(chapter.querySelectorAll(pictured));
    const outermost = (one) => (one.parentElement.closest(".cell") ? outermost(one.parentElement) : one);
    const blocks = new Set(Array.from(chapter.querySelectorAll("figure, .map-drawing"), outermost));

    const on = (box) => Math.floor((box.left - left + 1) / width);
    const sheet = (block) => on(block.getClientRects()[0]);

    // How far down a sheet is filled, and where on it the first begins that is no heading.
    const extent = (number) => {
      let [first, last] = [height, 0];
      for (const piece of chapter.querySelectorAll(pieces))
        for (const box of piece.getClientRects()) {
          if (on(box) !== number) continue;
          last = Math.max(last, box.bottom - top);
          if (!piece.matches(heads)) first = Math.min(first, box.top - top);
        }
      return { first, last };
    };

    // Which share of a sheet stays blank because a block opens the next.
    const blank = (block) => {
      const number = sheet(block);
      const opens = number && block.getClientRects()[0].top - top <= extent(number).first + 1;
      return opens ? 1 - extent(number - 1).last / height : 0;
    };

    // Sets pictures smaller, all by one share, so that a block lies on the sheet before; where that cannot be, as it was.
    const shrink = (block, several) => {
      const [number, before] = [sheet(block), several.map((one) => one.style.cssText)];
      const widths = several.map((one) => one.getBoundingClientRect().width);
      for (let share = 0.97; several.length && share >= least; share -= 0.03) {
        several.forEach((one, at) => Object.assign(one.style, { width: `${widths[at] * share}px`, height: "auto" }));
        if (sheet(block) < number) return;
      }
      several.forEach((one, at) => (one.style.cssText = before[at]));
    };

    // Puts paragraphs, with their lists, that follow a block before it, as long as that fills the sheet before.
    const lift = (block) => {
      const [number, filled] = [sheet(block), extent(sheet(block) - 1).last];
      let text = block.nextElementSibling;
      while (blocks.has(text)) text = text.nextElementSibling;
      if (!text?.matches("p:not([class])") || pointing.test(text.textContent)) return;
      const group = [text];
      while (group.at(-1).nextElementSibling?.matches("ul, ol, dl")) group.push(group.at(-1).nextElementSibling);
      const [parent, after] = [text.parentElement, group.at(-1).nextElementSibling];
      if (after?.matches(".math-block") || (group.length === 1 && /[:：]\s*$/.test(text.textContent))) return;
      block.before(...group);
      if (sheet(block) > number || extent(number - 1).last <= filled)
        for (const one of group) parent.insertBefore(one, after);
      else if (blank(block) > spare) lift(block);
    };

    // Lets a table begin on the sheet before, where some lines of it find room.
    const part = (block) => {
      const [number, table] = [sheet(block), block.querySelector(".gum-table") ?? block];
      table.classList.add("along-broken");
      const rows = Array.from(table.querySelectorAll("tbody tr"), (row) => row.getClientRects()[0]);
      const room = rows.filter((row) => on(row) < number).reduce((sum, row) => sum + row.height, 0);
      if (room < (spare * height) / 2) table.classList.remove("along-broken");
    };

    const settle = (block) => {
      const own = pictures.filter((one) => block.contains(one));
      const beside = () => pictures.filter((one) => sheet(one) === sheet(block) - 1);
      const remedies = [() => shrink(block, own), () => lift(block), () => shrink(block, [...beside(), ...own])];
      if (!own.length) remedies.splice(block.getBoundingClientRect().height > height / 2 ? 0 : 2, 0, () => part(block));
      for (const remedy of remedies) if (blank(block) > spare) remedy();
    };

    for (const block of blocks) settle(block);
  };

  // On which page each chapter begins.
  const begins = {};
  let number = 1;
  document.querySelectorAll("table").forEach(narrow);
  for (const part of document.body.children) {
    part.classList.add("along-columns");
    if (part.matches(".along-chapter")) {
      fill(part);
      begins[part.querySelector(":scope > section").id] = number;
    }
    number += Math.round(part.scrollWidth / part.clientWidth);
    part.classList.remove("along-columns");
  }
  return begins;
}
