// The search as visitors see it: a panel below the box on every page, and the search page.

const PANEL_HITS = 6;
const PAGE_HITS = 20;
const FACETS = ['plan', 'year', 'kind', 'topic', 'body', 'due'];
/** Most values of a facet that are shown; a larger site has hundreds of bodies. */
const FACET_VALUES = 20;
/** Milliseconds without typing after which the address and the counts of other languages follow. */
const PAUSE = 200;

/**
 * Brings a search form to life; `engine` opens the search, anew at each call.
 * On the search page results fill the page and the address follows.
 */
export function attach(form, strings, engine) {
  const onPage = Boolean(form.closest('.search-page'));
  const view = onPage ? new PageView(form, strings, engine) : new PanelView(form, strings, engine);
  view.start();
}

/** What the box and the page share: asking the engine, newest question first, and showing hits. */
class View {
  constructor(form, strings, open) {
    this.form = form;
    this.strings = strings;
    this.open = open;
    this.input = form.querySelector('input');
    this.lang = form.dataset.lang;
    this.base = new URL(form.dataset.base, document.baseURI);
    // Making a formatter takes longer than a search: each is made once.
    const locale = document.documentElement.lang;
    this.plurals = new Intl.PluralRules(locale);
    this.numbers = new Intl.NumberFormat(locale);
    this.words = Intl.Segmenter && new Intl.Segmenter(locale, { granularity: 'word' });
    this.days = new Intl.DateTimeFormat(locale, { dateStyle: 'long', timeZone: 'UTC' });
    this.asked = 0;
    this.results = element('div', { class: 'results' });
    this.status = element('p', { class: 'status', role: 'status' });
  }

  /** Searches the texts in the language of the page, on the reader's own day. */
  search(engine, query, options) {
    return engine.search(query, { lang: this.lang, today: today(), ...options });
  }

  say(name, values = {}) {
    const text = this.strings[name] ?? name;
    return text.replace(/%(\w+)/g, (whole, key) => values[key] ?? whole);
  }

  count(name, n, values = {}) {
    const form = `${name}-${this.plurals.select(n)}`;
    return this.say(form in this.strings ? form : `${name}-other`, { ...values, n: this.numbers.format(n) });
  }

  listen() {
    let composing = false;
    this.input.addEventListener('compositionstart', () => (composing = true));
    this.input.addEventListener('compositionend', () => {
      composing = false;
      this.typed();
    });
    this.input.addEventListener('input', () => composing || this.typed());
    // While the site is being written (`gongbao serve`) the index changes under an open page.
    addEventListener('gongbao:changed', () => this.renew());
    this.root.addEventListener('keydown', (event) => composing || event.isComposing || this.key(event));
    this.warm();
  }

  /** Loads the engine while the visitor is still typing. */
  warm() {
    this.engine().catch(() => {});
  }

  engine() {
    this.opening ??= this.open().catch((error) => {
      this.opening = undefined;
      throw error;
    });
    return this.opening;
  }

  /** Searches the site as it is now. A page that was exchanged as a whole begins anew. */
  renew() {
    if (!this.results.isConnected) return location.reload();
    this.opening?.then((engine) => engine.close(), () => {});
    this.opening = undefined;
    if (this.input.value) this.typed();
  }

  /** Asks the engine; answers to older questions are dropped. */
  async ask(query, options) {
    const number = ++this.asked;
    const current = () => number === this.asked;
    const slow = setTimeout(() => current() && this.announce(this.say('loading')), 300);
    try {
      const engine = await this.engine();
      if (!current()) return;
      this.translated = engine.languages.some(({ lang }) => lang === this.lang);
      const onPartial = (results) => current() && results.hits.length && this.show(query, results, true);
      const results = await this.search(engine, query, { ...options, onPartial });
      if (!current()) return;
      clearTimeout(slow);
      this.show(query, results, false);
      // What cannot be added is left out: the hits are there.
      this.after(engine, query, options, results, current).catch(() => {});
    } catch (error) {
      if (current()) this.fail(error);
    } finally {
      clearTimeout(slow);
    }
  }

  /** What may wait until the hits are shown. */
  async after() {}

  announce(text) {
    if (this.status.textContent !== text) this.status.textContent = text;
  }

  fail() {
    const retry = element('button', { type: 'button' }, this.say('retry'));
    retry.addEventListener('click', () => this.typed());
    this.results.replaceChildren(element('p', { class: 'state' }, this.say('failed'), ' ', retry));
    this.announce(this.say('failed'));
  }

