// Filters a list where it stands, by words and by what each entry has. The choice is in the
// address, so that it can be sent and kept, and the way back leads to the choice before.
// Without this script the list is whole.
(() => {
  "use strict";
  let bar, entries, groups, texts, fields;
  const words = (text) => text.normalize("NFKC").toLowerCase();

  /** Looks at the page as it is. */
  function find() {
    bar = document.querySelector(".filter");
    if (!bar) return;
    entries = [...document.querySelectorAll(bar.dataset.entries)];
    groups = [...document.querySelectorAll(bar.dataset.groups)];
    texts = new Map();
    fields = [...bar.querySelectorAll("select, input")];
    read();
  }

  function text(entry) {
    if (!texts.has(entry)) texts.set(entry, words(entry.textContent));
    return texts.get(entry);
  }

  function fits(entry) {
    return fields.every(({ name, value }) => {
      if (!value) return true;
      if (name === "q") return words(value).split(/\s+/).every((word) => text(entry).includes(word));
      return (entry.closest(`[data-${name}]`)?.dataset[name] ?? "").split(" ").includes(value);
    });
  }

  function show() {
    for (const entry of entries) entry.hidden = !fits(entry);
    for (const group of groups) {
      const inside = entries.filter((entry) => group.contains(entry));
      group.hidden = inside.length > 0 && inside.every((entry) => entry.hidden);
    }
    const counted = entries.filter((entry) => entry.matches(bar.dataset.counted ?? "*"));
    const shown = counted.filter((entry) => !entry.hidden);
    bar.querySelector("output").value = `${shown.length} / ${counted.length}`;
  }

  function read() {
    const chosen = new URLSearchParams(location.search);
    for (const field of fields) {
      field.value = chosen.get(field.name) ?? "";
      if (field.selectedIndex < 0) field.value = ""; // A value that is not there, or not any more.
    }
    show();
  }

  // Each choice is a step that one can go back; each letter of a word is not.
  function write({ target }) {
    const url = new URL(location.href);
    for (const { name, value } of fields) {
      if (value) url.searchParams.set(name, value);
      else url.searchParams.delete(name);
    }
    url.hash = "";
    if (target.name === "q") history.replaceState(null, "", url);
    else history.pushState(null, "", url);
    show();
  }

  document.addEventListener("input", (event) => bar?.contains(event.target) && write(event));
  addEventListener("popstate", () => bar && read());
  // A link into the list shows what it leads to.
  addEventListener("hashchange", () => {
    const target = document.getElementById(location.hash.slice(1));
    if (!bar || !target?.closest("[hidden]")) return;
    for (const field of fields) field.value = "";
    show();
    target.scrollIntoView();
  });
  // The watch server has put a new version of the page into place.
  addEventListener("gongbao:changed", find);
  find();
})();
