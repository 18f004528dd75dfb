// The live map of the model: what an element stands for, and a pulse that runs through it. desk-model.js computes; a
// classic script, so that the page works from a folder too. No dependency.
(() => {
"use strict";
const {facts, system, steady, simulate, extremes, flows} = gumDesk;
const {elements, models, first} = facts;
for (const texts of Object.values(elements)) texts.forEach((text, k) => { texts[k] = facts.recurring[text] ?? text; });
const root = document.getElementById("gum-map"), get = name => root.querySelector(`.map-${name}`);
const drawing = get("drawing"), form = get("controls"), slider = form.querySelector("[type=range]");

// ---- The pulse, as gumlib.dynamics.experiments.pulse_map.moments ----

const NODES = [...facts.factors, ...facts.ways.map(way => `m${way}`), ...facts.ways, "U"];
const EDGES = Array.from(drawing.querySelectorAll("path[data-code]"), path => path.dataset.code);
const ORDER = ["G", ...NODES, ...EDGES];
// What an arrow joins, as gumbook/mapdrawing.py calls it.
function kindOf([from, to]) {
  const are = list => list.includes(from) && list.includes(to);
  if (are(facts.factors)) return are(facts.factors.slice(0, facts.basic)) ? "basic" : "auxiliary";
  return facts.factors.includes(from) ? "factor" : facts.ways.includes(from) ? "way" : "mechanism";
}
const isPull = ends => ["basic", "auxiliary"].includes(kindOf(ends));
const kinds = {};
for (const code of EDGES) (kinds[isPull(code.split("→")) ? "pull" : kindOf(code.split("→"))] ??= []).push(code);

function compute({push, read}, model) {
  const own = facts.numbers[read], {structure, instead} = models[model], at = facts.governance;
  const each = value => facts.factors.map(() => value);
  const sys = system({...own, ...instead, baseline: each(own.baseline), decay: each(own.decay),
    weights: facts.shares[structure].map(row => row.map(share => own.total * share))});
  const pulse = {mask: facts.factors.map(code => +(code === push)), size: facts.height, start: 0, end: facts.length};
  const run = simulate(sys, extremes(sys, at)[0], facts.years, steady(at), [pulse], [], facts.every, facts.every);
  const found = run.levels.map(levels => flows(sys, levels, at));
  const reached = run.levels.map((levels, k) => [...levels, ...found[k].sustained, ...run.ways[k], run.index[k]]);
  const place = code => facts.factors.indexOf(code);
  return run.times.map((year, k) => {
    const row = {year};
    NODES.forEach((code, i) => { row[code] = reached[k][i] - reached[0][i]; });
    const flow = ends => {
      if (!isPull(ends)) return Math.abs(row[ends[0]]);
      const at = place(ends[1]) * facts.factors.length + place(ends[0]);
      return Math.abs(found[k].pulls[at] - found[0].pulls[at]);
    };
    for (const codes of Object.values(kinds)) {
      const sizes = codes.map(code => flow(code.split("→"))), total = sizes.reduce((sum, size) => sum + size, 0);
      codes.forEach((code, i) => { row[code] = total > facts.trace ? sizes[i] / total : 0; });
    }
    return row;
  });
}
const kept = {};
const moments = model => kept[[state.push, state.read, model]] ??= compute(state, model);

// ---- State and address ----

const CHOICES = {
  push: code => facts.factors.includes(code), read: name => Object.hasOwn(facts.numbers, name), rival: name => Object.hasOwn(models, name) || !name,
  year: text => text !== "" && Number(text) >= 0 && Number(text) <= facts.years,
  show: code => ORDER.includes(code.replace("-", "→")),
};
const isOurs = hash => /^#(push|rival|read|year|show)=/.test(hash);
let state = {...first};
function restore() {
  const given = new URLSearchParams(location.hash.slice(1));
  for (const [key, fits] of Object.entries(CHOICES)) state[key] = fits(given.get(key) ?? "") && given.has(key) ? given.get(key) : first[key];
}
const hash = () => "#" + Object.entries(state).map(([key, value]) => `${key}=${encodeURIComponent(value)}`).join("&");
const here = () => location.href.split("#")[0] + hash();
function change(given) {
  state = {...state, ...given};
  draw();
  if (!playing) history.replaceState(history.state, "", here());
}

// ---- Drawing ----

const WIDEST = 13;  // the halo of the largest level added, in units of the drawing
const three = value => value.toFixed(3), share = value => value < 0.0005 ? "none" : `${(100 * value).toFixed(value < 0.1 ? 1 : 0)}%`;
const parts = svg => Object.fromEntries(Array.from(svg.querySelectorAll("[data-code]"), part => [part.dataset.code, part]));
for (const body of drawing.querySelectorAll("[data-code] > :is(circle, rect)")) {
  const halo = body.cloneNode();
  halo.classList.add("map-halo");
  body.before(halo);
}
const twin = drawing.cloneNode(true);
for (const spare of twin.querySelectorAll("style, marker, text:not(.map-code), [data-code=G]")) spare.remove();
twin.setAttribute("aria-hidden", true);
get("rival").prepend(twin);
const painted = [parts(drawing), parts(twin)];

function paint(found, row, most) {
  for (const code of NODES) found[code].firstChild.style.strokeWidth = 2 * WIDEST * Math.sqrt(Math.max(0, row[code]) / most);
  for (const code of EDGES) {
    found[code].style.strokeWidth = 1 + 8 * row[code];
    found[code].classList.toggle("map-on", row[code] >= 0.005);
  }
}
function chart(series, at) {
  const most = Math.max(...series.flat().map(row => row.U)) || 1, x = year => 4 + 250 * year / facts.years, y = value => 82 - 62 * value / most;
  const line = (rows, k) => `<polyline class="${["map-line-0", "map-line-1"][k]}" points="${rows.map(row => `${x(row.year).toFixed(1)},${y(row.U).toFixed(1)}`)}"/>`;
  const ends = series.map(rows => y(rows.at(-1).U) + 4), low = Math.min(84, Math.max(39, ...ends)), high = Math.min(low - 13, ...ends);
  const names = ["model", "rival"].map((name, k) => series[k] ? `<text x="258" y="${ends[k] === Math.max(...ends) && !(k && ends[0] === ends[1]) ? low : high}">${name}</text>` : "");
  get("chart").innerHTML = `<text x="4" y="12">Added to the upgrading index (top: ${three(most)})</text><path d="M4 82H254M${x(at)} 18V86"/>`
    + series.map(line).join("") + names.join("")
    + [0, 0.5, 1].map(part => `<text x="${x(part * facts.years)}" y="99" text-anchor="${["start", "middle", "end"][2 * part]}">${part * facts.years}${part === 1 ? " years" : ""}</text>`).join("");
}
function draw() {
  for (const key of ["push", "read", "rival"]) form[key].value = state[key];
  slider.value = state.year;
  form.querySelector("output").textContent = state.year;
  const series = ["gum", state.rival].filter(Boolean).map(moments), at = Math.round(state.year / facts.every), rows = series.map(all => all[at]);
  const most = Math.max(...series.flat().map(row => Math.max(...NODES.map(code => row[code]))));
  rows.forEach((row, k) => paint(painted[k], row, most));
  get("rival").hidden = !state.rival;
  if (state.rival) get("rival").querySelector("figcaption").textContent = `Rival, ${state.rival}: ${models[state.rival].thought}.`;
  chart(series, Number(state.year));
  const against = rows[1] ? `, ${three(rows[1].U)} in the rival` : "";
  get("said").textContent = `Year ${state.year}. The push on ${elements[state.push][0].toLowerCase().replace("gvc", "GVC")} has added ${three(rows[0].U)} to the upgrading index in the model${against}.`;
  tell(rows);
  take();
}

// ---- What an element stands for ----

const BARE = "No fact is coded for an arrow, only for what it joins.";
const shown = () => state.show.replace("-", "→");
function about(code) {
  if (elements[code]) return elements[code];
  const ends = code.split("→"), names = ends.map(end => elements[end]);
  return [`${names[0][0]} ${ends[0] === "D" ? "act" : "acts"} on ${names[1][0][0].toLowerCase()}${names[1][0].slice(1)}`, `${names[0][1]}作用于${names[1][1]}`, ...elements[kindOf(ends)].slice(2)];
}
function tell(rows) {
  const code = shown(), [name, chinese, group, meaning, claims, said = BARE, count, filed] = about(code), told = rows.map(row => row[code]);
  get("title").innerHTML = `<b>${name}</b> <span lang="zh">${chinese}</span> <i>${group}</i>`;
  for (const claim of get("claims").children) claim.hidden = !claims.some(id => claim.textContent.startsWith(id));
  const part = painted[0][code], ours = part.classList.contains("map-ours") ? " This pairing is our reading, by elimination; hence the dashes." : "";
  get("meaning").textContent = meaning + ours;
  const of = EDGES.includes(code) ? [share, "Share of all that the push has added to arrows of its kind"] : [three, "Added by the push"];
  get("now").textContent = code === "G" ? `Held at ${facts.governance} here.`
    : `${of[1]}, year ${state.year}: ${of[0](told[0])} in the model${told.length > 1 ? `, ${of[0](told[1])} in the rival` : ""}.`;
  get("facts").innerHTML = said.replace("{}", `<a href="${facts.ledger}${filed ? `#show-factor-${filed}` : ""}">${count}</a>`);
  const near = EDGES.includes(code) ? code.split("→") : EDGES.filter(edge => edge.split("→").includes(code));
  if (get("near").dataset.of !== code) get("near").innerHTML = (EDGES.includes(code) ? "It joins " : near.length ? "Arrows: " : "") + near.map(one => `<button type="button" data-show="${one}">${one}<span class="visually-hidden"> Show ${about(one)[0]}</span></button>`).join(" ");
  get("near").dataset.of = code;
  for (const [one, element] of Object.entries(painted[0])) element.setAttribute("aria-pressed", one === code);
}

// ---- Take it away ----

const both = () => ["gum", state.rival].filter(Boolean);
function csv() {
  const head = ["year", ...NODES, ...EDGES];
  const rows = both().flatMap(model => moments(model).map(row => [model, ...head.map(code => row[code])]));
  return [["model", ...head], ...rows].map(row => row.join(",")).join("\n") + "\n";
}
function take() {
  get("python").textContent = "import pandas as pd; from gumlib.policy import desk; from gumlib.dynamics.experiments.pulse_map import moments; "
    + `pd.concat({model: moments("${state.push}", desk.parameter_set(desk.read_as("${state.read}")), model=model) for model in ${JSON.stringify(both())}}, `
    + 'names=["model"]).to_csv("gum-map.csv")';
  get("bibtex").textContent = get("bibtex").dataset.text.replace("ADDRESS", here());
}

// ---- Life ----

const hits = drawing.querySelector(".map-arrows").cloneNode(true);  // broad and unseen, for finger and mouse
hits.setAttribute("class", "map-hits");
drawing.querySelector(".map-arrows").after(hits);
for (const code of ORDER) {
  const set = {role: "button", tabindex: code === first.show ? 0 : -1};
  if (EDGES.includes(code)) set["aria-label"] = about(code).slice(0, 3).join(", ");
  for (const [key, value] of Object.entries(set)) painted[0][code].setAttribute(key, value);
}
const codeAt = event => event.target.closest("[data-code]")?.dataset.code;
const show = code => { if (code && code !== shown()) change({show: code.replace("→", "-")}); };
function reach(code) {
  for (const one of ORDER) painted[0][one].setAttribute("tabindex", one === code ? 0 : -1);
  painted[0][code].focus();
}
let resting = 0;
get("main").addEventListener("pointerover", event => {
  clearTimeout(resting);
  if (event.pointerType === "mouse") resting = setTimeout(show, 120, codeAt(event));  // passing over shows nothing
});
get("main").addEventListener("pointerleave", () => clearTimeout(resting));
get("main").addEventListener("click", event => show(codeAt(event)));
get("main").addEventListener("focusin", event => show(codeAt(event)));
get("main").addEventListener("keydown", event => {
  const at = ORDER.indexOf(codeAt(event)), last = ORDER.length - 1;
  const to = {ArrowRight: at + 1, ArrowDown: at + 1, ArrowLeft: at - 1, ArrowUp: at - 1, Home: 0, End: last}[event.key];
  if (event.key === "Enter" || event.key === " ") show(ORDER[at]);
  else if (to === undefined) return;
  else reach(ORDER[(to + ORDER.length) % ORDER.length]);
  event.preventDefault();
});
root.addEventListener("click", event => {
  const next = event.target.closest("[data-show]")?.dataset.show;
  if (next) { show(next); reach(next); }
});

const still = matchMedia("(prefers-reduced-motion: reduce)"), play = root.querySelector("[data-do=play]");
let playing = 0, paused = false;
function stop(pause) {
  cancelAnimationFrame(playing);
  playing = 0;
  paused = pause;
  get("said").setAttribute("aria-live", "polite");
  label();
  change({});
}
const label = () => { play.textContent = still.matches ? "One year on" : playing ? "Pause" : "Play"; };
function start() {
  const from = paused ? Number(state.year) : 0;
  let began = null;
  const step = now => {
    began ??= now;
    const year = Math.min(facts.years, from + Math.floor((now - began) / 400 / facts.every) * facts.every);
    change({year: String(year)});
    if (year >= facts.years) stop(false); else playing = requestAnimationFrame(step);
  };
  get("said").setAttribute("aria-live", "off");
  playing = requestAnimationFrame(step);
  label();
}
play.addEventListener("click", () => {
  if (still.matches) change({year: String(Number(state.year) >= facts.years ? 0 : Math.floor(state.year) + 1)});
  else if (playing) stop(true);
  else start();
});
still.addEventListener("change", () => { if (playing) stop(true); label(); });
form.addEventListener("input", event => {
  if (playing) stop(true);
  paused = true;
  change({[event.target.name]: event.target.value});
});
root.querySelector("[data-do=copy]").addEventListener("click", async event => {
  const copied = await navigator.clipboard?.writeText(here()).then(() => true, () => false);
  event.target.textContent = copied ? "Copied" : "It stands in the address bar";
});
root.querySelector("[data-do=csv]").addEventListener("click", () => {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([csv()], {type: "text/csv"}));
  link.download = "gum-map.csv";
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 1000);
});
addEventListener("hashchange", () => { if (isOurs(location.hash)) { restore(); draw(); } });

for (const part of [form, get("told"), get("beside"), get("take")]) part.hidden = false;
label();
if (isOurs(location.hash)) restore();
draw();
window.gumMap = {csv, state: () => state};
})();
