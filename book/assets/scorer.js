// Pages that a reader reads come before pages of the code, and what is found in a title before what is found in a text.
var Scorer = {
  score: ([page, title, anchor, description, score]) => score - (page.includes("/api") || description ? 1000 : 0),
  objNameMatch: 11,
  objPartialMatch: 6,
  objPrio: { 0: 15, 1: 5, 2: -5 },
  objPrioDefault: 0,
  title: 15,
  partialTitle: 7,
  term: 5,
  partialTerm: 2,
};
