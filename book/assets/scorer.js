// Pages that a reader reads come before pages of the code, what is found in a title before what is found in a text, and
// among texts those that say it often: n times are worth 4n/(n + 10), less than any title, and half as much in the back
// matter, whose lists and forms repeat themselves.
const sought = (new URLSearchParams(location.search).get("q") || "").toLowerCase().split(/\s+/).filter(Boolean);
const often = (page) => {
  const text = (proseOf[page] || "").toLowerCase();
  const n = sought.reduce((sum, word) => sum + text.split(word).length - 1, 0);
  return ((page.includes("/back/") ? 2 : 4) * n) / (n + 10);
};
var Scorer = {
  score: ([page, title, anchor, description, score]) => score + often(page) - (page.includes("/api") || description ? 1000 : 0),
  objNameMatch: 11,
  objPartialMatch: 6,
  objPrio: { 0: 15, 1: 5, 2: -5 },
  objPrioDefault: 0,
  title: 15,
  partialTitle: 7,
  term: 5,
  partialTerm: 2,
};
