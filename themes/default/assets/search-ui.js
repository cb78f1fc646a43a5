// The search as visitors see it: a panel below the box on every page, and the search page.

const PANEL_HITS = 6;
const PAGE_HITS = 20;
/** Pixels: the height below which the panel is given more room, its least height, and the margin below it. */
const PANEL_ROOM = 260;
const PANEL_LEAST = 120;
const PANEL_MARGIN = 8;
const FACETS = ['plan', 'year', 'kind', 'topic', 'body', 'due'];
/** Most values of a facet that are shown; a larger site has hundreds of bodies. */
const FACET_VALUES = 20;
/** Milliseconds without typing after which the address and the counts of other languages follow. */
const PAUSE = 200;
/** Width of the synonyms that are shown before the rest is asked for; a Han character counts twice. */
const SYNONYMS = 36;
/** Name in the session's storage of the hits that the visitor walks through; `results.js` reads it. */
const WALK = 'gongbao-results';

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
    // Addresses with text fragments, which browsers take off the addresses of links.
    this.targets = new WeakMap();
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
    this.results.addEventListener('click', (event) => this.leave(event));
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
    const address = this.address(hit);
    const link = element('a', { href: address }, ...titled(hit.title_runs, this.words));
    this.targets.set(link, address);
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

  /** Keeps the hits for the page that one of them leads to, which shows a bar with the next and the way back. */
  leave(event) {
    const link = event.target.closest('.hit a');
    if (!link || event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    const links = [...this.results.querySelectorAll('.hit a')];
    const at = links.indexOf(link);
    const { top } = link.getBoundingClientRect();
    const short = ({ pathname, search, hash }) => pathname + search + hash;
    const back = short(new URL(this.back(), document.baseURI));
    const hits = links.map((hit) => [short(new URL(this.targets.get(hit))), hit.textContent]);
    const names = ['walk', 'walk-back', 'walk-place', 'walk-previous', 'walk-next'];
    const words = Object.fromEntries(names.map((name) => [name, this.say(name)]));
    walk({ id: Date.now(), back, hits, total: this.total, words, to: at, left: { at, top } });
    this.left({ at, top });
  }

  /** What else is kept when a hit is followed. */
  left() {}

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

  /** Replaces the hits, first with a part of the answer, then with all of it; the focus stays on its hit. */
  replaceHits(...parts) {
    const page = (link) => link.href?.split('#')[0];
    const focused = this.results.contains(document.activeElement) && page(document.activeElement);
    this.results.replaceChildren(...parts);
    if (focused) [...this.results.querySelectorAll('a')].find((link) => page(link) === focused)?.focus();
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
    // The keyboard of a phone covers the window without making it smaller.
    for (const event of ['resize', 'scroll']) visualViewport?.addEventListener(event, () => this.fit());
    addEventListener('scroll', () => this.fit(), { passive: true });
    if (this.input.value) this.typed();
  }

  /** Ends the panel above the lower edge of what can be seen, which is that of the keyboard if there is one. */
  fit() {
    if (!this.panel.hidden) this.panel.style.maxHeight = `${Math.max(this.space(), PANEL_LEAST)}px`;
  }

  space() {
    const { offsetTop = 0, height = innerHeight } = window.visualViewport ?? {};
    return offsetTop + height - this.panel.getBoundingClientRect().top - PANEL_MARGIN;
  }

  /** Opens the panel; a box near the lower edge is brought to the upper one first. */
  unfold() {
    if (!this.panel.hidden) return;
    this.panel.hidden = false;
    if (this.space() < PANEL_ROOM) this.form.scrollIntoView({ block: 'start', behavior: 'instant' });
    this.fit();
  }

  back() {
    return `${this.form.action}?q=${encodeURIComponent(this.input.value.trim())}`;
  }

  typed() {
    const query = this.input.value.trim();
    if (!query) return this.close();
    this.unfold();
    this.ask(query, { limit: PANEL_HITS });
  }

  show(query, results) {
    this.total = results.total;
    const href = `${this.form.action}?q=${encodeURIComponent(query)}`;
    const all = element('a', { href, class: 'see-all' }, this.say('all'));
    const list = element('ol', {}, ...results.hits.map((hit) => this.hit(hit)));
    const none = element('p', {}, this.nothing());
    // The search page leads on to the other languages.
    this.replaceHits(...(results.total ? [list, all] : this.translated ? [none] : [none, all]));
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

/** The search page: chips, facets, order, more, other languages; all of it in the address. */
class PageView extends View {
  start() {
    this.root = this.form.closest('.search-page');
    this.status.tabIndex = -1;
    this.labels = new Map();
    this.facets = element('div', { class: 'facets', id: 'search-facets', hidden: '' });
    this.filterButton = element('button', { type: 'button', id: 'search-filters', 'aria-controls': 'search-facets', hidden: '' });
    this.filterButton.addEventListener('click', () => this.unfold(!this.unfolded));
    this.unfold(false);
    this.sortLabel = this.order();
    this.chips = element('div', { class: 'chips' });
    this.below = element('div', { class: 'results-foot' });
    const row = element('div', { class: 'summary-row' }, this.status, this.sortLabel, this.filterButton);
    // Shown with the first answer: what was there before it would move.
    this.answer = element('div', { class: 'found', hidden: '' }, this.results, this.below);
    this.help = this.root.querySelector('.help');
    const columns = element('div', { class: 'search-columns' }, row, this.facets, this.chips, this.answer);
    this.form.after(columns);
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

  /** Takes the state from the address, and from the history where a hit was followed from here. */
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
    this.place = this.returning() ?? history.state?.place;
    this.limit = Math.ceil(((this.place?.at ?? 0) + 1) / PAGE_HITS) * PAGE_HITS;
    this.run();
  }

  /** The place that a bar of a hit's page leads back to. */
  returning() {
    const walked = walk();
    if (!walked?.returning || walked.back !== location.pathname + location.search) return undefined;
    const { returning, ...rest } = walked;
    walk(rest);
    return returning;
  }

  /** Goes to the hit that was read last, where it was in the window. */
  resume() {
    const { at, top } = this.place ?? {};
    this.place = undefined;
    const link = this.results.querySelectorAll('.hit a')[at];
    if (!link) return;
    link.focus({ preventScroll: true });
    if (top === undefined) link.scrollIntoView({ block: 'center', behavior: 'instant' });
    else scrollBy({ top: link.getBoundingClientRect().top - top, behavior: 'instant' });
  }

  back() {
    this.write();
    return location.href;
  }

  left(place) {
    history.replaceState({ place }, '');
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
    return this.run();
  }

  run() {
    const query = this.input.value.trim();
    if (!query && !Object.keys(this.filters).length) return this.clear();
    if (this.help) this.help.hidden = this.answer.hidden;
    return this.ask(query, { ...this.state(query), limit: this.limit });
  }

  /** The options of the engine for what is chosen. */
  state(query) {
    const { filters, sort, widen } = this;
    return { filters, sort, widen, through: this.language(query) };
  }

  /** Facets and files; then, in a pause, the address and the hits in the other languages. */
  async after(engine, query, options, results, current) {
    await pause(0);
    await this.name(engine, results.facets);
    if (!current()) return;
    this.showFacets(results.facets);
    this.showBelow(results);
    this.resume();
    if (!results.total) await this.explain(engine, query, options, results, current);
    await pause(PAUSE);
    if (!current()) return;
    this.write();
    const { filters, widen, through } = options;
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
    if (this.help) this.help.hidden = false;
    for (const part of [this.facets, this.filterButton, this.sortLabel, this.answer]) part.hidden = true;
    for (const part of [this.results, this.facets, this.chips, this.below]) part.replaceChildren();
  }

  show(query, results, partial) {
    this.total = results.total;
    const undone = document.activeElement?.matches('.undo');
    const list = element('ol', {}, ...results.hits.map((hit) => this.hit(hit)));
    const hint = this.translated ? [' ', this.say('none-hint')] : [];
    const none = element('p', { class: 'empty' }, this.nothing(), ...hint);
    this.replaceHits(results.total ? list : none);
    this.reveal();
    if (results.hits.length < results.total && !partial) this.results.append(this.more(results));
    const summary = results.exact || !results.total ? this.count('count', results.total) : this.say('partial');
    this.sortLabel.hidden = !results.total;
    this.sortLabel.querySelector('select').value = this.sort;
    this.showChips(results);
    this.announce(summary);
    this.renamed = () => this.showChips(results);
    if (undone && !this.chips.contains(document.activeElement)) this.status.focus({ preventScroll: true });
  }

  /** Shows the results, and below them the help. */
  reveal() {
    this.answer.hidden = false;
    if (this.help) this.help.hidden = false;
  }

  fail() {
    super.fail();
    this.reveal();
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

  /** Shows or hides the facets where there is no room beside the hits. */
  unfold(open) {
    this.unfolded = open;
    this.facets.classList.toggle('open', open);
    this.filterButton.setAttribute('aria-expanded', open);
  }

  showFacets(facets) {
    const groups = FACETS.filter((facet) => facets[facet]?.length).map((facet) => this.facet(facet, facets[facet]));
    const chosen = Object.values(this.filters).flat().length;
    if (chosen) groups.push(this.button('clear', () => (this.filters = {})));
    if (groups.length) groups.push(this.folding());
    this.filterButton.textContent = this.say('filters') + (chosen ? ` (${chosen})` : '');
    this.exchange(this.facets, ...groups);
    this.facets.hidden = this.filterButton.hidden = !groups.length;
  }

  /** Closes the facets below the last of them, and leads back to where the hits begin. */
  folding() {
    const button = element('button', { type: 'button', class: 'fold' }, this.say('filters-close'));
    button.addEventListener('click', () => {
      this.unfold(false);
      this.filterButton.focus();
    });
    return button;
  }

  /** Remembers what the values of facets are called. A chosen value that no hit has is not in the answer. */
  async name(engine, facets) {
    this.learn(facets);
    const chosen = Object.entries(this.filters).flatMap(([facet, values]) => values.map((value) => `${facet} ${value}`));
    if (this.named || chosen.every((value) => this.labels.has(value))) return;
    this.named = true;
    this.learn((await this.search(engine, '', { limit: 0 })).facets);
    this.renamed?.();
  }

  learn(facets) {
    for (const facet of FACETS) {
      for (const { value, label } of facets[facet] ?? []) this.labels.set(`${facet} ${value}`, label);
    }
  }

  /** Puts new parts into place; the focus stays where it was, or goes to the count. */
  exchange(place, ...parts) {
    const focused = place.contains(document.activeElement) && document.activeElement;
    place.replaceChildren(...parts);
    if (focused) (document.getElementById(focused.id) ?? this.status).focus({ preventScroll: true });
  }

  facet(facet, values) {
    const isChosen = ({ value }) => this.filters[facet]?.includes(value) ?? false;
    const most = [...values].sort((a, b) => b.count - a.count).slice(0, FACET_VALUES);
    const shown = values.filter((value) => most.includes(value) || isChosen(value));
    const options = shown.map(({ value, count }, index) => {
      const chosen = isChosen({ value });
      const box = element('input', { type: 'checkbox', id: `facet-${facet}-${index}` });
      box.checked = chosen;
      box.addEventListener('change', () => this.choose(facet, value, box.checked));
      const words = element('span', {}, `${this.label(facet, value)} `, element('span', { class: 'count' }, String(count)));
      return element('label', {}, box, words);
    });
    return element('fieldset', {}, element('legend', {}, this.say(`facet-${facet}`)), ...options);
  }

  label(facet, value) {
    if (facet === 'kind') return this.say(`kind-${value}`);
    if (facet === 'due' && value === 'ongoing') return this.say('ongoing');
    if (facet === 'due' && value === 'none') return this.say('due-none');
    if (facet === 'due' && value === 'past') return this.say('due-past');
    return this.labels.get(`${facet} ${value}`) || range(value);
  }

  choose(facet, value, chosen) {
    const others = (this.filters[facet] ?? []).filter((other) => other !== value);
    this.filters = { ...this.filters, [facet]: chosen ? [...others, value] : others };
    if (!this.filters[facet].length) delete this.filters[facet];
    return this.typed(true);
  }

  /** `Deadline: 2025`. */
  filter(facet, ...values) {
    const value = values.map((value) => this.label(facet, value)).join(this.say('filter-or'));
    return this.say('filter', { facet: this.say(`facet-${facet}`), value });
  }

  /** A filter that the engine read out of words: `due:2025`. */
  readFilter({ text }) {
    const [facet, ...value] = text.split(':');
    return this.filter(facet, value.join(':'));
  }

  /** A button that changes what is chosen, and searches again. */
  button(name, change, values = {}) {
    const button = element('button', { type: 'button', class: 'undo' }, this.say(name, values));
    button.addEventListener('click', () => {
      change();
      this.typed(true);
    });
    return button;
  }

  /** What narrows the search, each with a way to undo it, and how the words were taken. */
  showChips(results) {
    const understood = results.understood.filter(({ kind }) => kind === 'filter');
    const chosen = Object.entries(this.filters).flatMap(([facet, values]) => values.map((value) => [facet, value]));
    const chips = [
      ...understood.map((part, at) => this.chip(`read-${at}`, this.readFilter(part), () => (this.widen = false), this.say('understood'))),
      ...chosen.map(([facet, value], at) => this.chip(`chip-${at}`, this.filter(facet, value), () => this.choose(facet, value, false))),
    ];
    const list = chips.length ? [element('ul', {}, ...chips)] : [];
    this.exchange(this.chips, ...list, ...this.meaning(results));
  }

  chip(id, text, remove, lead = '') {
    const cross = element('span', { 'aria-hidden': 'true', class: 'cross' }, '×');
    const words = (lead && spaced(lead)) + text;
    const name = this.say('remove', { filter: words });
    const button = element('button', { type: 'button', class: 'undo', id, 'aria-label': name, title: name }, element('span', {}, words), cross);
    button.addEventListener('click', () => {
      remove();
      this.typed(true);
    });
    return element('li', lead ? { class: 'understood' } : {}, button);
  }

  /** Says what words were searched for, and offers the words as typed, or the reverse. */
  meaning({ understood, synonyms }) {
    const query = this.input.value.trim();
    const parts = understood.filter(({ kind }) => kind !== 'filter').map(({ kind, text }) => this.interpretation(kind, text));
    if (this.widen && synonyms.length) parts.push(this.synonyms(synonyms));
    if (!parts.length && this.widen) return [];
    const change = () => (this.widen = !this.widen);
    const other = this.widen ? this.button('only', change, { query }) : this.button('meaning', change);
    other.id = 'search-widen';
    if (!this.widen) parts.push(element('span', {}, this.say('as-typed')));
    return [element('p', { class: 'meaning' }, ...parts.flatMap((part) => [part, ' ']), other)];
  }

  interpretation(kind, text) {
    const [lead, words] = kind === 'other-language' ? ['found-in', this.say(`language-${text}`)] : ['understood', text];
    return element('span', { class: 'understood' }, spaced(this.say(lead)), element('strong', {}, words));
  }

  /** The first synonyms, and a button for the rest. */
  synonyms(words) {
    const comma = this.say('list-comma');
    const fits = (count) => width(words.slice(0, count).join(comma)) <= SYNONYMS;
    let shown = 1;
    while (shown < words.length && fits(shown + 1)) shown++;
    const rest = words.slice(shown);
    const line = element('span', { class: 'synonyms' }, spaced(this.say('also')), words.slice(0, shown).join(comma));
    if (!rest.length) return line;
    const button = element('button', { type: 'button' }, this.count('synonyms', rest.length));
    button.addEventListener('click', () => {
      button.replaceWith(comma + rest.join(comma));
      this.chips.querySelector('#search-widen').focus();
    });
    line.append(' ', button);
    return line;
  }

  order() {
    const select = element('select', { id: 'search-sort' });
    for (const order of ['relevance', 'date', 'due']) {
      select.append(element('option', { value: order }, this.say(`sort-${order}`)));
    }
    select.addEventListener('change', () => {
      this.sort = select.value;
      this.typed(true);
    });
    return element('label', { class: 'order', hidden: '' }, element('span', {}, this.say('sort')), ' ', select);
  }

  /** Where filters leave nothing: how many hits there are without each of them, and buttons to remove them. */
  async explain(engine, query, options, results, current) {
    const filters = this.narrowing(results);
    if (!filters.length) return;
    const count = (without) => this.search(engine, query, { ...options, ...without, limit: 0 });
    const bare = { filters: {} };
    let all = await count(bare);
    if (!all.total) all = await count(Object.assign(bare, { widen: false }));
    const totals = [];
    for (const { without } of filters) totals.push((await count(without)).total);
    if (!current()) return;
    const names = filters.map(({ name }) => name());
    const only = totals.filter(Boolean).length === 1 ? totals.findIndex(Boolean) : -1;
    const said = only < 0 ? this.say('none-filters') : this.count('none-filter', totals[only], { filter: names[only] });
    const buttons = filters.map(({ without }, at) => {
      const [label, values] = [totals[at] ? 'without' : 'without-none', { filter: names[at] }];
      const button = this.button('remove', () => Object.assign(this, without));
      button.textContent = totals[at] ? this.count(label, totals[at], values) : this.say(label, values);
      return element('li', {}, button);
    });
    const reset = this.button('clear', () => Object.assign(this, bare));
    if (query) reset.textContent = this.count('clear-all', all.total);
    const list = element('ul', { class: 'removals' }, ...buttons, ...(filters.length > 1 ? [element('li', {}, reset)] : []));
    this.results.replaceChildren(element('div', { class: 'empty' }, element('p', {}, said), list));
    // It is seen above the buttons, and heard from the place where the count was announced.
    this.status.append(' ', element('span', { class: 'heard' }, said));
  }

  /** The filters of a search, and what is chosen without each of them. */
  narrowing({ understood }) {
    const chosen = Object.entries(this.filters).map(([facet, values]) => {
      const { [facet]: left, ...others } = this.filters;
      return { name: () => this.filter(facet, ...values), without: { filters: others } };
    });
    const read = understood.filter(({ kind }) => kind === 'filter');
    return [...chosen, ...read.map((part) => ({ name: () => this.readFilter(part), without: { widen: false } }))];
  }

  showBelow(results) {
    this.languages = element('p', { class: 'elsewhere' });
    this.exchange(this.below, this.languages, ...(results.total ? [this.files()] : []));
  }

  /** All hits as a file, for spreadsheets and for reference managers. */
  files() {
    const buttons = ['csv', 'ris'].flatMap((format) => {
      const button = element('button', { type: 'button', id: `search-${format}` }, this.say(`save-${format}`));
      button.addEventListener('click', () => this.save(format));
      return [' ', button];
    });
    return element('p', { class: 'files' }, this.say('save'), ...buttons);
  }

  async save(format) {
    const query = this.input.value.trim();
    const [engine, { save }] = await Promise.all([this.engine(), import(new URL(this.root.dataset.save, document.baseURI))]);
    const { hits } = await this.search(engine, query, { ...this.state(query), limit: 100000 });
    save(format, query, hits, { base: this.base, strings: this.strings, lang: document.documentElement.lang });
    this.announce(this.count('saved', hits.length));
  }

  escape() {
    if (document.activeElement === this.input) return;
    this.input.focus();
  }
}

/** Words before others, with a space unless they end in a full-width mark. */
function spaced(lead) {
  return /[\u3000-\u303f\uff00-\uffef]$/.test(lead) ? lead : `${lead} `;
}

/** How wide a text is, in Latin letters. */
function width(text) {
  return text.length + (text.match(/\p{Script=Han}/gu)?.length ?? 0);
}

/** A range of times as people write it. */
function range(value) {
  const [from, to] = value.split('..');
  if (to === undefined) return value;
  return from && to ? `${from}–${to}` : from ? `≥ ${from}` : `≤ ${to}`;
}

/** Reads the hits that the visitor walks through, or keeps new ones for the session. */
function walk(value) {
  try {
    if (value) sessionStorage.setItem(WALK, JSON.stringify(value));
    return JSON.parse(sessionStorage.getItem(WALK));
  } catch {
    return undefined; // Storage is switched off or full: there is no bar.
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
