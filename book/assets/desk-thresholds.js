// Whether a cluster is stuck, where a low one rises and a high one falls, the push that lifts it. As gumlib/dynamics: scalar.py, basins.py.
(() => {
"use strict";
const {facts, strength, effectOf, steady, simulate, inside, mean, furthest, extremes} = gumDesk;
const SIZE = facts.factors.length;

const differ = ([low, high]) => furthest(low, high) > facts.gap;
function regime([low, high]) {
  if (differ([low, high])) return "bistable";
  return mean(low) >= facts.high ? "rising" : "stuck";
}

// Equal factors: one equation.
const GRID = 4000;
const weightOf = sys => sys.w.slice(0, SIZE).reduce((sum, weight) => sum + weight, 0);
function halve(f, left, right) {
  const sign = Math.sign(f(left));
  for (let k = 0; k < 80; k++) {
    const middle = (left + right) / 2;
    if (Math.sign(f(middle)) === sign) left = middle; else right = middle;
  }
  return (left + right) / 2;
}
function roots(sys, governance) {
  const pulled = strength(sys, governance) * weightOf(sys);
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
  const gamma = (sys.d[0] * level / (1 - level) - sys.b[0]) / (weightOf(sys) * effectOf(sys, level));
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
  const ends = extremes(sys, governance), still = steady(governance);
  if (!differ(ends)) return regime(ends) === "rising" ? 0 : Infinity;  // none is needed, or none suffices
  const mask = new Array(SIZE).fill(1);
  const lifts = height => {
    const push = {mask, size: height, start: 0, end: length};
    const pushed = simulate(sys, ends[0], length, still, [push], [], length, facts.step);
    const after = pushed.levels[pushed.levels.length - 1].map(inside);
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

Object.assign(gumDesk, {differ, regime, roots, governanceOf, folds, smallestPush});
})();
