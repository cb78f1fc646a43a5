// Feeds, held to the grammar of RFC 4287 by libxml2 and to the rules that no grammar can say.
import { readFileSync } from "node:fs";
import { validateXML } from "xmllint-wasm";
import { fail, filesOf } from "./files.mjs";

const schema = readFileSync(new URL("atom.rng", import.meta.url), "utf8");

/** Holds feeds to the grammar, all in one run. */
async function grammar(files) {
  const xml = files.map(([name, text]) => ({ fileName: name.replaceAll("/", "_"), contents: text }));
  const { valid, errors } = await validateXML({ xml, schema, extension: "relaxng", maxMemoryPages: 4096 });
  if (!valid) fail(errors.slice(0, 5).map((error) => error.message).join("\n"));
}

const all = (text, pattern) => [...text.matchAll(pattern)].map(([, found]) => found);

/** The Schematron of appendix B, and §4.1.1, §4.1.2, §4.2.6 and §4.2.7.2. */
function rules(name, text) {
  const [head, ...entries] = text.split("<entry>");
  const authored = (part) => /<author>\s*<name>[^<]/.test(part);
  if (!authored(head) && !entries.every(authored)) fail(`${name}: an entry has no author`);
  if (!/<link rel="self"/.test(head)) fail(`${name}: does not say where it is`);
  const ids = all(text, /<id>(.*?)<\/id>/g);
  if (new Set(ids).size !== ids.length) fail(`${name}: an id twice`);
  for (const id of ids) new URL(id);
  for (const entry of entries) {
    const alternates = all(entry, /<link rel="alternate" type="(.*?)"/g);
    if (alternates.length === 0 && !/<content/.test(entry)) fail(`${name}: an entry has neither content nor page`);
    if (new Set(alternates).size !== alternates.length) fail(`${name}: an entry has two pages of one type`);
    if (!/<summary>[^<]/.test(entry)) fail(`${name}: an entry says nothing`);
  }
  // RFC 3339, in upper case; and the feed is as new as its newest entry.
  const [own, ...days] = all(text, /<updated>(.*?)<\/updated>/g);
  const wrong = [own, ...days].find((day) => !/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/.test(day) || Number.isNaN(Date.parse(day)));
  if (wrong) fail(`${name}: ${wrong} is not RFC 3339`);
  if (days.some((day) => day > own)) fail(`${name}: older than an entry`);
}

export async function run(site) {
  const files = filesOf(site, "atom.xml");
  await grammar(files);
  for (const [name, text] of files) rules(name, text);
  const [name, text] = files[0];
  return {
    checked: files.length,
    spoiled: [
      () => grammar([[name, text.replace(/<title>.*?<\/title>/, "")]]),
      () => grammar([[name, text.replace(/<updated>.*?<\/updated>/, "<updated>2023-03-07</updated>")]]),
      () => grammar([[name, text.replace("<entry>", "<entry><day/>")]]),
      () => rules(name, text.replace(/<author>[^]*?<\/author>/, "")),
    ],
  };
}
