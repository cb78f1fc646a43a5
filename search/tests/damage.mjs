/**
 * Hands damaged files and messages to the engine as it is published.
 * Arguments: the directory of a site, how many damages, where random numbers begin.
 * Fails if the engine traps, takes a damaged piece, or takes longer than it may.
 */
import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

const [site, times, seed] = process.argv.slice(2);
const folder = join(site, 'search');
const module = new WebAssembly.Module(readFileSync(join(folder, 'gongbao-search.wasm')));
const manifest = readFileSync(join(folder, 'index.json'));
const pieces = readdirSync(join(folder, 'pieces')).map((name) => `pieces/${name}`);
const content = new Map(pieces.map((name) => [name, readFileSync(join(folder, name))]));
const OPEN = 0, SUPPLY = 1, SEARCH = 2, FIRST = 3;
/** How long one damage may take, in milliseconds. */
const PATIENCE = 20_000;

let state = BigInt(seed);
/** Knuth's MMIX generator. */
function below(limit) {
  state = BigInt.asUintN(64, state * 6364136223846793005n + 1442695040888963407n);
  return Number((state >> 33n) % BigInt(limit));
}

let engine;
function start() {
  const imports = Object.fromEntries(WebAssembly.Module.imports(module).map(({ module }) => [module, {}]));
  engine = new WebAssembly.Instance(module, imports).exports;
}

/** A call as `runtime.js` makes it. */
function call(operation, message) {
  const address = engine.gb_alloc(message.length);
  new Uint8Array(engine.memory.buffer, address, message.length).set(message);
  const answer = engine.gb_call(operation, address, message.length);
  engine.gb_free(address, message.length);
  const length = new DataView(engine.memory.buffer).getUint32(answer, true);
  const text = Buffer.from(engine.memory.buffer, answer + 4, length).toString('utf8');
  engine.gb_free(answer, length + 4);
  return JSON.parse(text);
}

function supply(name, bytes) {
  const encoded = Buffer.from(name);
  return call(SUPPLY, Buffer.concat([Buffer.from([encoded.length]), encoded, bytes]));
}

/** Some bytes changed, doubled, put in or left out, or everything after a place. */
function damaged(bytes) {
  const copy = Buffer.from(bytes);
  const at = below(copy.length);
  switch (below(5)) {
    case 0: return copy.subarray(0, at);
    case 1: copy[at] ^= 1 << below(8); return copy;
    case 2: return Buffer.concat([copy.subarray(0, at), Buffer.from([below(256)]), copy.subarray(at)]);
    case 3: return Buffer.concat([copy.subarray(0, at), copy.subarray(at + 1 + below(300))]);
    default: return Buffer.concat([copy, copy.subarray(at)]);
  }
}

/** Asks until there is an answer; supplies what is wanted, damaged where `harm` says so. */
function ask(query, lang, harm) {
  for (let round = 0; round < 32; round++) {
    const answer = call(SEARCH, Buffer.from(JSON.stringify({ query, options: { lang, widen: true, others: true } })));
    if (!answer.needs) return answer;
    for (const name of answer.needs) {
      if (!content.has(name)) return { error: `${name} is missing` };
      const taken = supply(name, harm(name) ?? content.get(name));
      if (taken.error) return taken;
    }
  }
  return { error: 'without end' };
}

const QUERIES = [['专利侵权 year:2022..2024', 'zh'], ['"知识产权" *护', 'zh'], ['protect* -patent', 'en']];
const counts = { refused: 0, answered: 0 };
start();
for (let index = 0; index < Number(times); index++) {
  const begun = performance.now();
  const [query, lang] = QUERIES[below(QUERIES.length)];
  const target = below(4) === 0 ? 'index.json' : pieces[below(pieces.length)];
  if (target === 'index.json') {
    const opened = call(OPEN, damaged(manifest));
    const answer = opened.error ? opened : ask(query, lang, () => null);
    counts[answer.error ? 'refused' : 'answered'] += 1;
  } else {
    assert.ok(call(OPEN, manifest).ok);
    const bad = damaged(content.get(target));
    const changed = !bad.equals(content.get(target));
    assert.equal(Boolean(supply(target, bad).error), changed, `${target} is damaged and was taken`);
    const answer = ask(query, lang, (name) => (name === target ? bad : null));
    counts[answer.error ? 'refused' : 'answered'] += 1;
  }
  // Messages that no script of ours sends.
  const nonsense = Buffer.from(Array.from({ length: below(40) }, () => below(256)));
  call([OPEN, SUPPLY, SEARCH, FIRST, 9][below(5)], nonsense);
  assert.ok(performance.now() - begun < PATIENCE, `damage ${index} took too long`);
}
// It still works.
start();
assert.ok(call(OPEN, manifest).ok);
const whole = ask('专利', 'zh', () => null);
assert.ok(whole.ok.total > 0, JSON.stringify(whole));
assert.ok(counts.refused > 0 && counts.answered > 0, JSON.stringify(counts));
console.log(`${times} damages: ${counts.refused} refused, ${counts.answered} answered without what was damaged`);
