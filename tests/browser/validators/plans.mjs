// Plans as Akoma Ntoso, held by libxml2 to the schema of OASIS, which is published under CC BY 4.0.
import { readFileSync } from "node:fs";
import { validateXML } from "xmllint-wasm";
import { fail, filesOf } from "./files.mjs";

const read = (name) => readFileSync(new URL(name, import.meta.url), "utf8");
const schema = read("akomantoso30.xsd");
const preload = [{ fileName: "xml.xsd", contents: read("xml.xsd") }];

/** Holds documents to the schema, which also asks that each eId is used once, all in one run. */
async function grammar(files) {
  const xml = files.map(([name, text]) => ({ fileName: name.replaceAll("/", "_"), contents: text }));
  const { valid, errors } = await validateXML({ xml, schema, preload, maxMemoryPages: 4096 });
  if (!valid) fail(errors.slice(0, 5).map((error) => error.message).join("\n"));
}

/** References inside a document, which the schema does not follow. */
function references(name, text) {
  const ids = new Set([...text.matchAll(/ eId="(.*?)"/g)].map(([, id]) => id));
  const inside = [...text.matchAll(/ (?:href|source|by|as|refersTo)="(#.*?)"/g)].flatMap(([, list]) => list.split(" "));
  const dead = inside.find((reference) => !ids.has(reference.slice(1)));
  if (dead) fail(`${name}: ${dead} is not in the document`);
}

export async function run(site) {
  const files = filesOf(site, ".akn.xml");
  await grammar(files);
  for (const [name, text] of files) references(name, text);
  const [name, text] = files[0];
  const spoiled = (from, to) => () => {
    const changed = text.replace(from, to);
    if (changed === text) throw new Error(`${from} is not in ${name}`);
    return Promise.all([grammar([[name, changed]]), references(name, changed)]);
  };
  return {
    checked: files.length,
    spoiled: [
      spoiled(/<FRBRdate .*?>/, ""),
      spoiled(/eId="task-2"/, 'eId="task-1"'),
      spoiled(' name="task"', ""),
      spoiled(/eId="site"/, 'eId="publisher"'),
    ],
  };
}
