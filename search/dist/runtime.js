/**
 * Loads the engine and the pieces of the index that it asks for.
 *
 * The engine is synchronous and answers either with results or with the names of the
 * pieces it needs; they are fetched, handed over, and the query is put again.
 */

/** How often a file is tried, and the pauses between, in milliseconds. */
const PAUSES = [0, 300, 1500];
/** How long one try may take, in milliseconds. */
const PATIENCE = 20_000;
/** How often a query may ask for pieces before the index is taken to be damaged. */
const ROUNDS = 32;

const OPEN = 0;
const SUPPLY = 1;
const SEARCH = 2;

/** The index or the engine cannot be loaded. */
export class SearchError extends Error {
  /** @param {string} message @param {string} [url] the file at fault */
  constructor(message, url) {
    super(message);
    this.name = 'SearchError';
    this.url = url;
  }
}

/** A file is not there, which trying again does not change. */
class Gone extends SearchError {}

/** The engine over the index of one site. */
export class Runtime {
  #root;
  #engine;
  #manifest;
  #opened;
  #pieces = new Map();

  /** @param {string} base base URL of the site, with a slash at the end */
  constructor(base) {
    this.#root = new URL('search/', base);
  }

  /** Loads the engine and what the first query in `lang` needs. */
  async open(lang) {
    const module = load(new URL('gongbao-search.wasm', this.#root), compile);
    // Until it is awaited, a failure is not unhandled.
    module.catch(() => {});
    await this.#readManifest();
    const volume = this.#volumes().find((volume) => !lang || volume.lang === lang);
    const first = volume ? [volume.head, ...volume.with] : [];
    const pieces = Promise.all(first.map((name) => this.#fetchPiece(name)));
    pieces.catch(() => {});
    this.#engine = new Engine(await module);
    this.#start();
    (await pieces).forEach((bytes, index) => this.#engine.supply(first[index], bytes));
    return this.#volumes().map(({ lang, records }) => ({ lang, records }));
  }

  /** Answers a query; `onPartial` gets what is known before all texts are there. */
  async search(query, options, onPartial) {
    try {
      return await this.#answer(query, options, onPartial);
    } catch (error) {
      if (!(error instanceof Gone) || !(await this.#published())) throw error;
      return this.#answer(query, options, onPartial);
    }
  }

  close() {
    this.#engine = undefined;
    this.#pieces.clear();
  }

  async #answer(query, options, onPartial) {
    for (let round = 0; round < ROUNDS; round++) {
      const engine = this.#engine;
      if (!engine) throw new SearchError('The search was closed.');
      const answer = engine.search(query, options);
      if (answer.ok) return answer.ok;
      if (answer.partial && onPartial) onPartial(answer.partial);
      const pieces = await Promise.all(
        answer.needs.map(async (name) => [name, await this.#fetchPiece(name)]),
      );
      if (this.#engine === engine) for (const [name, bytes] of pieces) engine.supply(name, bytes);
    }
    throw new SearchError('The search index is damaged: a query asks for pieces without end.');
  }

  #volumes() {
    return this.#manifest.volumes ?? [];
  }

  async #readManifest() {
    const url = new URL('index.json', this.#root);
    const text = await load(url, (response) => response.text(), { cache: 'no-cache' });
    try {
      this.#manifest = JSON.parse(text);
    } catch {
      throw new SearchError(`${url} is not the manifest of a search index.`, url.href);
    }
    const changed = text !== this.#opened;
    this.#opened = text;
    return changed;
  }

  #start() {
    this.#engine.open(this.#opened);
  }

  /** Whether a new version of the site was published since; if so, opens it. */
  async #published() {
    if (!(await this.#readManifest())) return false;
    this.#pieces.clear();
    this.#start();
    return true;
  }

  /** Fetches a piece once, however many queries wait for it; a failure is not kept. */
  #fetchPiece(name) {
    let piece = this.#pieces.get(name);
    if (!piece) {
      piece = load(new URL(name, this.#root), async (response) => new Uint8Array(await response.arrayBuffer()));
      this.#pieces.set(name, piece);
      const forget = () => this.#pieces.delete(name);
      piece.then(forget, forget);
    }
    return piece;
  }
}

/** The exported functions of the module as calls with strings and bytes. */
class Engine {
  #module;
  #exports;
  #supplied = [];
  #manifest;

  constructor(module) {
    this.#module = module;
    this.#instantiate();
  }

  open(manifest) {
    this.#manifest = manifest;
    this.#supplied = [];
    this.#call(OPEN, encode(manifest));
  }

  supply(name, bytes) {
    this.#hand(name, bytes);
    this.#supplied.push([name, bytes]);
  }

  search(query, options) {
    return this.#call(SEARCH, encode(JSON.stringify({ query, options })));
  }

  #instantiate() {
    this.#exports = new WebAssembly.Instance(this.#module, {}).exports;
  }

  #hand(name, bytes) {
    const label = encode(name);
    const message = new Uint8Array(1 + label.length + bytes.length);
    message[0] = label.length;
    message.set(label, 1);
    message.set(bytes, 1 + label.length);
    this.#call(SUPPLY, message);
  }

  #call(operation, message) {
    let answer;
    try {
      answer = this.#exchange(operation, message);
    } catch (error) {
      this.#restart();
      throw new SearchError(`The search engine stopped: ${error.message}`);
    }
    if (answer.error) throw new SearchError(answer.error);
    return answer;
  }

  #exchange(operation, message) {
    const { memory, gb_alloc, gb_call, gb_free } = this.#exports;
    const at = gb_alloc(message.length);
    new Uint8Array(memory.buffer).set(message, at);
    const answer = gb_call(operation, at, message.length);
    gb_free(at, message.length);
    // Memory may have grown: its buffer is another one then.
    const length = new DataView(memory.buffer).getUint32(answer, true);
    const json = new TextDecoder().decode(new Uint8Array(memory.buffer, answer + 4, length));
    gb_free(answer, 4 + length);
    return JSON.parse(json);
  }

  /** After a trap the instance is lost, but not what was loaded. */
  #restart() {
    this.#instantiate();
    if (this.#manifest === undefined) return;
    this.#exchange(OPEN, encode(this.#manifest));
    const supplied = this.#supplied;
    this.#supplied = [];
    for (const [name, bytes] of supplied) this.supply(name, bytes);
  }
}

function encode(text) {
  return new TextEncoder().encode(text);
}

/** Compiles while downloading where the server names the type. */
async function compile(response) {
  const type = response.headers.get('Content-Type') ?? '';
  if (type.startsWith('application/wasm')) return WebAssembly.compileStreaming(response);
  return WebAssembly.compile(await response.arrayBuffer());
}

/** Fetches a file and reads it, with several tries. */
async function load(url, read, options = {}) {
  let failure;
  for (const pause of PAUSES) {
    if (pause) await new Promise((resolve) => setTimeout(resolve, pause));
    try {
      const response = await fetch(url, { ...options, signal: AbortSignal.timeout(PATIENCE) });
      if (response.ok) return await read(response);
      failure = `the server answered ${response.status}`;
      if (response.status === 404 || response.status === 410) break;
    } catch (error) {
      failure = error.name === 'TimeoutError' ? 'the server did not answer in time' : error.message;
    }
  }
  const message = `${url} could not be loaded: ${failure}.`;
  throw failure.startsWith('the server answered 4') ? new Gone(message, url.href) : new SearchError(message, url.href);
}
