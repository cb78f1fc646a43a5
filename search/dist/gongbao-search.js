/**
 * Full-text search over a published site, from a page or from a script.
 *
 *     import { open } from './gongbao-search.js';
 *     const site = await open('https://example.org/', { lang: 'zh' });
 *     const { total, exact, hits, ms } = await site.search('专利 侵权', { lang: 'zh' });
 *
 * In a browser the engine runs in a worker, so that a search never holds up the page;
 * elsewhere (Node 20 and later) it runs inline. Nothing is loaded before `open`.
 */
import { Runtime, SearchError } from './runtime.js';

export { SearchError };

/**
 * Opens the search of a site.
 *
 * @param {string|URL} baseUrl base URL of the site; the index is in `search/` below it
 * @param {{lang?: string, inline?: boolean}} [options] `lang`: language whose index to
 *   load at once; `inline`: do without a worker
 * @returns {Promise<Site>}
 */
export async function open(baseUrl, options = {}) {
  const base = directory(new URL(baseUrl, globalThis.document?.baseURI)).href;
  const inWorker = !options.inline && typeof Worker === 'function' && typeof document === 'object';
  const runtime = inWorker ? new Remote(base) : new Runtime(base);
  try {
    return new Site(runtime, await runtime.open(options.lang ?? ''));
  } catch (error) {
    runtime.close();
    throw error;
  }
}

function directory(url) {
  if (!url.pathname.endsWith('/')) url.pathname += '/';
  url.search = url.hash = '';
  return url;
}

/** An open site. */
class Site {
  #runtime;

  constructor(runtime, languages) {
    this.#runtime = runtime;
    /** @type {{lang: string, records: number}[]} the languages that can be searched */
    this.languages = languages;
  }

  /**
   * Searches. Queries are never an error; `SearchError` is thrown if the index cannot be
   * loaded, and searching again tries to load it again.
   *
   * Options: `lang`, `limit` (20), `offset` (0), `filters` (`{plan: ['2023'], year: […],
   * kind: […], topic: […], due: […]}`), `sort` (`relevance`, `date`, `due`), `widen`
   * (search for what is meant too: true), `today` (`2026-01-31`, for what is overdue), `through`
   * (the language that the query is in), `others` (count the hits that the other languages have),
   * `onPartial` (called with what can be shown while texts are still loading).
   *
   * @param {string} query
   * @param {object} [options]
   * @returns {Promise<{total: number, exact: boolean, hits: object[], facets: object,
   *   others: object[], synonyms: string[], widened: boolean,
   *   understood: {kind: string, text: string, typed: string}[], through: string,
   *   ms: number}>} A hit has `id`, `url` (relative to the base URL), `title`, `title_runs` and `snippet` (arrays of
   *   `{text, mark}`), `score`, `kind`, `plan`, `plan_title`, `year`, `number`, `section`,
   *   `deadlines`, `topics` and, if it was found in another language, `original`
   *   (`{lang, snippet}`).
   */
  async search(query, options = {}) {
    const started = performance.now();
    const { onPartial, ...rest } = options;
    const timed = (results) => ({ ...results, ms: performance.now() - started });
    const partial = onPartial && ((results) => onPartial(timed(results)));
    return timed(await this.#runtime.search(String(query), rest, partial));
  }

  /** Ends the worker and frees the memory. */
  close() {
    this.#runtime.close();
  }
}

/** The same calls as {@link Runtime}, carried out in a worker. */
class Remote {
  #worker;
  #calls = new Map();
  #last = 0;
  #base;

  constructor(base) {
    this.#base = base;
    this.#worker = new Worker(new URL('./worker.js', import.meta.url), { type: 'module' });
    this.#worker.onmessage = ({ data }) => this.#settle(data);
    this.#worker.onerror = (event) => this.#fail(event.message ?? 'it could not be loaded');
  }

  open(lang) {
    return this.#call('open', [this.#base, lang]);
  }

  search(query, options, onPartial) {
    return this.#call('search', [query, options, Boolean(onPartial)], onPartial);
  }

  close() {
    this.#worker.terminate();
    this.#fail('it was closed');
  }

  #call(method, parameters, onPartial) {
    const id = ++this.#last;
    return new Promise((resolve, reject) => {
      this.#calls.set(id, { resolve, reject, onPartial });
      this.#worker.postMessage({ id, method, parameters });
    });
  }

  #settle({ id, value, partial, error }) {
    const call = this.#calls.get(id);
    if (!call) return;
    if (partial) return call.onPartial?.(partial);
    this.#calls.delete(id);
    if (error) call.reject(new SearchError(error.message, error.url));
    else call.resolve(value);
  }

  #fail(why) {
    for (const call of this.#calls.values()) call.reject(new SearchError(`The search worker stopped: ${why}`));
    this.#calls.clear();
  }
}
