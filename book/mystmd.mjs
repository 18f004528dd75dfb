// What mystmd, the engine of Jupyter Book 2, must know to read this book: its own roles and directives.
// Values in the prose are those of the stored notebooks; what Python composes (lists, the desk, the map) is only named.

import { readdirSync, readFileSync } from "node:fs";

const stored = new URL("../notebooks/", import.meta.url);
const record = "application/papermill.record/text/plain";

const values = new Map();
for (const name of readdirSync(stored, { recursive: true }).filter((file) => file.endsWith(".ipynb"))) {
  for (const cell of JSON.parse(readFileSync(new URL(name, stored), "utf8")).cells) {
    for (const { data, metadata } of cell.outputs ?? []) {
      if (metadata?.scrapbook) values.set(metadata.scrapbook.name, [data[record]].flat().join("").replace(/^(['"])(.*)\1$/, "$2"));
    }
  }
}

const text = (value) => ({ type: "text", value });

const glue = {
  name: "glue:text",
  body: { type: String, required: true },
  run({ body }, vfile) {
    const [key, form] = body.split(":");
    if (!values.has(key)) vfile.message(`no stored notebook hands ${key} to the prose`);
    return [text(form ? Number(values.get(key)).toFixed(form.match(/\.(\d)f/)[1]) : values.get(key))];
  },
};

const claim = { name: "claim", body: { type: String, required: true }, run: ({ body }) => [text(body)] };

const rst = {
  name: "eval-rst",
  body: { type: String, required: true },
  run: ({ body }) => [{ type: "code", lang: "rst", value: body }],
};

const composed = [
  "claims", "claim-list", "fact-list", "fact-filter", "fact-downloads", "report-how",
  "figure-list", "table-list", "thumbnail", "source-list", "policy-desk", "gum-map",
].map((name) => ({
  name,
  arg: { type: String },
  options: { class: { type: String } },
  run: ({ arg = "" }) => [{ type: "paragraph", children: [{ type: "emphasis", children: [text(`${name} ${arg}`.trim())] }] }],
}));

export default { name: "The GUM compendium", roles: [glue, claim], directives: [rst, ...composed] };
