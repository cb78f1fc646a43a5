// What the pages can do beyond HTML and CSS: remember how the text is shown,
// keep the place when the language is changed, filter a list. Nothing depends on it.
(() => {
  "use strict";
  const root = document.documentElement;
  const KEY = "gongbao-view";

  // A choice holds for pages in the language it was made in; “both” holds for all.
  function remembered() {
    try {
      const [view, lang] = (localStorage.getItem(KEY) || "").split(" ");
      return view === "both" || lang === root.lang ? view : "";
    } catch {
      return ""; // Storage is switched off.
    }
  }

  function remember(view) {
    try {
      localStorage.setItem(KEY, `${view} ${root.lang}`);
    } catch {
      // Storage is switched off or full: the choice holds for this page only.
    }
  }

  // The switch is set as soon as it is there, before the text below it is painted.
  const view = remembered();
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
    if (target.name === "view") remember(target.value);
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

  // A field with data-filter hides what does not hold its words.
  function filter(field) {
    const words = field.value.toLowerCase().split(/\s+/).filter(Boolean);
    for (const entry of document.querySelectorAll(field.dataset.filter)) {
      const text = entry.textContent.toLowerCase();
      entry.hidden = !words.every((word) => text.includes(word));
    }
    for (const group of document.querySelectorAll("[data-filter-group]")) {
      group.hidden = !group.querySelector(`${field.dataset.filter}:not([hidden])`);
    }
  }

  addEventListener("DOMContentLoaded", () => {
    for (const field of document.querySelectorAll("[data-filter]")) {
      field.closest("[hidden]").hidden = false;
      field.addEventListener("input", () => filter(field));
      if (field.value) filter(field);
    }
  });
})();
