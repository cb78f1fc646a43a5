// What the pages can do beyond HTML and CSS: remember how the text is shown and how large, lead to
// the search at a key, keep the place when the language is changed, list the targets of links on paper.
// Nothing depends on it. It runs in the head, before anything is painted.
(() => {
  "use strict";
  const root = document.documentElement;

  function load(key) {
    try {
      return localStorage.getItem(key) || "";
    } catch {
      return ""; // Storage is switched off.
    }
  }

  function save(key, value) {
    try {
      localStorage.setItem(key, value);
    } catch {
      // Storage is switched off or full: the choice holds for this page only.
    }
  }

  // Large type.
  const SIZE = "gongbao-size";
  const buttons = () => document.querySelectorAll(".size");
  function size() {
    root.classList.add("js");
    const large = load(SIZE) === "large";
    root.classList.toggle("large", large);
    for (const button of buttons()) button.setAttribute("aria-pressed", large);
  }
  size();
  addEventListener("DOMContentLoaded", size);
  addEventListener("storage", size);
  addEventListener("pageshow", size);
  // The watch server has put a new version of the page into place.
  addEventListener("gongbao:changed", size);
  document.addEventListener("click", ({ target }) => {
    if (!target.closest(".size")) return;
    save(SIZE, root.classList.contains("large") ? "" : "large");
    size();
  });

  // The key for the search can be switched off: speech input and unsteady hands press keys unawares
  // (WCAG 2.1.4). Where nothing can be remembered it is off.
  const KEYS = "gongbao-keys";
  function keysAreOn() {
    try {
      return localStorage.getItem(KEYS) !== "off";
    } catch {
      return false;
    }
  }
  function keys() {
    for (const button of document.querySelectorAll("[data-keys]")) button.setAttribute("aria-pressed", keysAreOn());
  }
  for (const event of ["DOMContentLoaded", "storage", "pageshow", "gongbao:changed", "gongbao:keys"]) {
    addEventListener(event, keys);
  }
  document.addEventListener("click", ({ target }) => {
    if (!target.closest("[data-keys]")) return;
    save(KEYS, keysAreOn() ? "off" : "on");
    keys();
  });
  document.addEventListener("keydown", (event) => {
    const typing = event.target.closest?.("input, textarea, select, [contenteditable]");
    if (event.key !== "/" || typing || event.ctrlKey || event.metaKey || event.altKey || !keysAreOn()) return;
    const input = document.querySelector("form.search input");
    // A theme without the switch has no key either.
    if (!input || !document.querySelector("[data-keys]")) return;
    event.preventDefault();
    input.focus();
    input.select();
  });

  // Original, translation or both. A choice holds for pages in the language it was made in; “both” holds for all.
  const VIEW = "gongbao-view";
  const [chosen, lang] = load(VIEW).split(" ");
  const view = chosen === "both" || lang === root.lang ? chosen : "";
  // The switch is set as soon as it is there, before the text below it is painted.
  if (view) {
    const observer = new MutationObserver(() => {
      const choice = document.getElementById(`view-${view}`);
      if (!choice) return;
      choice.checked = true;
      observer.disconnect();
    });
    observer.observe(root, { childList: true, subtree: true });
    addEventListener("load", () => observer.disconnect());
  }
  document.addEventListener("change", ({ target }) => {
    if (target.name === "view") save(VIEW, `${target.value} ${root.lang}`);
  });

  // The links to other languages lead to the paragraph in view. Anchors are the same in every language.
  function place() {
    const target = location.hash && document.querySelector(":target");
    if (target && isInView(target)) return location.hash;
    if (scrollY < 100) return "";
    const blocks = document.querySelectorAll(".block[id]");
    const places = blocks.length ? blocks : document.querySelectorAll("main :is(section, h2)[id]");
    const first = [...places].find(isInView);
    return first ? `#${first.id}` : "";
  }

  function isInView(element) {
    const { top, bottom } = element.getBoundingClientRect();
    return bottom > 60 && top < innerHeight;
  }

  for (const event of ["pointerdown", "click"]) {
    document.addEventListener(event, ({ target }) => {
      const link = target.closest("a[rel='alternate']");
      if (link) link.hash = place();
    });
  }

  // On paper a link cannot be followed: where each leads is listed at the end.
  addEventListener("beforeprint", () => {
    const list = document.createElement("ol");
    const known = new Set();
    for (const link of document.querySelectorAll("main a[href]:not(nav a, .task-link a, .jump a, .offers a)")) {
      const { href } = link;
      const here = href.split("#")[0] === location.href.split("#")[0];
      if (here || known.has(href) || !link.getClientRects().length) continue;
      known.add(href);
      const entry = document.createElement("li");
      entry.append(link.textContent.trim(), " ", href);
      if (link.lang) entry.lang = link.lang;
      list.append(entry);
    }
    if (!known.size) return;
    const section = document.createElement("section");
    section.className = "targets";
    const heading = document.createElement("h2");
    heading.textContent = document.querySelector("[data-targets]").dataset.targets;
    section.append(heading, list);
    document.querySelector("main").append(section);
    addEventListener("afterprint", () => section.remove(), { once: true });
  });
})();
