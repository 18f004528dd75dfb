// The four drawings of the desk, as SVG.
(() => {
"use strict";
const {facts, governanceAt, governanceOf, extremes, sustained, inside, mean, two, titleOf} = gumDesk;

const line = (xs, ys, x, y) => xs.map((value, k) => `${k ? "L" : "M"}${x(value).toFixed(1)},${y(ys[k]).toFixed(1)}`).join("");
const path = (d, style) => `<path d="${d}" style="${style}"/>`;
const words = (x, y, text, more) => `<text x="${x.toFixed(1)}" y="${y.toFixed(1)}" ${more}>${text}</text>`;
function frame(svg, height, right, [low, high], unit, lanes = 0) {
  const width = Math.max(220, svg.clientWidth || 320), tall = height + lanes * 14 + 38;
  svg.setAttribute("viewBox", `0 0 ${width} ${tall}`);
  const box = {left: 30, right: width - right, top: 8, bottom: height, foot: height + lanes * 14};
  const x = value => box.left + (value - low) / (high - low) * (box.right - box.left);
  const y = value => box.bottom - value * (box.bottom - box.top);
  let marks = "";
  for (const value of [0, 0.5, 1]) {
    marks += path(`M${box.left},${y(value)}H${box.right}`, "stroke:var(--desk-rule);stroke-width:.7");
    marks += words(box.left - 5, y(value) + 4, value, 'class="tick" text-anchor="end"');
  }
  const step = high - low <= 1 ? 0.2 : high - low <= 25 ? 5 : high - low <= 50 ? 10 : 20;
  for (let k = 0; low + k * step <= high + 1e-9; k++) {
    const value = low + k * step;
    marks += words(x(value), box.foot + 16, +value.toFixed(1), 'class="tick" text-anchor="middle"');
  }
  marks += words((box.left + box.right) / 2, box.foot + 32, unit, 'class="tick" text-anchor="middle"');
  return {box, x, y, marks};
}
// Labels at the end of lines, pushed apart, with a thin lead to their line.
const reach = (group, side) => group.middle + side * group.near.length / 2 * 13;
function labels(rows, {box, y}) {
  const sorted = rows.map(row => ({...row, at: y(row.value)})).sort((a, b) => a.at - b.at);
  const groups = [];  // rows that would overlap share a group, centred on where they belong
  for (const row of sorted) {
    groups.push({near: [row], middle: row.at});
    for (let last = groups.length - 1; last && reach(groups[last - 1], 1) > reach(groups[last], -1); last--) {
      const near = groups.splice(last - 1, 2).flatMap(group => group.near);
      groups.push({near, middle: near.reduce((sum, each) => sum + each.at, 0) / near.length});
    }
  }
  for (const {near, middle} of groups) {
    const half = (near.length - 1) / 2 * 13, at = Math.max(box.top + 4 + half, Math.min(middle, box.bottom - half));
    near.forEach((row, k) => { row.to = at - half + k * 13; });
  }
  return sorted.map(row => {
    const lead = `M${box.right + 1},${row.at.toFixed(1)}L${box.right + 10},${row.to.toFixed(1)}`;
    return path(lead, `stroke:${row.colour};stroke-width:1.6`) + words(box.right + 13, row.to + 4, row.text, row.strong ? 'class="strong"' : "");
  }).join("");
}
// What lies between the two resting levels, at the governance of each year.
function band(result, value, {x, y}) {
  const times = result.run.times, known = new Map();
  const ends = times.map(time => {
    const governance = governanceAt(result.path, time);
    if (!known.has(governance)) known.set(governance, extremes(result.sys, governance, 1e-9).map(levels => value(levels, governance)));
    return known.get(governance);
  });
  const low = ends.map(end => end[0]), high = ends.map(end => end[1]);
  const back = line(times.slice().reverse(), low.slice().reverse(), x, y).replace("M", "L");
  const dotted = "fill:none;stroke:var(--desk-muted);stroke-width:.8;stroke-dasharray:1 3";
  return path(line(times, high, x, y) + back + "Z", "fill:var(--desk-pale)")
    + path(line(times, high, x, y), dotted) + path(line(times, low, x, y), dotted);
}
function drawIndex(svg, setting, result, drawn) {
  const lanes = [];
  const [now, later, begins, takes] = setting.g, years = setting.y[0];
  if (later !== now && begins < years) lanes.push(["governance", begins, begins + takes]);
  for (const key of facts.aimed) {
    const [aim, size, start, lasts] = setting[key];
    if (size > 0 && start < years) lanes.push([titleOf(key, aim), start, start + lasts]);
  }
  const [share, eased, easing] = setting.e;
  if (share > 0 && eased < years) lanes.push(["relief", eased, eased + easing]);
  const plot = frame(svg, 150, 62, [0, years], "years", lanes.length), {box, x, y, marks} = plot;
  const {run, without, summary} = result;
  let body = marks + band(result, sustained(result.sys), plot);
  body += path(line(without.times, without.index, x, y), "fill:none;stroke:var(--desk-muted);stroke-width:1.8;stroke-dasharray:6 4");
  body += path(line(run.times, run.index, x, y), "fill:none;stroke:var(--desk-ink);stroke-width:2.6");
  if (drawn) {
    const ticks = drawn.map(value => `M${box.right - 7},${y(value).toFixed(1)}h6`).join("");
    body += path(ticks, "stroke:var(--desk-ink);stroke-width:1;opacity:.45");
  }
  body += labels([
    {value: summary.index, text: "policy", colour: "var(--desk-ink)", strong: true},
    {value: summary.index_without, text: "none", colour: "var(--desk-muted)"},
  ], plot);
  lanes.forEach(([text, start, end], k) => {
    const at = box.bottom + 9 + k * 14, stop = x(Math.min(end, years)), right = stop + 5;
    const colour = text === "shock" ? "shock" : "muted";
    body += path(`M${x(start).toFixed(1)},${at}H${Math.max(stop, x(start) + 2).toFixed(1)}`, `stroke:var(--desk-${colour});stroke-width:6`);
    body += right + 62 > box.right + 55
      ? words(x(start) - 5, at + 4, text, 'class="tick" text-anchor="end"') : words(right, at + 4, text, 'class="tick"');
  });
  svg.innerHTML = body;
}
function drawMany(svg, setting, result, codes, rows, banded) {
  const plot = frame(svg, 150, 34, [0, setting.y[0]], "years"), {x, y, marks} = plot;
  let body = marks + band(result, banded, plot);
  codes.forEach((code, k) => {
    body += path(line(result.run.times, rows.map(row => row[k]), x, y), `fill:none;stroke:var(--desk-${code});stroke-width:2`);
  });
  const last = rows[rows.length - 1];
  svg.innerHTML = body + labels(codes.map((code, k) => ({value: last[k], text: code, colour: `var(--desk-${code})`})), plot);
}
function drawLevels(svg, setting, result) {
  drawMany(svg, setting, result, facts.factors, result.run.levels, levels => levels[0]);
}
function drawWays(svg, setting, result) {
  drawMany(svg, setting, result, facts.ways, result.run.ways, sustained(result.sys));
}
// Equilibria over governance, as pieces of curve: those that last and those that do not.
function pieces(sys) {
  const stable = [], unstable = [];
  let run = null;
  for (let k = 1; k < 800; k++) {
    const level = k / 800, here = governanceOf(sys, level), ahead = governanceOf(sys, (k + 1) / 800);
    if (here < -0.02 || here > 1.02) { run = null; continue; }
    const side = ahead > here ? stable : unstable, point = [inside(here), level];
    if (run !== side) side.push([]);
    side[side.length - 1].push(point);
    if (run && run !== side) run[run.length - 1].push(point);
    run = side;
  }
  return {stable, unstable};
}
function drawFolds(svg, result) {
  const {box, x, y, marks} = frame(svg, 150, 20, [0, 1], "governance"), {stable, unstable} = pieces(result.sys);
  const curve = list => list.map(points => line(points.map(p => p[0]), points.map(p => p[1]), x, y)).join("");
  let body = marks;
  result.turns.forEach(({governance}, k) => {
    if (governance < 0 || governance > 1) return;
    const at = x(governance), before = k || at > box.right - 60;
    body += path(`M${at.toFixed(1)},${box.top}V${box.bottom}`, "stroke:var(--desk-muted);stroke-width:.8");
    body += words(at + (before ? -4 : 4), box.top + 12, `${k ? "falls" : "rises"} ${two(governance)}`,
      `class="tick" text-anchor="${before ? "end" : "start"}"`);
  });
  body += path(curve(unstable), "fill:none;stroke:var(--desk-muted);stroke-width:1.6;stroke-dasharray:3 3");
  body += path(curve(stable), "fill:none;stroke:var(--desk-muted);stroke-width:2.6");
  const {times, levels} = result.run, way = times.map(time => governanceAt(result.path, time)), level = levels.map(mean);
  body += path(line(way, level, x, y), "fill:none;stroke:var(--desk-ink);stroke-width:1.6");
  const dot = (k, fill, text, side) => {
    const at = [x(way[k]), y(level[k])], inks = `fill:var(--desk-${fill});stroke:var(--desk-ink);stroke-width:1.6`;
    return `<circle cx="${at[0].toFixed(1)}" cy="${at[1].toFixed(1)}" r="4.5" style="${inks}"/>`
      + words(at[0] + side * 8, at[1] + 4, text, `class="strong" text-anchor="${side < 0 ? "end" : "start"}"`);
  };
  const last = times.length - 1;
  svg.innerHTML = body + dot(0, "paper", "start", way[0] > 0.15 ? -1 : 1) + dot(last, "ink", "end", way[last] > 0.8 ? -1 : 1);
}

Object.assign(gumDesk, {drawIndex, drawFolds, drawLevels, drawWays});
})();