  /** What is said where nothing is found, which may be since nothing is in this language yet. */
  nothing() {
    return this.say(this.translated ? 'none' : 'untranslated');
  }

  hit(hit) {
    const link = element('a', { href: this.address(hit) }, ...titled(hit.title_runs, this.words));
    const meta = [
      this.say(`kind-${hit.kind}`) + (hit.number ? ` ${hit.number}` : ''),
      hit.plan_title,
      hit.section,
      ...hit.deadlines.map((deadline) => this.deadline(deadline)),
    ].filter(Boolean);
    const body = ({ value, label }) => element('span', value === label ? { lang: this.strings.original } : {}, label);
    const bodies = hit.bodies.flatMap((one) => [' · ', body(one)]);
    return element(
      'li',
      { class: 'hit' },
      element('p', { class: 'hit-title' }, link),
      ...(hit.snippet.length ? [element('p', { class: 'hit-text' }, ...runs(hit.snippet))] : []),
      ...(hit.original ? [element('p', { class: 'hit-text', lang: hit.original.lang }, ...runs(hit.original.snippet))] : []),
      element('p', { class: 'meta' }, meta.join(' · '), ...bodies),
    );
  }

  deadline({ kind, date }) {
    if (kind === 'ongoing' || !date) return this.say('ongoing');
    return this.say('due', { date: this.days.format(new Date(date)) });
  }

  /** Where a hit is, landing on the first words that were found (a URL text fragment). */
  address(hit) {
    const url = new URL(hit.url, this.base);
    const words = this.found(hit.snippet) || this.found(hit.title_runs);
    if (words) url.hash += `:~:text=${encodeURIComponent(words).replace(/-/g, '%2D')}`;
    return url.href;
  }

  /** The first marked words, with the rest of the words at their ends: a fragment matches whole words only. */
  found(parts) {
    const first = parts.findIndex((run) => run.mark);
    if (first < 0) return '';
    const before = parts.slice(0, first).map((run) => run.text).join('');
    const text = parts.map((run) => run.text).join('');
    let [from, to] = [before.length, before.length + parts[first].text.length];
    for (const { segment, index, isWordLike } of this.words ? this.words.segment(text) : []) {
      const end = index + segment.length;
      if (isWordLike && index < from && end > from) from = index;
      if (isWordLike && index < to && end > to) to = end;
    }
    return text.slice(from, to).trim();
  }

  /** Arrows go from hit to hit, from the first back to the box. */
  move(event, step) {
    const stops = [this.input, ...this.root.querySelectorAll('.hit a, .see-all')];
    const next = stops.indexOf(document.activeElement) + step;
    if (!stops.includes(document.activeElement) || !stops[next]) return;
    event.preventDefault();
    stops[next].focus();
  }

  key(event) {
    if (event.key === 'ArrowDown') this.move(event, 1);
    if (event.key === 'ArrowUp') this.move(event, -1);
    if (event.key === 'Escape') this.escape(event);
  }
}

/** The panel below the box in the head of every page. */
class PanelView extends View {
  start() {
    this.root = this.form;
    this.panel = element('div', { class: 'panel', hidden: '' }, this.status, this.results);
    this.form.append(this.panel);
    this.listen();
    document.addEventListener('pointerdown', (event) => this.form.contains(event.target) || this.close());
    this.form.addEventListener('focusout', (event) => {
      if (event.relatedTarget && !this.form.contains(event.relatedTarget)) this.close();
    });
    if (this.input.value) this.typed();
  }

  typed() {
    const query = this.input.value.trim();
    if (!query) return this.close();
    this.panel.hidden = false;
    this.ask(query, { limit: PANEL_HITS });
  }

  show(query, results) {
    const href = `${this.form.action}?q=${encodeURIComponent(query)}`;
    const all = element('a', { href, class: 'see-all' }, this.say('all'));
    const list = element('ol', {}, ...results.hits.map((hit) => this.hit(hit)));
    const none = element('p', {}, this.nothing());
    // The search page leads on to the other languages.
    this.results.replaceChildren(...(results.total ? [list, all] : this.translated ? [none] : [none, all]));
    this.announce(results.exact ? this.count('count', results.total) : this.say('partial'));
  }

