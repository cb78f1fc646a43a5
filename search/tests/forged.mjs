/**
 * Publishes pieces whose names fit their damage, so that the decoders and tantivy see it.
 * Arguments: the directory of a site, how many damages, where random numbers begin.
 * Fails unless every search is answered or ends with a SearchError, and the engine, if it
 * trapped, answers the next query in the language that was not damaged.
 */
import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

const [site, times, seed] = process.argv.slice(2);
const folder = join(site, 'search');
const { Runtime, SearchError } = await import(pathToFileURL(join(folder, 'runtime.js')));
const whole = new Map([['index.json', readFileSync(join(folder, 'index.json'))]]);
for (const name of readdirSync(join(folder, 'pieces'))) {
  whole.set(`pieces/${name}`, readFileSync(join(folder, 'pieces', name)));
}
const pieces = [...whole.keys()].filter((name) => name !== 'index.json').sort();

// The site that is asked; the engine is compiled once.
let files = whole;
const engine = await WebAssembly.compile(readFileSync(join(folder, 'gongbao-search.wasm')));
WebAssembly.compile = async () => engine;
globalThis.fetch = async (url) => {
  const name = new URL(url).pathname.replace('/search/', '');
  if (name.endsWith('.wasm')) return new Response('');
  return files.has(name) ? new Response(files.get(name)) : new Response('', { status: 404 });
};

let state = BigInt(seed);
/** Knuth's MMIX generator. */
function below(limit) {
  state = BigInt.asUintN(64, state * 6364136223846793005n + 1442695040888963407n);
  return Number((state >> 33n) % BigInt(limit));
}

/** The hash that names pieces: FNV-1a, folded to 48 bits. */
function hash(bytes) {
  let state = 0xcbf29ce484222325n;
  for (const byte of bytes) state = BigInt.asUintN(64, (state ^ BigInt(byte)) * 0x100000001b3n);
  return (state >> 48n) ^ (state & 0xffffffffffffn);
}

const nameOf = (hash) => `pieces/${hash.toString(16).padStart(12, '0')}.bin`;

/** How a piece is named within others: 6 bytes, the lowest first. */
function within(hash) {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64LE(hash);
  return bytes.subarray(0, 6);
}

/** Gives a piece another content, and everything that names it its new name. */
function rename(forged, name, content) {
  const [old, fresh] = [hash(forged.get(name)), hash(content)];
  forged.delete(name);
  forged.set(nameOf(fresh), content);
  if (old === fresh) return;
  const manifest = forged.get('index.json').toString().replaceAll(name, nameOf(fresh));
  forged.set('index.json', Buffer.from(manifest));
  const names = ([other, bytes]) => other !== 'index.json' && bytes.includes(within(old));
  const head = [...forged].find(names);
  if (!head) return;
  const bytes = Buffer.from(head[1]);
  within(fresh).copy(bytes, bytes.indexOf(within(old)));
  rename(forged, head[0], bytes);
}

/** One to four bytes changed, put in or left out. */
function damaged(bytes) {
  let copy = Buffer.from(bytes);
  for (let edits = 1 + below(4); edits > 0 && copy.length > 0; edits--) {
    const at = below(copy.length);
    const kind = below(4);
    if (kind === 0) copy[at] ^= 1 << below(8);
    else if (kind === 1) copy[at] = below(256);
    else if (kind === 2) copy = Buffer.concat([copy.subarray(0, at), Buffer.from([below(256)]), copy.subarray(at)]);
    else copy = Buffer.concat([copy.subarray(0, at), copy.subarray(at + 1 + below(20))]);
  }
  return copy;
}

const QUERIES = { zh: ['专利侵权 year:2022..2024', '"知识产权" *护'], en: ['protect* -patent', '"intellectual property"'] };
const counts = { answered: 0, refused: 0, stopped: 0 };

/** Searches; gives what went wrong, if anything did. */
async function fault(work) {
  try {
    await work();
    counts.answered += 1;
  } catch (error) {
    assert.ok(error instanceof SearchError, `${error.stack}`);
    counts[error.message.startsWith('The search engine stopped') ? 'stopped' : 'refused'] += 1;
    return error.message;
  }
}

const volumes = JSON.parse(whole.get('index.json')).volumes;
/** Whether only this language reads a piece: its name stands in no other language's head. */
function isOf(lang, name) {
  const other = volumes.find((volume) => volume.lang !== lang);
  return ![other.head, ...other.with].includes(name) && !whole.get(other.head).includes(within(hash(whole.get(name))));
}

for (let index = 0; index < Number(times); index++) {
  const name = pieces[below(pieces.length)];
  files = new Map(whole);
  rename(files, name, damaged(whole.get(name)));
  const runtime = new Runtime('http://site.example/');
  const opened = await fault(() => runtime.open('zh'));
  for (const lang of ['zh', 'en']) {
    for (const query of QUERIES[lang]) {
      await fault(() => runtime.search(query, { lang, widen: true }));
    }
  }
  // What the damage does not touch can still be searched, even after a trap.
  if (!opened && isOf('zh', name)) {
    const results = await runtime.search(QUERIES.en[1], { lang: 'en' });
    assert.ok(results.total > 0, `${index}`);
  }
  runtime.close();
}
assert.ok(counts.answered > 0 && counts.refused > 0 && counts.stopped > 0, JSON.stringify(counts));
console.log(`${times} forgeries: ${counts.answered} answered, ${counts.refused} refused, ${counts.stopped} stopped the engine`);
