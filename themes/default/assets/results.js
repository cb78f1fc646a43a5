// A page that was reached from a hit has a bar with the hits beside it and the way back to the results.
// The search left them in the storage of the session; the entry of the history says which hit the page is,
// so that a page reached in another way, or in another tab, has none.
(() => {
  "use strict";
  const KEY = "gongbao-results";

  function load() {
    try {
      return JSON.parse(sessionStorage.getItem(KEY));
    } catch {
      return null; // Storage is switched off.
    }
  }

  function save(changes) {
    try {
      sessionStorage.setItem(KEY, JSON.stringify({ ...load(), ...changes }));
    } catch {
      // Storage is full: the next page has no bar.
    }
  }

  /** The hit that this page was reached as. */
  function place(walk) {
    const { to, ...rest } = walk;
    const target = walk.hits[to] && new URL(walk.hits[to][0], location.href);
    if (target?.pathname === location.pathname) {
      history.replaceState({ ...history.state, walk: walk.id, at: to }, "");
      save({ to: undefined });
    }
    return history.state?.walk === walk.id ? history.state.at : -1;
  }

  function link(name, href, text, title, followed) {
    const link = document.createElement("a");
    link.className = name;
    link.href = href;
    link.append(text);
    if (title) {
      const words = document.createElement("span");
      words.textContent = title;
      link.append(words);
    }
    link.addEventListener("click", (event) => {
      if (!event.button && !event.ctrlKey && !event.metaKey && !event.shiftKey && !event.altKey) save(followed);
    });
    return link;
  }

  /** The link to another hit; one that was not loaded is shown by the results. */
  function step(walk, at, name) {
    if (at < 0 || at >= walk.total) return "";
    const text = walk.words[`walk-${name}`];
    const hit = walk.hits[at];
    return hit ? link(name, hit[0], text, hit[1], { to: at }) : link(name, walk.back, text, "", { returning: { at } });
  }

  function show() {
    const walk = load();
    const at = walk ? place(walk) : -1;
    if (at < 0) return;
    const { words, back, total, left } = walk;
    const bar = document.createElement("nav");
    bar.className = "results-bar";
    bar.setAttribute("aria-label", words.walk);
    const count = document.createElement("span");
    count.className = "place";
    count.textContent = words["walk-place"].replace("%at", at + 1).replace("%n", total);
    const returning = at === left.at ? left : { at };
    const steps = document.createElement("span");
    steps.className = "steps";
    steps.append(step(walk, at - 1, "previous"), step(walk, at + 1, "next"));
    bar.append(link("back", back, words["walk-back"], "", { returning }), count, steps);
    document.querySelector(".results-bar")?.remove();
    document.querySelector("main").append(bar);
  }

  show();
  // The next hit can be on the same page.
  addEventListener("hashchange", show);
  addEventListener("gongbao:changed", show);
})();