  close() {
    this.asked++;
    this.panel.hidden = true;
    this.status.textContent = '';
    this.results.replaceChildren();
  }

  escape(event) {
    if (this.panel.hidden) return;
    event.preventDefault();
    this.input.focus();
    this.close();
  }
}

/** The search page: facets, order, more, other languages; all of it in the address. */
class PageView extends View {
  start() {
    this.root = this.form.closest('.search-page');
    // Open where there is room beside the hits.
    const wide = matchMedia('(min-width: 64rem)').matches && !document.documentElement.matches('.large');
    this.facets = element('details', { class: 'facets', hidden: '', ...(wide && { open: '' }) });
    this.tools = element('div', { class: 'tools' });
    this.body = element('div', { class: 'found' }, this.tools, this.results);
    this.root.append(this.status, element('div', { class: 'search-columns' }, this.facets, this.body));
    this.form.addEventListener('submit', (event) => {
      event.preventDefault();
      this.typed(true);
    });
    addEventListener('popstate', () => this.read());
    this.root.addEventListener('click', () => this.write());
    this.listen();
    const typed = this.input.value;
    this.read();
    // What was typed while the scripts were loading is a question too.
    if (typed && typed !== this.input.value) {
      this.input.value = typed;
      this.typed();
    }
    if (!this.input.value) this.input.focus();
  }

  /** Takes the state from the address. */
  read() {
    const params = new URLSearchParams(location.search);
    this.input.value = params.get('q') ?? '';
    this.filters = {};
    for (const facet of FACETS) {
      const values = params.getAll(facet);
      if (values.length) this.filters[facet] = values;
    }
    this.sort = params.get('sort') ?? 'relevance';
    this.widen = !params.has('only');
    this.through = { query: this.input.value.trim(), lang: params.get('through') ?? '' };
    this.limit = PAGE_HITS;
    this.run();
  }

  /** The state as it stands in the address. */
  params() {
    const params = new URLSearchParams();
    const query = this.input.value.trim();
    if (query) params.set('q', query);
    for (const [facet, values] of Object.entries(this.filters)) {
      for (const value of values) params.append(facet, value);
    }
    if (this.sort !== 'relevance') params.set('sort', this.sort);
    if (!this.widen) params.set('only', '');
    if (this.language(query)) params.set('through', this.language(query));
    return params;
  }

  /** The language in which a query was put that came with the address from another one. */
  language(query) {
    return query === this.through?.query ? this.through.lang : '';
  }

  /** Puts the state into the address: choosing adds an entry to the history, typing replaces it. */
  write(add = false) {
    const params = this.params();
    const search = params.size ? `?${params}` : '';
    if (search === location.search) return;
    const url = search || location.pathname;
    if (add) history.pushState(null, '', url);
    else history.replaceState(null, '', url);
  }

  /** While somebody types the address may wait: changing it takes longer than searching. */
  typed(add = false) {
    this.limit = PAGE_HITS;
    if (add) this.write(true);
    this.run();
  }

  run() {
    const query = this.input.value.trim();
    if (!query && !Object.keys(this.filters).length) return this.clear();
    const { filters, sort, widen, limit } = this;
    return this.ask(query, { filters, sort, widen, through: this.language(query), limit });
  }

  /** Facets and tools; then, in a pause, the address and the hits in the other languages. */
  async after(engine, query, { filters, widen, through }, results, current) {
    await pause(0);
    if (!current()) return;
    this.showFacets(results.facets);
    this.showTools(results);
    await pause(PAUSE);
    if (!current()) return;
    this.write();
    const asked = { filters, widen, through, limit: 0, others: true };
    const { others, through: found } = await this.search(engine, query, asked);
    if (!current()) return;
    const links = others.filter(({ total }) => total).map((other) => this.elsewhere(other, found));
    this.languages.replaceChildren(...links);
  }

  elsewhere({ lang, total }, through) {
    const name = element('span', { lang }, this.say(`language-${lang}`));
    const [before, after] = this.count('other-language', total, { lang: '%lang' }).split('%lang');
    // There the same records are found through the texts in which they were found here.
    const params = this.params();
    params.set('through', through);
    const href = `${this.base}${lang}/search/?${params}`;
    return element('a', { href, hreflang: lang }, before, name, after);
  }

  clear() {
    this.asked++;
    this.write();
    this.status.textContent = '';
    this.facets.hidden = true;
    for (const part of [this.results, this.facets, this.tools]) part.replaceChildren();
  }

