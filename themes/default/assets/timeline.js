// Filters the timeline by plan, topic and year. The choice is in the address, so that it can be sent
// and kept, and the way back leads to the choice before.
(() => {
  "use strict";
  const form = document.getElementById("timeline-filter");
  if (!form) return;
  const fields = [...form.querySelectorAll("select")];

  function fits(entry) {
    return fields.every(({ name, value }) => !value || entry.dataset[name]?.split(" ").includes(value));
  }

  function show() {
    const rows = document.querySelectorAll(".filtered [data-plan]");
    for (const row of rows) row.hidden = !fits(row);
    for (const group of document.querySelectorAll(".filtered, .filtered div")) {
      group.hidden = !group.querySelector("[data-plan]:not([hidden])");
    }
    const dated = [...document.querySelectorAll("tr[data-plan]")];
    form.querySelector("output").value = `${dated.filter((row) => !row.hidden).length} / ${dated.length}`;
  }

  function read() {
    const chosen = new URLSearchParams(location.search);
    for (const field of fields) {
      field.value = chosen.get(field.name) ?? "";
      if (field.selectedIndex < 0) field.value = ""; // A value that is not there, or not any more.
    }
    show();
  }

  function write() {
    const url = new URL(location.href);
    for (const { name, value } of fields) {
      if (value) url.searchParams.set(name, value);
      else url.searchParams.delete(name);
    }
    url.hash = "";
    history.pushState(null, "", url);
    show();
  }

  form.addEventListener("change", write);
  form.addEventListener("submit", (event) => event.preventDefault());
  addEventListener("popstate", read);
  // A link into the table shows what it leads to.
  addEventListener("hashchange", () => {
    const target = document.getElementById(location.hash.slice(1));
    if (!target?.closest("[hidden]")) return;
    form.reset();
    show();
    target.scrollIntoView();
  });
  form.hidden = false;
  read();
})();
