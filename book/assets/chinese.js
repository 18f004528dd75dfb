// Says in Chinese what the scripts of a page write, by the patterns that the page brings (gumbook/assets.py). Numbers
// are blanks `{}` in them, and a text parts where gumlib/data/phrases.py parts it. Code, addresses, Chinese stay.
(() => {
"use strict";
const NUMBER = /(?<![A-Za-z\d_.])[-−+]?\d+(?:,\d{3})*(?:\.\d+)?(?:e[-+]\d+)?/g;
const LATIN = /[A-Za-z]{2}/, HAN = /\p{Script=Han}/u, ASIDE = "pre, code, script, style, textarea";
const SAID = ["aria-label", "title", "alt"];
const JOINTS = [[/(?<!: .*): /, "："], [/(?<=[.!?]) (?=[A-Z\d])/, ""], [/; /, "；"], [/ \+ /, " + "], [/, and |, | and /, "、"]];

function whole(text) {
  const key = text.replace(NUMBER, "{}"), numbers = text.match(NUMBER) ?? [];
  let next = 0;
  return Object.hasOwn(gumChinese, key) ? gumChinese[key].replace(/\{(\d*)\}/g, (_, at) => numbers[at || next++]) : null;
}
// A part that is Chinese already repeats the one before it in the other language.
function inParts(text, [joint, chineseJoint]) {
  const parts = text.split(joint);
  if (parts.length === 1) return null;
  const found = parts.filter(part => LATIN.test(part) || !HAN.test(part)).map(part => LATIN.test(part) ? translated(part) : part);
  return found.includes(null) ? null : found.join(chineseJoint);
}
function translated(text) {
  const found = whole(text);
  if (found !== null || !LATIN.test(text)) return found;
  const open = text.endsWith(".") ? translated(text.slice(0, -1)) : null;
  return open !== null ? open.replace(/。?$/, "。") : JOINTS.reduce((said, joint) => said ?? inParts(text, joint), null);
}
const chinese = text => translated(text.replace(/[{}]/g, "").replace(/\s+/g, " ").trim());

function say(node) {
  if (node.nodeType === Node.TEXT_NODE) {
    const said = node.parentElement?.closest(ASIDE) ? null : chinese(node.data);
    if (said !== null) node.data = said;
  } else if (node.lang === "zh") node.remove();  // the gloss of a name that is Chinese now
  else for (const name of SAID) {
    const said = chinese(node.getAttribute(name) ?? "");
    if (said !== null) node.setAttribute(name, said);
  }
}
function sayAll(top) {
  const walker = document.createTreeWalker(top, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT), nodes = [top];
  while (walker.nextNode()) nodes.push(walker.currentNode);
  nodes.forEach(say);
}

const SEEN = {childList: true, subtree: true, characterData: true, attributeFilter: SAID};
for (const root of document.querySelectorAll("#gum-desk, #gum-map")) {
  sayAll(root);
  const observer = new MutationObserver(changes => {
    for (const {type, target, addedNodes} of changes) {
      if (type === "childList") addedNodes.forEach(sayAll); else say(target);
    }
    observer.takeRecords();  // what was just said is not said again
  });
  observer.observe(root, SEEN);
}
})();