  show(query, results, partial) {
    const list = element('ol', {}, ...results.hits.map((hit) => this.hit(hit)));
    const hint = this.translated ? [' ', this.say('none-hint')] : [];
    const none = element('p', { class: 'empty' }, this.nothing(), ...hint);
    this.results.replaceChildren(results.total ? list : none);
    if (results.hits.length < results.total && !partial) this.results.append(this.more(results));
    const summary = results.exact || !results.total ? this.count('count', results.total) : this.say('partial');
    this.announce(summary);
  }

  more() {
    const button = element('button', { type: 'button', class: 'button' }, this.say('more'));
    button.addEventListener('click', async () => {
      const shown = this.results.querySelectorAll('.hit').length;
      this.limit += PAGE_HITS;
      await this.run();
      this.results.querySelectorAll('.hit a')[shown]?.focus();
    });
    return button;
  }

  showFacets(facets) {
    const groups = FACETS.filter((facet) => facets[facet]?.length).map((facet) => this.facet(facet, facets[facet]));
    if (Object.keys(this.filters).length) {
      const clear = element('button', { type: 'button' }, this.say('clear'));
      clear.addEventListener('click', () => {
        this.filters = {};
        this.typed(true);
      });
      groups.push(clear);
    }
    const chosen = Object.values(this.filters).flat().length;
    const summary = element('summary', { id: 'facets' }, this.say('filters') + (chosen ? ` (${chosen})` : ''));
    this.exchange(this.facets, summary, ...groups);
    this.facets.hidden = !groups.length;
  }

  /** Puts new parts into place; the focus stays where it was. */
  exchange(place, ...parts) {
    const focused = document.activeElement?.id;
    place.replaceChildren(...parts);
    if (focused) document.getElementById(focused)?.focus();
  }

  facet(facet, values) {
    const isChosen = ({ value }) => this.filters[facet]?.includes(value) ?? false;
    const most = [...values].sort((a, b) => b.count - a.count).slice(0, FACET_VALUES);
    const shown = values.filter((value) => most.includes(value) || isChosen(value));
    const options = shown.map(({ value, label, count }, index) => {
      const chosen = isChosen({ value });
      const box = element('input', { type: 'checkbox', id: `facet-${facet}-${index}` });
      box.checked = chosen;
      box.addEventListener('change', () => this.choose(facet, value, box.checked));
      const words = element('span', {}, `${this.label(facet, value, label)} `, element('span', { class: 'count' }, String(count)));
      return element('label', {}, box, words);
    });
    return element('fieldset', {}, element('legend', {}, this.say(`facet-${facet}`)), ...options);
  }

  label(facet, value, label) {
    if (facet === 'kind') return this.say(`kind-${value}`);
    if (facet === 'due' && value === 'ongoing') return this.say('ongoing');
    if (facet === 'due' && value === 'none') return this.say('due-none');
    return label || value;
  }

  choose(facet, value, chosen) {
    const others = (this.filters[facet] ?? []).filter((other) => other !== value);
    const values = chosen ? [...others, value] : others;
    if (values.length) this.filters[facet] = values;
    else delete this.filters[facet];
    this.typed(true);
  }

  showTools(results) {
    const parts = [];
    if (results.understood.length) parts.push(this.understood(results));
    if (results.synonyms.length || results.understood.length || !this.widen) parts.push(this.synonyms(results));
    if (results.total) parts.push(this.order(), this.csv());
    this.languages = element('p', { class: 'elsewhere' });
    this.exchange(this.tools, ...parts, this.languages);
  }

  /** Says what words of the query were taken for. */
  understood(results) {
    const said = results.understood.map(({ kind, text }) => {
      if (kind === 'other-language') return [this.say('found-in'), this.say(`language-${text}`)];
      return [this.say('understood'), kind === 'filter' ? this.time(text.replace('due:', '')) : text];
    });
    const parts = said.flatMap(([lead, words]) => [`${lead} `, element('strong', {}, words), ' ']);
    return element('p', { class: 'understood' }, ...parts);
  }

  time(value) {
    if (value === 'ongoing') return this.say('ongoing');
    if (value === 'past') return this.say('due-past');
    return `${this.say('facet-due')} ${value}`;
  }

