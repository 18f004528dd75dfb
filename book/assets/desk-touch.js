// A finger that scrolls sets nothing: a slider follows a touch only once it has moved along the slider, or ends as a tap.
(() => {
"use strict";
const SURE = 8;  // pixels along the slider, and more along it than across
const root = document.getElementById("gum-desk");
let held = null;

const isSlider = node => node.matches?.("#gum-desk input[type=range]");
function put(input, value) {
  input.value = value;
  input.dispatchEvent(new Event("input", {bubbles: true}));
}
root.addEventListener("pointerdown", event => {
  held = event.pointerType === "touch" && isSlider(event.target)
    ? {input: event.target, before: event.target.value, wanted: null, x: event.clientX, y: event.clientY} : null;
}, true);
root.addEventListener("pointermove", event => {
  if (!held) return;
  const along = Math.abs(event.clientX - held.x), across = Math.abs(event.clientY - held.y);
  if (along > SURE && along > across) held = null;
}, true);
root.addEventListener("input", event => {
  if (event.target !== held?.input) return;
  held.wanted = held.input.value;
  held.input.value = held.before;
  event.stopImmediatePropagation();
}, true);
root.addEventListener("pointerup", () => {
  const tapped = held;
  held = null;
  if (tapped?.wanted) put(tapped.input, tapped.wanted);
}, true);
// The browser has taken the finger for scrolling: whatever still comes of this touch is undone.
root.addEventListener("pointercancel", () => {
  const left = held;
  held = null;
  if (left && left.input.value !== left.before) put(left.input, left.before);
}, true);
})();
