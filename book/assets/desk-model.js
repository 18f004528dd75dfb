// The equations of page 2.3, for the desk and the map; ported from gumlib/dynamics: equations.py, rk4.py, equilibrium.py.
(() => {
"use strict";
const {facts} = gumDesk;
const SIZE = facts.factors.length, BASIC = facts.basic, WAYS = facts.ways.length, MOST_STEPS = 200000, SETTLED = 1e-13;

// One parameter set, as Parameters.to_json writes it, laid out for computing.
function system(one) {
  const saturation = one.half_saturation ** one.exponent;
  return {
    b: one.baseline, d: one.decay, w: one.weights.flat(), n: one.exponent, saturation, linear: Boolean(one.linear), ease: one.linear ? 1 : 1 + saturation,
    whole: Number.isInteger(one.exponent) ? one.exponent : 0, floor: one.governance_floor, lag: one.lag_rate, own: one.own_share,
  };
}
const strength = (sys, governance) => sys.floor + (1 - sys.floor) * governance;
function effectOf(sys, level) {
  if (sys.linear) return level;
  let power = level;
  if (sys.whole) for (let k = 1; k < sys.whole; k++) power *= level;
  else power = level ** sys.n;
  return power / (power + sys.saturation);
}
const effect = new Float64Array(SIZE);
function respond(sys, levels) {
  for (let i = 0; i < SIZE; i++) effect[i] = effectOf(sys, levels[i]);
}
// What draws factor i up; `effect` must stand at the levels.
function pull(sys, i) {
  let sum = 0;
  for (let j = 0; j < SIZE; j++) sum += sys.w[i * SIZE + j] * effect[j];
  return sum;
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
    out[i] = (sys.b[i] + policy[i] + gamma * pull(sys, i)) * (1 - state[i]) - (sys.d[i] + shock[i]) * state[i];
  goals(sys, state, gamma, out, SIZE);
  for (let k = SIZE; k < SIZE + WAYS; k++) out[k] = sys.lag * (out[k] - state[k]);
}
const inside = value => Math.min(1, Math.max(0, value));
const mean = levels => levels.reduce((sum, value) => sum + value, 0) / levels.length;
const furthest = (one, two) => Math.max(...one.map((value, i) => Math.abs(value - two[i])));
function indexOf(ways) {
  const [t, n, x, k] = ways.map(inside);
  return Math.sqrt(Math.sqrt(t * n) * Math.sqrt(x * k));
}
// What levels bring about under a governance: the pull of each factor on each, γ w φ, and the ways they sustain, γ m.
function flows(sys, levels, governance) {
  const gamma = strength(sys, governance), sustained = new Float64Array(WAYS);
  respond(sys, levels);
  goals(sys, levels, gamma, sustained, 0);
  return {pulls: Array.from(sys.w, (weight, k) => gamma * weight * effect[k % SIZE]), sustained: Array.from(sustained)};
}
// The upgrading index that levels sustain.
const sustained = sys => (levels, governance) => indexOf(flows(sys, levels, governance).sustained);

// Governance over time: {now, later, start, takes}; on the piece that holds `middle`, its line at `time`.
function governanceAt(path, time, middle = time) {
  if (middle < path.start) return path.now;
  if (middle >= path.start + path.takes) return path.later;
  const share = (time - path.start) / path.takes;
  return path.now * (1 - share) + path.later * share;
}
const steady = governance => ({now: governance, later: governance, start: 0, takes: 0});
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
  const state = new Float64Array(SIZE + WAYS);
  state.set(start);
  const first = times.length > 1 ? governanceAt(path, 0, times[1] / 2) : path.now;
  respond(sys, state);
  goals(sys, state, strength(sys, first), state, SIZE);
  const slopes = [0, 1, 2, 3].map(() => new Float64Array(SIZE + WAYS)), probe = new Float64Array(SIZE + WAYS);
  const policy = new Float64Array(SIZE), shock = new Float64Array(SIZE);
  const run = {times: [], levels: [], ways: []};
  const keep = time => {
    run.times.push(time);
    run.levels.push(Array.from(state.subarray(0, SIZE)));
    run.ways.push(Array.from(state.subarray(SIZE)));
  };
  keep(0);
  for (let step = 0; step + 1 < times.length; step++) {
    const a = times[step], b = times[step + 1], width = b - a, middle = (a + b) / 2;
    const ends = [strength(sys, governanceAt(path, a, middle)), strength(sys, governanceAt(path, b, middle))];
    const half = (ends[0] + ends[1]) / 2, gamma = [ends[0], half, half, ends[1]], reach = [0, width / 2, width / 2, width];
    sumAt(policies, middle, policy);
    sumAt(shocks, middle, shock);
    for (let stage = 0; stage < 4; stage++) {
      for (let k = 0; k < probe.length; k++) probe[k] = state[k] + (stage ? reach[stage] * slopes[stage - 1][k] : 0);
      rates(sys, probe, gamma[stage], policy, shock, slopes[stage]);
    }
    for (let k = 0; k < state.length; k++)
      state[k] += width / 6 * (slopes[0][k] + 2 * slopes[1][k] + 2 * slopes[2][k] + slopes[3][k]);
    if (kept.has(b)) keep(b);
  }
  run.index = run.ways.map(indexOf);
  return run;
}

// Least and greatest equilibrium: x = a(x) / (a(x) + δ), iterated from 0 and from 1.
function extremes(sys, governance, settled = SETTLED) {
  const gamma = strength(sys, governance);
  return [0, 1].map(start => {
    const levels = new Float64Array(SIZE).fill(start);
    for (let turn = 0; turn < MOST_STEPS; turn++) {
      let moved = 0;
      respond(sys, levels);
      for (let i = 0; i < SIZE; i++) {
        const gain = sys.b[i] + gamma * pull(sys, i), whole = gain + sys.d[i];
        const after = whole > 0 ? gain / whole : levels[i];
        moved = Math.max(moved, Math.abs(after - levels[i]));
        levels[i] = after;
      }
      if (moved <= settled) break;
    }
    return Array.from(levels);
  });
}
Object.assign(gumDesk, {
  system, strength, effectOf, governanceAt, steady, simulate, flows, sustained, inside, mean, furthest, extremes,
});
})();
