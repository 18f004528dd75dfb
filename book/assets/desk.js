// The policy desk at work: sliders, address and buttons. It computes with desk-setting.js, draws with desk-draw.js
// and speaks with desk-words.js; classic scripts, so that the page works from a folder too. No dependency.
(() => {
"use strict";
const {facts, KEYS, address, inside, quick, slow, drawIndex, drawFolds, drawLevels, drawWays, tell, say, csv} = gumDesk;
const root = document.getElementById("gum-desk");

// ---- Sliders and address ----

const inputs = Object.fromEntries(KEYS.map(key => [key, Array.from(root.querySelectorAll(`input[data-key="${key}"]`))]));
const words = Object.fromEntries(facts.aimed.map(key => [key, root.querySelector(`select[data-word="${key}"]`)]));
words.r = {value: ""};  // the reading; its two buttons set it
const presets = Array.from(root.querySelectorAll("[data-preset]"));
const fills = Array.from(root.querySelectorAll("select[data-fill]"));
const starts = Array.from(root.querySelectorAll(".desk-examples a"));
function collect() {
  const setting = {};
  for (const key of KEYS) setting[key] = [...(words[key] ? [words[key].value] : []), ...inputs[key].map(input => Number(input.value))];
  return setting;
}
const named = input => input.labels[0].textContent;
// Set the sliders of a key; return what they could not take as it was given: each name, and what became of it.
function set(key, given) {
  const values = [...given];
  if (words[key]) words[key].value = values.shift();
  return inputs[key].flatMap((input, k) => {
    input.value = values[k];
    const off = Math.abs(Number(input.value) - Number(values[k])) > 1e-9;
    return off ? [[`${named(input)} `, `${values[k]} became ${input.value} (from ${input.min} to ${input.max})`]] : [];
  });
}
function restore(hash) {
  const found = new URLSearchParams(hash.replace(/^#/, "")), usual = new URLSearchParams(facts.first.slice(1));
  const moved = [], said = [];
  let understood = true;
  for (const key of KEYS) {
    const size = inputs[key].length + (words[key] ? 1 : 0);
    const fits = text => {
      const values = (text ?? "").split(","), numbers = words[key] ? values.slice(1) : values;
      return values.length === size && (!words[key] || values[0] in facts.words[key])
        && numbers.every(value => value.trim() !== "" && Number.isFinite(Number(value)));
    };
    if (found.has(key) && !fits(found.get(key))) understood = false;
    moved.push(...set(key, (fits(found.get(key)) ? found : usual).get(key).split(",")));
  }
  const version = found.get("v");
  if (!understood) said.push("Part of the address was not understood; those sliders stand as at first. ");
  else if (version && version !== facts.version) said.push("This setting was cited with gumlib", ` ${version}`, "; the page runs gumlib", ` ${facts.version}`, ". ");
  const given = [...new Set(found.keys())];
  for (const [names, what] of [
    [given.filter(key => ![...KEYS, "v"].includes(key)), "These parts of the address name no slider and were left out: "],
    [given.filter(key => found.getAll(key).length > 1), "These parts of the address stand more than once, and the first was taken: "],
  ]) if (names.length) said.push(what, Object.assign(document.createElement("code"), {textContent: names.join(" ")}), ". ");
  if (moved.length) said.push("The address holds numbers that the sliders cannot take: ", ...moved.flatMap((pair, k) => k ? ["; ", ...pair] : pair), ".");
  note(...said);
}
function note(...parts) {  // each a text of its own, as an edition in another language needs it
  const place = root.querySelector(".desk-note");
  place.replaceChildren(...parts);
  place.hidden = !parts.length;
}
const isSetting = hash => hash.includes("=");

// ---- Life ----

let waiting = 0, speaking = 0, current = null;
function label(input) {
  input.parentElement.querySelector("output").textContent = `${input.value}${input.dataset.unit ? ` ${input.dataset.unit}` : ""}`;
}
// What a choice would set: its values by key.
const filling = {
  x: (values, {g}) => ({x: values.slice(0, -1), g: [values[values.length - 1], ...g.slice(1)]}),
  g: ([step, onset], {g: [now]}) => ({g: [now, inside(Math.round((now + Number(step)) * 100) / 100), onset, 0]}),
  r: ([reading]) => ({p: facts.presets[reading], r: [reading]}),
};
const filled = (key, text, setting) => (filling[key] ?? (values => ({[key]: values})))(text.split(","), setting);
const holds = (setting, part) => Object.entries(part).every(([key, values]) =>
  values.every((value, k) => typeof setting[key][k] === "string" ? setting[key][k] === value : Math.abs(setting[key][k] - value) < 1e-9));
// A choice and a start are named only while the sliders stand where they put them. A push says what it acts on.
function relabel(setting) {
  for (const select of fills) {
    const fits = value => value !== "" && holds(setting, filled(select.dataset.fill, value, setting));
    if (!fits(select.value)) select.value = Array.from(select.options, option => option.value).find(fits) ?? "";
  }
  for (const place of root.querySelectorAll("[data-aim]")) {
    const text = `on ${facts.words[place.dataset.aim][setting[place.dataset.aim][0]]}`;
    if (place.dataset.said !== text) place.dataset.said = place.textContent = text;
  }
  for (const button of presets) button.setAttribute("aria-pressed", holds(setting, filled("r", button.dataset.preset, setting)));
  for (const link of starts) link.toggleAttribute("aria-current", link.hash === address(setting));
}
function draw() {
  const {setting, result, late} = current, svg = name => root.querySelector(`.desk-${name} svg`);
  drawIndex(svg("index"), setting, result, late?.drawn);
  drawFolds(svg("folds"), result);
  drawLevels(svg("levels"), setting, result);
  drawWays(svg("ways"), setting, result);
  tell(setting, result, late);
}
function finish() {
  current.late = slow(current.setting);
  draw();
  speaking = setTimeout(() => {
    say(current.setting, current.result, current.late);
    root.dataset.ready = "true";
  }, 250);
}
function update(write = true) {
  const setting = collect();
  root.querySelectorAll("input[type=range]").forEach(label);
  relabel(setting);
  root.dataset.ready = "false";
  current = {setting, result: quick(setting), late: null};
  draw();
  const here = address(setting);
  if (write) history.replaceState(history.state, "", here === facts.first ? location.href.split("#")[0] : `${here}&v=${facts.version}`);
  clearTimeout(waiting);
  clearTimeout(speaking);
  waiting = setTimeout(finish, 120);
}

root.addEventListener("input", event => {
  if (event.target.matches("input[type=range], select[data-word]")) { note(); update(); }
});
function fill(key, text) {
  if (text) for (const [one, values] of Object.entries(filled(key, text, collect()))) set(one, values);
  note();
  update();
}
fills.forEach(select => select.addEventListener("change", () => fill(select.dataset.fill, select.value)));
presets.forEach(button => button.addEventListener("click", () => fill("r", button.dataset.preset)));
root.querySelector("[data-do=reset]").addEventListener("click", () => {
  restore(facts.first);
  update();
});
root.querySelector("[data-do=copy]").addEventListener("click", async event => {
  const field = root.querySelector(".desk-cite");
  field.select();
  const wrote = await navigator.clipboard?.writeText(field.value).then(() => true, () => false);
  const copied = wrote || document.execCommand("copy");
  event.target.textContent = copied ? "Copied" : "It stands in the address bar";
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

gumDesk.collect = collect;
})();
