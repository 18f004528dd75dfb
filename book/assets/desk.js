// The policy desk: the equations of page 2.3, ported from gumlib.dynamics, and their drawing. No dependency.
(() => {
"use strict";
const root = document.getElementById("gum-desk");
if (!root) return;
const facts = JSON.parse(document.getElementById("gum-desk-facts").textContent);
const SIZE = facts.factors.length, BASIC = facts.basic, WAYS = facts.ways.length, MOST_STEPS = 200000, SETTLED = 1e-13;

// ---- The model: gumlib/dynamics/equations.py, engine.py, equilibrium.py, basins.py ----

// One parameter set, as Parameters.to_json writes it, laid out for computing.
function system(one) {
  const saturation = one.half_saturation ** one.exponent;
  return {
    b: one.baseline, d: one.decay, w: one.weights.flat(), n: one.exponent, saturation, ease: 1 + saturation,
    whole: Number.isInteger(one.exponent) ? one.exponent : 0, floor: one.governance_floor, lag: one.lag_rate, own: one.own_share,
  };
}
const strength = (sys, governance) => sys.floor + (1 - sys.floor) * governance;
function effectOf(sys, level) {
  let power = level;
  if (sys.whole) for (let k = 1; k < sys.whole; k++) power *= level;
  else power = level ** sys.n;
  return power / (power + sys.saturation);
}
function pull(sys, effect, i) {
  let sum = 0;
  for (let j = 0; j < SIZE; j++) sum += sys.w[i * SIZE + j] * effect[j];
  return sum;
}
const effect = new Float64Array(SIZE);
function respond(sys, levels) {
  for (let i = 0; i < SIZE; i++) effect[i] = effectOf(sys, levels[i]);
}
// What the levels sustain: γ m for each way; `effect` must stand at the levels.
function goals(sys, levels, gamma, out, from) {
  let total = 0;
  for (let k = 0; k < BASIC; k++) total += effect[k] * sys.ease;
  for (let k = 0; k < BASIC; k++) {
    const others = (total - effect[k] * sys.ease) * (1 - sys.own) / (BASIC - 1);
    out[from + k] = gamma * levels[k] * (sys.own + others);
  }
}
function rates(sys, state, gamma, policy, shock, out) {
  respond(sys, state);
  for (let i = 0; i < SIZE; i++)
    out[i] = (sys.b[i] + policy[i] + gamma * pull(sys, effect, i)) * (1 - state[i]) - (sys.d[i] + shock[i]) * state[i];
  goals(sys, state, gamma, out, SIZE);
  for (let k = SIZE; k < SIZE + WAYS; k++) out[k] = sys.lag * (out[k] - state[k]);
}

// Governance over time: {now, later, start, takes}; on the piece that holds `middle`, its line at `time`.
function governanceAt(path, time, middle = time) {
  if (middle < path.start) return path.now;
  if (middle >= path.start + path.takes) return path.later;
  const share = (time - path.start) / path.takes;
  return path.now * (1 - share) + path.later * share;
}
// Pushes or shocks: a list of {mask, size, start, end}; their sum, one value a factor.
function sumAt(list, time, out) {
  out.fill(0);
  for (const one of list)
    if (time >= one.start && time < one.end) for (let i = 0; i < SIZE; i++) out[i] += one.size * one.mask[i];
}
// Nodes of the time steps, and which of them to keep.
function mesh(years, every, dt, bends) {
  const kept = [];
  for (let k = 0; k <= Math.floor(years / every + 1e-9); k++) kept.push(k * every);
  if (Math.abs(kept[kept.length - 1] - years) > 1e-9) kept.push(years);
  const last = kept[kept.length - 1];
  const nodes = [...new Set([...kept, ...bends.filter(t => t > 0 && t < last)])].sort((a, b) => a - b);
  const times = [];
  for (let k = 0; k + 1 < nodes.length; k++) {
    const span = nodes[k + 1] - nodes[k], count = Math.max(1, Math.ceil(span / dt - 1e-9));
    for (let m = 0; m < count; m++) times.push(nodes[k] + m * (span / count));
  }
  times.push(last);
  return {times, kept: new Set(kept)};
}

// Classical Runge-Kutta of fourth order, as gumlib's default engine.
function simulate(sys, start, years, path, policies, shocks, every, dt) {
  const bends = [path.start, path.start + path.takes];
  for (const one of [...policies, ...shocks]) bends.push(one.start, one.end);
  const {times, kept} = mesh(years, every, dt, bends);
  let state = new Float64Array(SIZE + WAYS);
  state.set(start);
  const first = times.length > 1 ? governanceAt(path, 0, times[1] / 2) : path.now;
  respond(sys, state);
  goals(sys, state, strength(sys, first), state, SIZE);
  const slopes = [0, 1, 2, 3].map(() => new Float64Array(SIZE + WAYS)), probe = new Float64Array(SIZE + WAYS);
  const policy = new Float64Array(SIZE), shock = new Float64Array(SIZE);
  const run = {times: [0], levels: [Array.from(state.subarray(0, SIZE))], ways: [Array.from(state.subarray(SIZE))]};
  for (let step = 0; step + 1 < times.length; step++) {
    const a = times[step], b = times[step + 1], width = b - a, middle = (a + b) / 2;
    const ends = [strength(sys, governanceAt(path, a, middle)), strength(sys, governanceAt(path, b, middle))];
    const gamma = [ends[0], (ends[0] + ends[1]) / 2, (ends[0] + ends[1]) / 2, ends[1]], reach = [0, width / 2, width / 2, width];
    sumAt(policies, middle, policy);
    sumAt(shocks, middle, shock);
    for (let stage = 0; stage < 4; stage++) {
      for (let k = 0; k < probe.length; k++) probe[k] = state[k] + (stage ? reach[stage] * slopes[stage - 1][k] : 0);
      rates(sys, probe, gamma[stage], policy, shock, slopes[stage]);
    }
    for (let k = 0; k < state.length; k++)
      state[k] += width / 6 * (slopes[0][k] + 2 * slopes[1][k] + 2 * slopes[2][k] + slopes[3][k]);
    if (kept.has(b)) {
      run.times.push(b);
      run.levels.push(Array.from(state.subarray(0, SIZE)));
      run.ways.push(Array.from(state.subarray(SIZE)));
    }
  }
  run.index = run.ways.map(indexOf);
  return run;
}
function indexOf(ways) {
  const [t, n, x, k] = ways.map(value => Math.min(1, Math.max(0, value)));
  return Math.sqrt(Math.sqrt(t * n) * Math.sqrt(x * k));
}
const mean = levels => levels.reduce((sum, value) => sum + value, 0) / levels.length;
const furthest = (one, two) => Math.max(...one.map((value, i) => Math.abs(value - two[i])));

// Least and greatest equilibrium: x = a(x) / (a(x) + δ), iterated from 0 and from 1.
function extremes(sys, governance, settled = SETTLED) {
  const gamma = strength(sys, governance);
  return [0, 1].map(start => {
    const levels = new Float64Array(SIZE).fill(start);
    for (let turn = 0; turn < MOST_STEPS; turn++) {
      let moved = 0;
      respond(sys, levels);
      for (let i = 0; i < SIZE; i++) {
        const gain = sys.b[i] + gamma * pull(sys, effect, i), whole = gain + sys.d[i];
        const after = whole > 0 ? gain / whole : levels[i];
        moved = Math.max(moved, Math.abs(after - levels[i]));
        levels[i] = after;
      }
      if (moved <= settled) break;
    }
    return Array.from(levels);
  });
}
const differ = ([low, high]) => furthest(low, high) > facts.gap;
function regime([low, high]) {
  if (differ([low, high])) return "bistable";
  return mean(low) >= facts.high ? "rising" : "stuck";
}

// Equal factors: one equation. gumlib/dynamics/scalar.py
const GRID = 4000;
const total = sys => sys.w.slice(0, SIZE).reduce((sum, weight) => sum + weight, 0);
function halve(f, left, right) {
  const sign = Math.sign(f(left));
  for (let k = 0; k < 80; k++) {
    const middle = (left + right) / 2;
    if (Math.sign(f(middle)) === sign) left = middle; else right = middle;
  }
  return (left + right) / 2;
}
function roots(sys, governance) {
  const pulled = strength(sys, governance) * total(sys);
  const rate = x => (sys.b[0] + pulled * effectOf(sys, x)) * (1 - x) - sys.d[0] * x;
  const found = [];
  let before = rate(0);
  if (before === 0) found.push(0);
  for (let k = 1; k <= GRID; k++) {
    const value = rate(k / GRID);
    if (value === 0) found.push(k / GRID);
    else if (before * value < 0) found.push(halve(rate, (k - 1) / GRID, k / GRID));
    before = value;
  }
  return found;
}
// Governance at which a level is an equilibrium; it can lie outside 0 to 1.
function governanceOf(sys, level) {
  const gamma = (sys.d[0] * level / (1 - level) - sys.b[0]) / (total(sys) * effectOf(sys, level));
  return (gamma - sys.floor) / (1 - sys.floor);
}
function folds(sys) {
  const steep = level => {
    const share = effectOf(sys, level), odds = level / (1 - level);
    return sys.d[0] / (1 - level) ** 2 * share - (sys.d[0] * odds - sys.b[0]) * sys.n * share * (1 - share) / level;
  };
  const found = [], value = k => governanceOf(sys, k / GRID);
  for (let k = 2; k < GRID - 1; k++)
    if ((value(k) - value(k - 1)) * (value(k + 1) - value(k)) < 0) found.push(halve(steep, (k - 1) / GRID, (k + 1) / GRID));
  return found.map(level => ({level, governance: governanceOf(sys, level)}));
}

// Smallest push on all factors that carries the cluster from its least to its greatest equilibrium.
function smallestPush(sys, governance, length, most) {
  const ends = extremes(sys, governance), still = {now: governance, later: governance, start: 0, takes: 0};
  if (!differ(ends)) return 0;
  const mask = new Array(SIZE).fill(1);
  const lifts = height => {
    const pushed = simulate(sys, ends[0], length, still, [{mask, size: height, start: 0, end: length}], [], length, facts.step);
    const after = pushed.levels[pushed.levels.length - 1].map(level => Math.min(1, Math.max(0, level)));
    const last = simulate(sys, after, 300, still, [], [], 300, facts.long).levels[1];
    return furthest(last, ends[1]) < furthest(last, ends[0]);
  };
  let bottom = 0, top = most;
  for (let round = 0; round < 3; round++) {
    const tried = Array.from({length: 33}, (_, k) => k === 32 ? top : bottom + k * ((top - bottom) / 32));
    if (!round && !lifts(top)) return Infinity;
    let low = -1, high = 32;  // lifts(tried[high]) holds, lifts(tried[low]) does not
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if (lifts(tried[middle])) high = middle; else low = middle;
    }
    bottom = tried[Math.max(high - 1, 0)];
    top = tried[high];
  }
  return top;
}

// ---- A setting, and what comes of it: gumlib/desk ----

const NAMES = ["total", "baseline", "decay", "exponent", "half_saturation", "governance_floor", "lag_rate", "own_share"];
function uniform(values) {
  const one = Object.fromEntries(NAMES.map((name, k) => [name, values[k]]));
  const each = value => new Array(SIZE).fill(value);
  return system({...one, baseline: each(one.baseline), decay: each(one.decay), weights: facts.shares.map(row => row.map(share => one.total * share))});
}
const batch = (() => {
  const all = facts.draws, count = all.weights.length;
  return Array.from({length: count}, (_, k) => system(Object.fromEntries(
    Object.entries(all).map(([name, value]) => [name, Array.isArray(value) ? value[k] : value]))));
})();
const force = ([aim, size, start, lasts]) => ({mask: facts.factors.map(code => +aim.includes(code)), size, start, end: start + lasts});
function parts(setting) {
  const [now, later, start, takes] = setting.g;
  return {
    path: {now, later, start, takes}, still: {now, later: now, start: 0, takes: 0}, years: setting.y[0],
    pushes: facts.pushes.map(key => force(setting[key])), shocks: [force(setting.s)],
  };
}
// What is drawn at every move of a slider.
function quick(setting) {
  const sys = uniform(setting.p), {path, still, years, pushes, shocks} = parts(setting);
  const run = simulate(sys, setting.x, years, path, pushes, shocks, facts.every, facts.step);
  const without = simulate(sys, setting.x, years, still, [], shocks, facts.every, facts.step);
  const end = run.levels[run.levels.length - 1].map(level => Math.min(1, Math.max(0, level)));
  const last = governanceAt(path, years), lasting = {now: last, later: last, start: 0, takes: 0};
  const settled = simulate(sys, end, facts.settle, lasting, [], [], facts.settle, facts.long).levels[1];
  const before = extremes(sys, path.now), after = extremes(sys, last), turns = folds(sys);
  return {
    sys, run, without, path, turns, last,
    summary: {
      index: run.index[run.index.length - 1], index_without: without.index[without.index.length - 1],
      level: mean(end), level_without: mean(without.levels[without.levels.length - 1]), settled: mean(settled),
      least_first: mean(before[0]), greatest_first: mean(before[1]), least: mean(after[0]), greatest: mean(after[1]),
      watershed: differ(after) ? roots(sys, last)[1] : null, regime: regime(after),
      rise: turns.length ? turns[0].governance : null, fall: turns.length > 1 ? turns[1].governance : null,
    },
  };
}
// What can wait until the slider rests: the smallest push and the draws.
function slow(setting) {
  const sys = uniform(setting.p), {path, still, years, pushes, shocks} = parts(setting);
  const ends = [[path, pushes], [still, []]].map(([way, pushed]) =>
    batch.map(one => simulate(one, setting.x, years, way, pushed, shocks, years, facts.long)));
  const high = runs => runs.filter(run => mean(run.levels[run.levels.length - 1]) >= facts.high).length;
  return {
    push: smallestPush(sys, governanceAt(path, years), facts.length, facts.most),
    draws_high: high(ends[0]), draws_high_without: high(ends[1]),
    drawn: ends[0].map(run => run.index[run.index.length - 1]),
  };
}

// ---- Address ----

const KEYS = ["g", "x", ...facts.aimed, "y", "p"];
const inputs = Object.fromEntries(KEYS.map(key => [key, Array.from(root.querySelectorAll(`input[data-key="${key}"]`))]));
const aims = Object.fromEntries(facts.aimed.map(key => [key, root.querySelector(`select[data-aim="${key}"]`)]));
function collect() {
  const setting = {};
  for (const key of KEYS) setting[key] = [...(aims[key] ? [aims[key].value] : []), ...inputs[key].map(input => Number(input.value))];
  return setting;
}
const address = setting => "#" + KEYS.map(key => `${key}=${setting[key].join(",")}`).join("&");
function restore(hash) {
  const found = new URLSearchParams(hash.replace(/^#/, "")), usual = new URLSearchParams(facts.first.slice(1));
  let understood = true;
  for (const key of KEYS) {
    const size = inputs[key].length + (aims[key] ? 1 : 0);
    const fits = text => {
      const values = (text ?? "").split(","), numbers = aims[key] ? values.slice(1) : values;
      return values.length === size && (!aims[key] || values[0] in facts.aims)
        && numbers.every(value => value.trim() !== "" && Number.isFinite(Number(value)));
    };
    if (found.has(key) && !fits(found.get(key))) understood = false;
    const values = (fits(found.get(key)) ? found : usual).get(key).split(",");
    if (aims[key]) aims[key].value = values.shift();
    inputs[key].forEach((input, k) => { input.value = values[k]; });
  }
  const version = found.get("v");
  note(understood ? version && version !== facts.version
    ? `This setting was cited with gumlib ${version}; the page runs gumlib ${facts.version}.` : ""
    : "Part of the address was not understood; those sliders stand as at first.");
}
function note(text) {
  const place = root.querySelector(".desk-note");
  place.textContent = text;
  place.hidden = !text;
}

// ---- Drawing ----

const two = value => value.toFixed(2), three = value => value.toFixed(3);
const line = (xs, ys, x, y) => xs.map((value, k) => `${k ? "L" : "M"}${x(value).toFixed(1)},${y(ys[k]).toFixed(1)}`).join("");
const path = (d, style, more = "") => `<path d="${d}" style="${style}" ${more}/>`;
const words = (x, y, text, more = "") => `<text x="${x.toFixed(1)}" y="${y.toFixed(1)}" ${more}>${text}</text>`;
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
  return {box, x, y, marks, width};
}
const reach = (group, side) => group.middle + side * group.rows.length / 2 * 13;
// Labels at the end of lines, pushed apart, with a thin lead to their line.
function labels(rows, {box, y}) {
  const sorted = rows.map(row => ({...row, at: y(row.value)})).sort((a, b) => a.at - b.at);
  const groups = [];  // rows that would overlap share a group, centred on where they belong
  for (const row of sorted) {
    groups.push({rows: [row], middle: row.at});
    for (let last = groups.length - 1; last && reach(groups[last - 1], 1) > reach(groups[last], -1); last--) {
      const [one, two] = groups.splice(last - 1, 2), rows = [...one.rows, ...two.rows];
      groups.push({rows, middle: rows.reduce((sum, each) => sum + each.at, 0) / rows.length});
    }
  }
  for (const {rows: near, middle} of groups) {
    const half = (near.length - 1) / 2 * 13, at = Math.max(box.top + 4 + half, Math.min(middle, box.bottom - half));
    near.forEach((row, k) => { row.to = at - half + k * 13; });
  }
  return sorted.map(row => path(`M${box.right + 1},${row.at.toFixed(1)}L${box.right + 10},${row.to.toFixed(1)}`, `stroke:${row.colour};stroke-width:1.6`)
    + words(box.right + 13, row.to + 4, row.text, row.strong ? 'class="strong"' : "")).join("");
}
function band(result, value, {x, y}) {
  const times = result.run.times, known = new Map();
  const ends = times.map(time => {
    const governance = governanceAt(result.path, time);
    if (!known.has(governance)) known.set(governance, extremes(result.sys, governance, 1e-9).map(levels => value(levels, governance)));
    return known.get(governance);
  });
  const low = ends.map(end => end[0]), high = ends.map(end => end[1]);
  const edge = "fill:none;stroke:var(--desk-muted);stroke-width:.8;stroke-dasharray:1 3";
  return path(line(times, high, x, y) + line(times.slice().reverse(), low.slice().reverse(), x, y).replace("M", "L") + "Z", "fill:var(--desk-pale)")
    + path(line(times, high, x, y), edge) + path(line(times, low, x, y), edge);
}
const sustained = sys => (levels, governance) => {
  const out = new Float64Array(WAYS);
  respond(sys, levels);
  goals(sys, levels, strength(sys, governance), out, 0);
  return indexOf(Array.from(out));
};
function drawIndex(svg, setting, result, drawn) {
  const lanes = [];
  const [now, later, begins, takes] = setting.g, years = setting.y[0];
  if (later !== now && begins < years) lanes.push(["governance", begins, begins + takes]);
  for (const key of facts.aimed) {
    const [, size, start, lasts] = setting[key];
    if (size > 0 && start < years) lanes.push([key === "s" ? "shock" : `push ${key.toUpperCase()}`, start, start + lasts]);
  }
  const plot = frame(svg, 150, 62, [0, years], "years", lanes.length), {box, x, y, marks} = plot;
  let body = marks + band(result, sustained(result.sys), plot);
  body += path(line(result.without.times, result.without.index, x, y), "fill:none;stroke:var(--desk-muted);stroke-width:1.8;stroke-dasharray:6 4");
  body += path(line(result.run.times, result.run.index, x, y), "fill:none;stroke:var(--desk-ink);stroke-width:2.6");
  if (drawn) body += path(drawn.map(value => `M${box.right - 7},${y(value).toFixed(1)}h6`).join(""), "stroke:var(--desk-ink);stroke-width:1;opacity:.45");
  const s = result.summary;
  body += labels([{value: s.index, text: "policy", colour: "var(--desk-ink)", strong: true}, {value: s.index_without, text: "none", colour: "var(--desk-muted)"}], plot);
  lanes.forEach(([text, start, end], k) => {
    const at = box.bottom + 9 + k * 14, stop = Math.min(end, years), right = x(stop) + 5;
    body += path(`M${x(start).toFixed(1)},${at}H${Math.max(x(stop), x(start) + 2).toFixed(1)}`, `stroke:var(--desk-${text === "shock" ? "shock" : "muted"});stroke-width:6`);
    body += right + 62 > box.right + 55 ? words(x(start) - 5, at + 4, text, 'class="tick" text-anchor="end"') : words(right, at + 4, text, 'class="tick"');
  });
  svg.innerHTML = body;
}
function drawMany(svg, setting, result, codes, rows, banded) {
  const plot = frame(svg, 150, 34, [0, setting.y[0]], "years"), {x, y, marks} = plot;
  let body = marks + band(result, banded, plot);
  codes.forEach((code, k) => { body += path(line(result.run.times, rows.map(row => row[k]), x, y), `fill:none;stroke:var(--desk-${code});stroke-width:2`); });
  const last = rows[rows.length - 1];
  svg.innerHTML = body + labels(codes.map((code, k) => ({value: last[k], text: code, colour: `var(--desk-${code})`})), plot);
}
function drawFolds(svg, setting, result) {
  const plot = frame(svg, 150, 20, [0, 1], "governance"), {box, x, y, marks} = plot;
  const stable = [], unstable = [];
  let run = null;
  for (let k = 1; k < 800; k++) {
    const level = k / 800, here = governanceOf(result.sys, level), ahead = governanceOf(result.sys, (k + 1) / 800);
    if (here < -0.02 || here > 1.02) { run = null; continue; }
    const side = ahead > here ? stable : unstable, inside = Math.min(1, Math.max(0, here));
    if (run !== side) side.push([]);
    side[side.length - 1].push([inside, level]);
    if (run && run !== side) run[run.length - 1].push([inside, level]);
    run = side;
  }
  const curve = list => list.map(points => line(points.map(p => p[0]), points.map(p => p[1]), x, y)).join("");
  let body = marks;
  result.turns.forEach(({governance}, k) => {
    if (governance < 0 || governance > 1) return;
    body += path(`M${x(governance).toFixed(1)},${box.top}V${box.bottom}`, "stroke:var(--desk-muted);stroke-width:.8");
    body += words(x(governance) + (k ? -4 : x(governance) > box.right - 60 ? -4 : 4), box.top + (k ? 12 : 12), `${k ? "falls" : "rises"} ${two(governance)}`, `class="tick" text-anchor="${k || x(governance) > box.right - 60 ? "end" : "start"}"`);
  });
  body += path(curve(unstable), "fill:none;stroke:var(--desk-muted);stroke-width:1.6;stroke-dasharray:3 3") + path(curve(stable), "fill:none;stroke:var(--desk-muted);stroke-width:2.6");
  const times = result.run.times, way = times.map(time => governanceAt(result.path, time)), level = result.run.levels.map(mean);
  body += path(line(way, level, x, y), "fill:none;stroke:var(--desk-ink);stroke-width:1.6");
  const dot = (k, fill, text, side) => {
    const at = [x(way[k]), y(level[k])];
    return `<circle cx="${at[0].toFixed(1)}" cy="${at[1].toFixed(1)}" r="4.5" style="fill:var(--desk-${fill});stroke:var(--desk-ink);stroke-width:1.6"/>`
      + words(at[0] + side * 8, at[1] + (side < 0 ? 4 : 4), text, `class="strong" text-anchor="${side < 0 ? "end" : "start"}"`);
  };
  const right = way[way.length - 1] > 0.8 ? -1 : 1;
  svg.innerHTML = body + dot(0, "paper", "start", way[0] > 0.15 ? -1 : 1) + dot(times.length - 1, "ink", "end", right);
}

// ---- Words ----

const edge = (value, below, above) => value === null ? "none" : value < 0 ? below : value > 1 ? above : two(value);
function sentences(setting, result, late) {
  const s = result.summary, years = setting.y[0], lines = [];
  lines.push(`In year ${years} the upgrading index is ${two(s.index)} with policy and ${two(s.index_without)} without. The mean level of the factors is ${two(s.level)}, against ${two(s.level_without)}.`);
  if (s.regime === "bistable") {
    const up = Math.abs(s.settled - s.greatest) < Math.abs(s.settled - s.least);
    lines.push(`At the governance of year ${years}, ${two(result.last)}, a cluster can rest at ${two(s.least)} or at ${two(s.greatest)}; the watershed lies at ${two(s.watershed)}. Left alone from then on, this one goes to the ${up ? "high" : "low"} level.`);
  } else {
    lines.push(`At the governance of year ${years}, ${two(result.last)}, there is one resting level, ${two(s.least)}: no lock-in, and every start ends there.`);
  }
  const wide = (low, high) => two(Math.max(0, high - low));
  lines.push(`Lock-in, the gap between the two resting levels: ${wide(s.least_first, s.greatest_first)} at first, ${wide(s.least, s.greatest)} at the end.`);
  if (late) {
    if (late.push > 0) lines.push(Number.isFinite(late.push)
      ? `Smallest push that would lift a cluster out of the low level: ${three(late.push)} a year on all six factors for ${facts.length} years.`
      : "No push we tried would lift a cluster out of the low level.");
    lines.push(`With other parameters: ${late.draws_high} of ${batch.length} draws end high with policy, ${late.draws_high_without} without.`);
  }
  return lines;
}
function described(setting) {
  const [now, later, begins, takes] = setting.g;
  const told = [now === later ? `governance ${now}` : `governance ${now}, from year ${begins} to ${begins + takes} changing to ${later}`];
  told.push("start " + facts.factors.map((code, k) => `${code} ${setting.x[k]}`).join(", "));
  for (const key of facts.aimed) {
    const [aim, size, start, lasts] = setting[key];
    if (size > 0) told.push(`${key === "s" ? "shock" : `push ${key.toUpperCase()}`} of ${size} a year on ${facts.aims[aim]}, years ${start} to ${start + lasts}`);
  }
  told.push("parameters " + ["ω", "b", "δ", "n", "κ", "γ0", "η", "α"].map((name, k) => `${name} ${setting.p[k]}`).join(", "));
  return told.join("; ");
}
const cited = setting => `${location.href.split("#")[0]}${address(setting)}&v=${facts.version}`;
const get = name => root.querySelector(`.desk-${name}`);
function tell(setting, result, late) {
  const s = result.summary;
  const tiles = {
    index: two(s.index), without: two(s.index_without), regime: {bistable: "two", stuck: "one, low", rising: "one, high"}[s.regime],
    gap: two(Math.max(0, s.greatest - s.least)), fall: edge(s.fall, "below 0", "above 1"), rise: edge(s.rise, "below 0", "above 1"),
    push: !late ? "…" : !(late.push > 0) ? "none" : Number.isFinite(late.push) ? three(late.push) : "not found",
    drawn: !late ? "…" : `${late.draws_high} of ${batch.length}`,
  };
  for (const [name, text] of Object.entries(tiles)) root.querySelector(`[data-tile="${name}"]`).textContent = text;
  get("setting").textContent = described(setting);
  get("cite").value = cited(setting);
  get("printed").textContent = cited(setting);
  const rows = [["U", s.index, s.index_without, result.run.index[0]]];
  const last = result.run.levels.length - 1;
  facts.factors.forEach((code, k) => rows.push([code, result.run.levels[last][k], result.without.levels[last][k], result.run.levels[0][k]]));
  facts.ways.forEach((code, k) => rows.push([code, result.run.ways[last][k], result.without.ways[last][k], result.run.ways[0][k]]));
  get("numbers").innerHTML = rows.map(([code, end, none, start]) =>
    `<tr><th scope="row">${code} ${facts.names[code] ?? "upgrading index"}</th>${[start, end, none].map(value => `<td>${three(value)}</td>`).join("")}</tr>`).join("");
}
function csv(setting, result) {
  const head = ["year", "governance", "U", "U_without", ...facts.factors, ...facts.ways];
  const rows = result.run.times.map((time, k) => [time, governanceAt(result.path, time), result.run.index[k], result.without.index[k], ...result.run.levels[k], ...result.run.ways[k]]);
  return [`# ${cited(setting)}`, head, ...rows].map(row => [row].flat().join(",")).join("\n") + "\n";
}

// ---- Life ----

let waiting = 0, speaking = 0, current = null;
function label(input) {
  input.labels[0].querySelector("output").textContent = `${input.value}${input.dataset.unit ? ` ${input.dataset.unit}` : ""}`;
}
function draw() {
  const {setting, result, late} = current, svg = name => root.querySelector(`.desk-${name} svg`);
  drawIndex(svg("index"), setting, result, late && late.drawn);
  drawFolds(svg("folds"), setting, result);
  drawMany(svg("levels"), setting, result, facts.factors, result.run.levels, levels => levels[0]);
  drawMany(svg("ways"), setting, result, facts.ways, result.run.ways, sustained(result.sys));
  tell(setting, result, late);
}
function finish() {
  current.late = slow(current.setting);
  draw();
  clearTimeout(speaking);
  speaking = setTimeout(() => {
    get("said").innerHTML = sentences(current.setting, current.result, current.late).map(text => `<p>${text}</p>`).join("");
    root.dataset.ready = "true";
  }, 250);
}
function update(write = true) {
  const setting = collect();
  root.querySelectorAll("input[type=range]").forEach(label);
  root.dataset.ready = "false";
  current = {setting, result: quick(setting), late: null};
  draw();
  if (write) history.replaceState(history.state, "", address(setting) === facts.first ? location.href.split("#")[0] : `${address(setting)}&v=${facts.version}`);
  clearTimeout(waiting);
  waiting = setTimeout(finish, 120);
}
const isSetting = hash => /^#(.*&)?[a-z]=/.test(hash);

root.addEventListener("input", event => {
  if (event.target.matches("input[type=range], select[data-aim]")) { note(""); update(); }
});
root.querySelectorAll("select[data-fill]").forEach(select => select.addEventListener("change", () => {
  const values = select.value.split(","), key = select.dataset.fill;
  if (!select.value) return;
  if (key === "x") inputs.g[0].value = values.pop();
  if (aims[key]) aims[key].value = values.shift();
  inputs[key].forEach((input, k) => { input.value = values[k]; });
  update();
}));
root.querySelector("[data-do=reset]").addEventListener("click", () => {
  restore(facts.first);
  root.querySelectorAll("select[data-fill]").forEach(select => { select.value = ""; });
  update();
});
root.querySelector("[data-do=copy]").addEventListener("click", async event => {
  const field = get("cite");
  field.select();
  try { await navigator.clipboard.writeText(field.value); } catch { document.execCommand("copy"); }
  event.target.textContent = "Copied";
  setTimeout(() => { event.target.textContent = "Copy address"; }, 1500);
});
root.querySelector("[data-do=csv]").addEventListener("click", () => {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([csv(current.setting, current.result)], {type: "text/csv"}));
  link.download = "policy-desk.csv";
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 1000);
});
root.querySelector("[data-do=print]").addEventListener("click", () => print());
addEventListener("hashchange", () => {
  if (!isSetting(location.hash)) return;
  restore(location.hash);
  update(false);
});

root.hidden = false;
restore(isSetting(location.hash) ? location.hash : facts.first);
update(false);
let wide = root.clientWidth;
new ResizeObserver(() => {
  if (root.clientWidth === wide) return;
  wide = root.clientWidth;
  draw();
}).observe(root);
addEventListener("beforeprint", () => root.querySelectorAll("details.desk-table").forEach(box => { box.open = true; }));

// For tests and for those who want to compute more: settings in, numbers out.
window.gumDesk = {
  collect, address, system, simulate, extremes, folds, roots, smallestPush, uniform,
  evaluate(setting) {
    const {summary, run, without} = quick(setting), {push, draws_high, draws_high_without} = slow(setting);
    return {...summary, push: Number.isFinite(push) ? push : null, draws_high, draws_high_without, levels: run.levels, ways: run.ways, indices: run.index, without: without.index};
  },
};
})();
