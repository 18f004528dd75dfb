// A setting of the sliders: its address, and what comes of it. As gumlib/desk.
(() => {
"use strict";
const {facts, system, governanceAt, steady, simulate, inside, mean, extremes, differ, regime, roots, folds, smallestPush} = gumDesk;
const SIZE = facts.factors.length;

const KEYS = ["g", "x", ...facts.aimed, "e", "y", "p", "r"];
const address = setting => "#" + KEYS.map(key => `${key}=${setting[key].join(",")}`).join("&");

const NAMES = ["total", "baseline", "decay", "exponent", "half_saturation", "governance_floor", "lag_rate", "own_share"];
function uniform(values) {
  const one = Object.fromEntries(NAMES.map((name, k) => [name, values[k]]));
  const each = value => new Array(SIZE).fill(value);
  const weights = facts.shares.map(row => row.map(share => one.total * share));
  return system({...one, baseline: each(one.baseline), decay: each(one.decay), weights});
}
// The draws of each reading, one system a draw.
const batches = Object.fromEntries(Object.entries(facts.draws).map(([reading, all]) => [reading,
  all.weights.map((_, k) => system(Object.fromEntries(
    Object.entries(all).map(([name, value]) => [name, Array.isArray(value) ? value[k] : value]))))]));
const force = ([aim, size, start, lasts]) => ({mask: facts.factors.map(code => +aim.includes(code)), size, start, end: start + lasts});
// What relief takes off the shock on outside links, while both last.
function relief({s, e: [share, begins, lasts]}) {
  const shock = force(s), start = Math.max(begins, shock.start);
  const mask = facts.factors.map((code, k) => code === "E" ? shock.mask[k] : 0);
  return {mask, size: -share * shock.size, start, end: Math.max(start, Math.min(begins + lasts, shock.end))};
}
function parts(setting) {
  const [now, later, start, takes] = setting.g, shock = force(setting.s);
  return {
    sys: uniform(setting.p), path: {now, later, start, takes}, still: steady(now), years: setting.y[0],
    pushes: facts.pushes.map(key => force(setting[key])), shocks: [shock], eased: [shock, relief(setting)],
  };
}
const finalOf = list => list[list.length - 1];
// What is drawn at every move of a slider.
function quick(setting) {
  const {sys, path, still, years, pushes, shocks, eased} = parts(setting);
  const run = simulate(sys, setting.x, years, path, pushes, eased, facts.every, facts.step);
  const without = simulate(sys, setting.x, years, still, [], shocks, facts.every, facts.step);
  const end = finalOf(run.levels).map(inside), last = governanceAt(path, years);
  const settled = simulate(sys, end, facts.settle, steady(last), [], [], facts.settle, facts.long).levels[1];
  const before = extremes(sys, path.now), after = extremes(sys, last), turns = folds(sys);
  const levels = [0, 1].map(governance => mean(extremes(sys, governance)[0]));  // lowest resting levels at either end
  return {
    sys, run, without, path, turns, last, levels,
    summary: {
      index: finalOf(run.index), index_without: finalOf(without.index),
      level: mean(end), level_without: mean(finalOf(without.levels)), settled: mean(settled),
      least_first: mean(before[0]), greatest_first: mean(before[1]), least: mean(after[0]), greatest: mean(after[1]),
      watershed: differ(after) ? roots(sys, last)[1] : null, regime: regime(after),
      rise: turns.length ? turns[0].governance : null, fall: turns.length > 1 ? turns[1].governance : null,
    },
  };
}
// What can wait until the slider rests: the smallest push and the draws.
function slow(setting) {
  const {sys, path, still, years, pushes, shocks, eased} = parts(setting);
  const [drawn, without] = [[path, pushes, eased], [still, [], shocks]].map(([way, pushed, struck]) =>
    batches[setting.r[0]].map(one => simulate(one, setting.x, years, way, pushed, struck, years, facts.long)));
  const high = runs => runs.filter(run => mean(finalOf(run.levels)) >= facts.high).length;
  return {
    push: smallestPush(sys, governanceAt(path, years), facts.length, facts.most),
    draws_high: high(drawn), draws_high_without: high(without), drawn: drawn.map(run => finalOf(run.index)),
  };
}
// Both at once, as plain numbers.
function evaluate(setting) {
  const {summary, run, without} = quick(setting), {push, draws_high, draws_high_without} = slow(setting);
  return {
    ...summary, push: Number.isFinite(push) ? push : null, draws_high, draws_high_without,
    levels: run.levels, ways: run.ways, indices: run.index, without: without.index,
  };
}

Object.assign(gumDesk, {KEYS, address, uniform, parts, quick, slow, evaluate});
})();
