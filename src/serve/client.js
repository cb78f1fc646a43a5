// The script on the pages of `gongbao serve`; the published site does not have it.
//
// It asks for its own page whenever something has changed, and puts what is
// different into the page in place, so that scroll position, chosen view, open
// details and focus stay. What is wrong is shown over the page until it is mended.
(() => {
  "use strict";
  const own = document.currentScript;
  let version = own.dataset.version;

  // Keeping in touch. A tab nobody looks at lets go of its connection, of
  // which a browser has six for a server, and catches up when it is seen again.
  let events = null;
  let latest = "";
  function connect() {
    if (events || document.hidden) return;
    events = new EventSource("/__gongbao/events");
    // Where many tabs listen, the server ends the stream at once and the browser asks again and again.
    events.onmessage = ({ data }) => {
      if (data === latest) return;
      latest = data;
      refresh();
    };
    events.onerror = () => {
      if (events && events.readyState === EventSource.CLOSED) {
        disconnect();
        setTimeout(connect, 1000);
      }
    };
  }
  function disconnect() {
    if (events) events.close();
    events = null;
  }
  document.addEventListener("visibilitychange", () => (document.hidden ? disconnect() : connect()));
  addEventListener("pageshow", connect);
  addEventListener("pagehide", disconnect);

  // One refresh at a time; a change during one leads to another after it.
  let running = false;
  let again = false;
  async function refresh() {
    again = true;
    if (running) return;
    running = true;
    while (again) {
      again = false;
      try {
        await refreshPage();
        // Scripts of the page may have to look again, even if the page is the same.
        dispatchEvent(new CustomEvent("gongbao:changed"));
        await refreshFindings();
      } catch {
        // The server has gone away; the connection tells when it is back.
      }
    }
    running = false;
  }

  async function refreshPage() {
    const headers = { "If-None-Match": `"${version}"` };
    const reply = await fetch(location.pathname + location.search, { headers, cache: "no-store" });
    if (![200, 404].includes(reply.status)) return;
    const page = new DOMParser().parseFromString(await reply.text(), "text/html");
    if (newScripts(page)) return location.reload();
    version = (reply.headers.get("etag") || "").replaceAll('"', "");
    await restyle(page);
    const place = placeInView();
    document.title = page.title;
    attributes(document.documentElement, page.documentElement);
    morph(document.body, page.body);
    returnTo(place);
  }

  function newScripts(page) {
    const sources = (root) => [...root.querySelectorAll("script[src]")].map((s) => s.getAttribute("src"));
    const known = new Set(sources(document));
    return sources(page).some((source) => !known.has(source));
  }

  // The new style sheets are loaded before the old ones go, so that the page is never bare.
  async function restyle(page) {
    const sheets = (root) => [...root.querySelectorAll('head link[rel~="stylesheet"]')];
    const href = (link) => link.getAttribute("href");
    const old = sheets(document);
    const fresh = sheets(page);
    const added = fresh.filter((link) => !old.some((o) => href(o) === href(link)));
    const loaded = added.map((link) => new Promise((done) => {
      const copy = document.importNode(link);
      copy.onload = copy.onerror = done;
      document.head.append(copy);
    }));
    await Promise.race([Promise.all(loaded), new Promise((late) => setTimeout(late, 2000))]);
    old.filter((link) => !fresh.some((f) => href(f) === href(link))).forEach((link) => link.remove());
  }

  // Turns a node into another, touching only what differs.
  function morph(old, fresh) {
    if (old.isEqualNode(fresh)) return;
    if (old.nodeType !== Node.ELEMENT_NODE) {
      old.nodeValue = fresh.nodeValue;
      return;
    }
    attributes(old, fresh);
    const ids = new Set([...fresh.children].map((child) => child.id).filter(Boolean));
    const twins = new Map([...old.children].filter((child) => child.id).map((child) => [child.id, child]));
    let at = old.firstChild;
    for (const next of [...fresh.childNodes]) {
      while (at && at.id && !ids.has(at.id)) at = remove(at);
      const inPlace = at && !at.id && at.nodeName === next.nodeName ? at : null;
      const twin = next.id ? twins.get(next.id) : inPlace;
      if (!twin || twin.nodeName !== next.nodeName) {
        old.insertBefore(document.adoptNode(next), at);
        continue;
      }
      if (twin === at) at = at.nextSibling;
      else old.insertBefore(twin, at);
      morph(twin, next);
    }
    while (at) at = remove(at);
  }

  function remove(node) {
    const next = node.nextSibling;
    node.remove();
    return next;
  }

  function attributes(old, fresh) {
    // Whether details are open is the reader's choice.
    const kept = (name) => name === "open" && old.nodeName === "DETAILS";
    for (const { name } of [...old.attributes]) {
      if (!fresh.hasAttribute(name) && !kept(name)) old.removeAttribute(name);
    }
    for (const { name, value } of fresh.attributes) {
      if (old.getAttribute(name) !== value && !kept(name)) old.setAttribute(name, value);
    }
  }

  // The first thing with an anchor that is in view, and how far from the top.
  function placeInView() {
    const anchors = [...document.querySelectorAll("main [id]")];
    const seen = anchors.filter((element) => element.getClientRects().length > 0);
    const element = seen.find((e) => e.getBoundingClientRect().top >= 0) || seen.at(-1);
    const top = element ? element.getBoundingClientRect().top : 0;
    return { id: element ? element.id : "", top, y: scrollY };
  }

  function returnTo({ id, top, y }) {
    if (y === 0) return;
    const element = id && document.getElementById(id);
    const shown = element && element.getClientRects().length > 0;
    const by = shown ? element.getBoundingClientRect().top - top : y - scrollY;
    scrollBy({ top: by, behavior: "instant" });
  }

  // What is wrong, over the page.
  const words = {
    errors: ["errors", "个错误"], warnings: ["warnings", "个警告"],
    close: ["Close (Esc)", "关闭（Esc）"], copy: ["Copy", "复制"], copied: ["Copied", "已复制"],
    nowhere: ["This page is put together from several files.", "此页由多个文件汇成。"],
    translation: ["Translation", "译文"], reviewed: ["reviewed", "已审定"], unreviewed: ["unreviewed", "未审定"],
    stale: ["out of date", "已过期"], missing: ["missing", "缺失"],
    polling: ["Looking for changes twice a second", "每秒检查两次改动"],
    keys: ["Keyboard shortcuts (e, /)", "快捷键（e、/）"],
    characters: ["characters", "字"], words: ["English words", "个英文词"], source: ["Source (e)", "来源（e）"],
  };
  const say = (name) => words[name].join(" · ");
  const chinese = () => document.documentElement.lang.startsWith("zh");
  const both = ({ zh, en }) => (zh === en ? [en] : chinese() ? [zh, en] : [en, zh]);

  const host = document.createElement("gongbao-overlay");
  const shadow = host.attachShadow({ mode: "open" });
  const sheet = new CSSStyleSheet();
  shadow.adoptedStyleSheets = [sheet];
  sheet.replaceSync(`
    :host { all: initial; }
    * { box-sizing: border-box; }
    .panel { position: fixed; inset: auto 0 0 0; max-height: 75vh; overflow: auto; z-index: 2147483647;
      background: #1b1b1f; color: #f2f2f2; padding: 1rem 1.25rem 1.5rem; border-top: 4px solid #c8a03c;
      font: 15px/1.5 system-ui, sans-serif; }
    .panel.errors { border-color: #e5484d; }
    .badge { position: fixed; right: 1rem; bottom: 1rem; z-index: 2147483646; border: 1px solid #8a8a8a;
      border-radius: 1rem; padding: .25rem .75rem; background: #1b1b1f; color: #f2f2f2; cursor: pointer;
      font: 13px/1.5 system-ui, sans-serif; }
    .badge.errors { background: #b3261e; }
    header { display: flex; justify-content: space-between; gap: 1rem; align-items: baseline; }
    h2 { font-size: 1.1rem; margin: 0 0 .5rem; } h3 { font-size: 1rem; margin: 1rem 0 .25rem; }
    p { margin: .25rem 0; } .second { color: #c4c4c4; } .code { color: #c4c4c4; font-weight: normal; }
    pre { margin: .25rem 0; padding: .5rem .75rem; background: #000; overflow-x: auto; white-space: pre-wrap;
      font: 13px/1.5 ui-monospace, monospace; }
    mark { background: #7a1f22; color: #fff; text-decoration: underline wavy #ff8589; }
    .warning mark { background: #5a4a12; text-decoration-color: #ffd666; }
    button { font: inherit; color: inherit; background: #333; border: 1px solid #8a8a8a; border-radius: 4px;
      padding: .1rem .6rem; cursor: pointer; }
    button[aria-pressed="true"] { font-weight: bold; border-color: currentColor; }
    button[aria-pressed="false"] { text-decoration: line-through; }
    button:focus-visible { outline: 3px solid #8ab4f8; outline-offset: 2px; }
    .place { font-family: ui-monospace, monospace; }
    @media print { :host { display: none; } }
  `);
  document.documentElement.append(host);

  function element(name, attributes, ...children) {
    const made = document.createElement(name);
    Object.assign(made, attributes);
    made.append(...children.filter((child) => child !== null && child !== undefined));
    return made;
  }

  let report = { errors: 0, warnings: 0, findings: [] };
  let panel = null; // "errors", "all", "source" or null
  let dismissed = "";

  async function refreshFindings() {
    const reply = await fetch(`/__gongbao/findings?path=${encodeURIComponent(location.pathname)}`);
    if (!reply.ok) return;
    report = await reply.json();
    if (report.errors === 0) {
      dismissed = "";
      if (panel === "errors") panel = null;
    } else if (panel === null && errorsKey() !== dismissed) {
      panel = "errors";
    }
    if (panel !== "source") show();
  }

  // Tells errors that were closed by hand from new ones, wherever in their files they have moved to.
  function errorsKey() {
    const errors = report.findings.filter((f) => f.severity === "error");
    return JSON.stringify(errors.map((f) => [f.code, f.title, f.hints]));
  }

  function show(source) {
    const parts = [];
    if (panel === "source") parts.push(sourcePanel(source));
    else if (panel) parts.push(findingsPanel(panel === "errors"));
    else if (report.errors + report.warnings > 0 || report.notice) parts.push(badge());
    shadow.replaceChildren(...parts);
  }

  function count() {
    const some = ["errors", "warnings"].filter((kind) => report[kind] > 0);
    const english = (kind) => (report[kind] === 1 ? words[kind][0].replace(/s$/, "") : words[kind][0]);
    return some.map((kind) => `${report[kind]} ${english(kind)} · ${report[kind]} ${words[kind][1]}`).join("　");
  }

  function badge() {
    const open = () => { panel = "all"; show(); };
    const className = report.errors ? "badge errors" : "badge";
    return element("button", { className, onclick: open }, count() || say("polling"));
  }

  function findingsPanel(onlyErrors) {
    const shown = report.findings.filter((f) => !onlyErrors || f.severity === "error");
    return element("section", { className: report.errors ? "panel errors" : "panel", role: "alert" },
      element("header", {}, element("h2", {}, count()),
        element("span", {}, sourceButton(), " ", keysButton(), " ", closeButton())),
      ...shown.map(finding),
      ...(report.notice ? both(report.notice).map((text) => element("p", { className: "notice" }, text)) : []));
  }

  function finding(found) {
    const [first, second] = both(found.title);
    return element("article", { className: found.severity },
      element("h3", {}, first, " ", element("span", { className: "code" }, found.code)),
      second && element("p", { className: "second" }, second),
      ...found.places.map(excerpt),
      ...found.hints.flatMap(both).map((hint) => element("p", { className: "hint" }, `→ ${hint}`)));
  }

  function excerpt(place) {
    const { file, line, column, before, marked, after, note } = place;
    const lines = before || marked || after
      ? element("pre", {}, before, element("mark", {}, marked || " "), after) : null;
    const notes = note ? both(note).map((text) => element("p", { className: "second" }, text)) : [];
    return element("div", {}, copyButton(`${file}:${line}:${column}`), ...notes, lines);
  }

  function copyButton(text) {
    const copy = async (event) => {
      const button = event.currentTarget;
      await toClipboard(text);
      button.title = say("copied");
      button.textContent = `${text} ✓`;
    };
    return element("button", { className: "place", title: say("copy"), onclick: copy }, text);
  }

  async function toClipboard(text) {
    if (navigator.clipboard) return navigator.clipboard.writeText(text).catch(() => {});
    // Without a secure context (another machine on the network) there is only the old way.
    const field = element("textarea", { value: text });
    document.body.append(field);
    field.select();
    document.execCommand("copy");
    field.remove();
  }

  function closeButton() {
    return element("button", { onclick: close }, say("close"));
  }

  function sourceButton() {
    return element("button", { onclick: showSource }, say("source"));
  }

  // Single keys can be switched off (WCAG 2.1.4), here and by the switch of the page, which is the same.
  const KEYS = "gongbao-keys";
  function keysAreOn() {
    try {
      return localStorage.getItem(KEYS) !== "off";
    } catch {
      return false;
    }
  }

  function keysButton() {
    const toggle = ({ currentTarget }) => {
      try {
        localStorage.setItem(KEYS, keysAreOn() ? "off" : "on");
      } catch {
        // Storage is switched off, and the keys with it.
      }
      currentTarget.setAttribute("aria-pressed", keysAreOn());
      dispatchEvent(new CustomEvent("gongbao:keys"));
    };
    const button = element("button", { onclick: toggle }, say("keys"));
    button.setAttribute("aria-pressed", keysAreOn());
    return button;
  }

  function close() {
    dismissed = errorsKey();
    panel = null;
    show();
  }

  // Where the paragraph under the pointer comes from, or else the first in view.
  let pointer = null;
  addEventListener("mousemove", (event) => (pointer = event.target), { passive: true });

  async function showSource() {
    const under = pointer && pointer.isConnected && pointer.closest("main [id]");
    const anchor = under ? under.id : placeInView().id;
    const query = `path=${encodeURIComponent(location.pathname)}&anchor=${encodeURIComponent(anchor)}`;
    const reply = await fetch(`/__gongbao/about?${query}`);
    panel = "source";
    show(await reply.json());
  }

  function sourcePanel({ source, characters, words: count, states }) {
    const state = Object.entries(states || {}).map(([name, n]) => `${n} ${say(name)}`).join("　");
    const size = characters ? `${characters} ${say("characters")}　${count} ${say("words")}` : "";
    return element("section", { className: "panel" },
      element("header", {},
        source ? copyButton(`${source.file}:${source.line}`) : element("p", {}, say("nowhere")),
        element("span", {}, keysButton(), " ", closeButton())),
      element("p", {}, size),
      state ? element("p", {}, `${say("translation")}　${state}`) : null);
  }

  addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    if (event.key === "Escape" && panel) close();
    const typing = event.target.closest && event.target.closest("input:not([type=radio]), textarea, select, [contenteditable]");
    if (event.key === "e" && !typing && keysAreOn()) showSource();
  });

  connect();
})();
