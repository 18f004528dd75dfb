// The policy desk at work: sliders, address and buttons. It computes with desk-setting.js, draws with desk-draw.js
// and speaks with desk-words.js; classic scripts, so that the page works from a folder too. No dependency.
(() => {
"use strict";
const {facts, KEYS, address, quick, slow, drawIndex, drawFolds, drawLevels, drawWays, tell, say, csv} = gumDesk;
const root = document.getElementById("gum-desk");

// ---- Sliders and address ----

const inputs = Object.fromEntries(KEYS.map(key => [key, Array.from(root.querySelectorAll(`input[data-key="${key}"]`))]));
const aims = Object.fromEntries(facts.aimed.map(key => [key, root.querySelector(`select[data-aim="${key}"]`)]));
function collect() {
  const setting = {};
  for (const key of KEYS) setting[key] = [...(aims[key] ? [aims[key].value] : []), ...inputs[key].map(input => Number(input.value))];
  return setting;
}
function set(key, values) {
  if (aims[key]) aims[key].value = values.shift();
  inputs[key].forEach((input, k) => { input.value = values[k]; });
}
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
    set(key, (fits(found.get(key)) ? found : usual).get(key).split(","));
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
const isSetting = hash => /^#(.*&)?[a-z]=/.test(hash);

// ---- Life ----

let waiting = 0, speaking = 0, current = null;
function label(input) {
  input.labels[0].querySelector("output").textContent = `${input.value}${input.dataset.unit ? ` ${input.dataset.unit}` : ""}`;
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
  if (event.target.matches("input[type=range], select[data-aim]")) { note(""); update(); }
});
root.querySelectorAll("select[data-fill]").forEach(select => select.addEventListener("change", () => {
  const values = select.value.split(","), key = select.dataset.fill;
  if (!select.value) return;
  if (key === "x") inputs.g[0].value = values.pop();
  set(key, values);
  update();
}));
root.querySelector("[data-do=reset]").addEventListener("click", () => {
  restore(facts.first);
  root.querySelectorAll("select[data-fill]").forEach(select => { select.value = ""; });
  update();
});
root.querySelector("[data-do=copy]").addEventListener("click", async event => {
  const field = root.querySelector(".desk-cite");
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

gumDesk.collect = collect;
})();
