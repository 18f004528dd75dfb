// What the desk says: tiles, sentences, the setting in words, the table, the file of numbers.
(() => {
"use strict";
const {facts, governanceAt, address} = gumDesk;
const DRAWS = Object.values(facts.draws)[0].weights.length;
const root = document.getElementById("gum-desk"), get = name => root.querySelector(`.desk-${name}`);

const two = value => value.toFixed(2), three = value => value.toFixed(3);
const apart = (low, high) => two(Math.max(0, high - low));
// Governance at which a low cluster rises, or a high one falls; without a fold there is one resting level throughout.
function threshold(value, {levels: [bottom, top]}, [always, never]) {
  if (value === null) return bottom >= facts.high ? always : top < facts.high ? never : "no jump";
  return value < 0 ? always : value > 1 ? never : two(value);
}
const titleOf = (key, aim) => key === "s" ? "shock" : `push on ${facts.brief[aim]}`;

function sentences(setting, result, late) {
  const s = result.summary, years = setting.y[0], lines = [];
  lines.push(`In year ${years} the upgrading index is ${two(s.index)} with policy and ${two(s.index_without)} without. `
    + `The mean level of the factors is ${two(s.level)}, against ${two(s.level_without)}.`);
  if (s.regime === "bistable") {
    const up = Math.abs(s.settled - s.greatest) < Math.abs(s.settled - s.least);
    lines.push(`At the governance of year ${years}, ${two(result.last)}, a cluster can rest at ${two(s.least)} or at ${two(s.greatest)}; `
      + `the watershed lies at ${two(s.watershed)}. Left alone from then on, this one goes to the ${up ? "high" : "low"} level.`);
  } else {
    lines.push(`At the governance of year ${years}, ${two(result.last)}, there is one resting level, ${two(s.least)}: `
      + `no lock-in, and every start ends there. It is ${s.regime === "rising" ? "high: no push is needed" : "low: no push suffices, for none lasts"}.`);
  }
  lines.push(`Lock-in, the distance between the two resting levels: ${apart(s.least_first, s.greatest_first)} at first, `
    + `${apart(s.least, s.greatest)} at the end.`);
  if (!late) return lines;
  if (s.regime === "bistable") lines.push(Number.isFinite(late.push)
    ? `Smallest push that would lift a cluster out of the low level: ${three(late.push)} a year on all six factors for ${facts.length} years.`
    : `No push of up to ${facts.most} a year that we tried would lift a cluster out of the low level.`);
  lines.push(`With other parameters, ${facts.words.r[setting.r[0]]}: ${late.draws_high} of ${DRAWS} draws end high with policy, `
    + `${late.draws_high_without} without.`);
  return lines;
}
function pushTold({regime}, {push}) {
  if (regime !== "bistable") return regime === "rising" ? "none needed" : "none suffices";
  return Number.isFinite(push) ? three(push) : `none up to ${facts.most}`;
}
// Which reading is on, in one line; parameters can have been moved off it.
const moved = setting => facts.presets[setting.r[0]].some((value, k) => value !== setting.p[k]);
function reading(setting) {
  const on = facts.words.r[setting.r[0]], hand = moved(setting) ? ", with parameters moved by hand" : "";
  return `On: ${on}${hand}. ${facts.fit}${setting.r[0] === "ranges" ? " What is locked in here is so over our ranges only." : ""}`;
}
function described(setting) {
  const [now, later, begins, takes] = setting.g;
  const told = [now === later ? `governance ${now}` : `governance ${now}, from year ${begins} to ${begins + takes} changing to ${later}`];
  told.push("start " + facts.factors.map((code, k) => `${code} ${setting.x[k]}`).join(", "));
  for (const key of facts.aimed) {
    const [aim, size, start, lasts] = setting[key];
    if (size > 0) told.push(`${key === "s" ? "shock" : "push"} of ${size} a year on ${facts.words[key][aim]}, years ${start} to ${start + lasts}`);
  }
  const [share, eased, lasts] = setting.e;
  if (share > 0) told.push(`relief of ${share} of the shock on ${facts.words.a.E}, years ${eased} to ${eased + lasts}`);
  told.push(`parameters ${facts.words.r[setting.r[0]]}${moved(setting) ? ", moved by hand" : ""}: ` + ["ω", "b", "δ", "n", "κ", "γ0", "η", "α"].map((name, k) => `${name} ${setting.p[k]}`).join(", "));
  return told.join("; ");
}
const cited = setting => `${location.href.split("#")[0]}${address(setting)}&v=${facts.version}`;
function tell(setting, result, late) {
  const s = result.summary, {run, without} = result;
  const tiles = {
    index: two(s.index), without: two(s.index_without), regime: {bistable: "two", stuck: "one, low", rising: "one, high"}[s.regime],
    gap: apart(s.least, s.greatest), fall: threshold(s.fall, result, ["never falls", "always falls"]), rise: threshold(s.rise, result, ["none needed", "none suffices"]),
    push: !late ? "…" : pushTold(s, late),
    drawn: !late ? "…" : `${late.draws_high} of ${DRAWS}`,
  };
  for (const [name, text] of Object.entries(tiles)) root.querySelector(`[data-tile="${name}"]`).textContent = text;
  get("reading").textContent = reading(setting);
  get("setting").textContent = described(setting);
  get("cite").value = cited(setting);
  get("printed").textContent = cited(setting);
  const last = run.levels.length - 1, rows = [["U", run.index[0], s.index, s.index_without]];
  facts.factors.forEach((code, k) => rows.push([code, run.levels[0][k], run.levels[last][k], without.levels[last][k]]));
  facts.ways.forEach((code, k) => rows.push([code, run.ways[0][k], run.ways[last][k], without.ways[last][k]]));
  get("numbers").innerHTML = rows.map(([code, ...values]) => `<tr><th scope="row">${code} ${facts.names[code] ?? "upgrading index"}</th>`
    + `${values.map(value => `<td>${three(value)}</td>`).join("")}</tr>`).join("");
}
function say(setting, result, late) {
  get("said").innerHTML = sentences(setting, result, late).map(text => `<p>${text}</p>`).join("");
}
function csv(setting, {run, without, path}) {
  const head = ["year", "governance", "U", "U_without", ...facts.factors, ...facts.ways];
  const rows = run.times.map((time, k) =>
    [time, governanceAt(path, time), run.index[k], without.index[k], ...run.levels[k], ...run.ways[k]]);
  return [`# ${cited(setting)}`, head, ...rows].map(row => [row].flat().join(",")).join("\n") + "\n";
}

Object.assign(gumDesk, {two, titleOf, tell, say, csv});
})();