  synonyms(results) {
    const box = element('input', { type: 'checkbox', id: 'search-widen' });
    box.checked = this.widen;
    box.addEventListener('change', () => {
      this.widen = box.checked;
      this.typed(true);
    });
    const count = results.synonyms.length;
    const label = element('label', {}, box, ` ${count ? this.count('synonyms', count) : this.say('meaning')}`);
    if (!count) return element('div', { class: 'synonyms' }, label);
    const words = element('ul', {}, ...results.synonyms.map((word) => element('li', {}, word)));
    const open = this.tools.querySelector('details')?.open;
    const which = element('details', open ? { open: '' } : {}, element('summary', {}, this.say('synonyms-which')), words);
    return element('div', { class: 'synonyms' }, label, which);
  }

  order() {
    const select = element('select', { id: 'search-sort' });
    for (const order of ['relevance', 'date', 'due']) {
      const option = element('option', { value: order }, this.say(`sort-${order}`));
      option.selected = order === this.sort;
      select.append(option);
    }
    select.addEventListener('change', () => {
      this.sort = select.value;
      this.typed(true);
    });
    return element('label', { class: 'order' }, `${this.say('sort')} `, select);
  }

  csv() {
    const button = element('button', { type: 'button' }, this.say('csv'));
    button.addEventListener('click', async () => {
      const engine = await this.engine();
      const { filters, sort, widen } = this;
      const query = this.input.value.trim();
      const asked = { filters, sort, widen, through: this.language(query), limit: 100000 };
      const { hits } = await this.search(engine, query, asked);
      await copy(csv(hits, this.base), this.tools);
      this.announce(this.say('copied'));
    });
    return button;
  }

  escape() {
    if (document.activeElement === this.input) return;
    this.input.focus();
  }
}

/** The id of a hit as the tables of open data have it: a spreadsheet would take `2023/5` for a month. */
function dotted(id) {
  return id.replace(/\/(?=\d)/, '.task-').replace('/', '.');
}

/** RFC 4180, with cells that a spreadsheet would take for formulas made harmless. */
function csv(hits, base) {
  const cell = (value) => {
    const text = String(value ?? '');
    const harmless = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
    return /[",\r\n]/.test(harmless) ? `"${harmless.replace(/"/g, '""')}"` : harmless;
  };
  const head = ['id', 'title', 'plan', 'year', 'section', 'due', 'bodies', 'url'];
  const row = (hit) => [
    dotted(hit.id),
    hit.title,
    hit.plan_title,
    hit.year,
    hit.section,
    hit.deadlines.map((deadline) => deadline.date ?? deadline.kind).join(' '),
    hit.bodies.map((body) => body.label).join('；'),
    new URL(hit.url, base).href,
  ];
  return [head, ...hits.map(row)].map((cells) => cells.map(cell).join(',')).join('\r\n') + '\r\n';
}

/** Copies a text; where the browser does not allow it, shows it selected, to be copied by hand. */
async function copy(text, place) {
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    const area = element('textarea', { rows: '8', readonly: '' });
    area.value = text;
    place.append(area);
    area.select();
  }
}

/** The reader's own day, by which deadlines are past. */
function today() {
  const now = new Date();
  const two = (number) => String(number).padStart(2, '0');
  return `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`;
}

function pause(ms) {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

function runs(list) {
  return list.map(({ text, mark }) => (mark ? element('mark', {}, text) : text));
}

/** The same of a title: one in Chinese goes on in the next line between words, and not inside one. */
function titled(list, segmenter) {
  const text = list.map((run) => run.text).join('');
  if (!segmenter || !/\p{Script=Han}/u.test(text)) return runs(list);
  const words = [...segmenter.segment(text)];
  // A word of one character stays with the word before it.
  const parts = words.filter(({ segment, isWordLike }, at) => isWordLike && segment.length > 1 && words[at - 1]?.isWordLike);
  let at = 0;
  return list.flatMap(({ text, mark }) => {
    // What was searched for is kept whole.
    const places = parts.map(({ index }) => index - at).filter((place) => (mark ? place === 0 : place >= 0 && place < text.length));
    at += text.length;
    const nodes = [];
    let from = 0;
    for (const place of places) {
      nodes.push(text.slice(from, place), element('wbr'));
      from = place;
    }
    const rest = text.slice(from);
    return [...nodes, mark ? element('mark', {}, rest) : rest];
  });
}

function element(name, attributes = {}, ...children) {
  const node = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) node.setAttribute(key, value);
  node.append(...children);
  return node;
}
