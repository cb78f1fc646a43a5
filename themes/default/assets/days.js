// “Days left” as the reader counts them: from the reader's own day, not from that of the build.
(() => {
  "use strict";
  const asOf = document.getElementById("as-of");
  const now = new Date();
  const today = Date.UTC(now.getFullYear(), now.getMonth(), now.getDate());
  const built = Date.parse(asOf.dataset.day);
  const words = new Intl.RelativeTimeFormat(document.documentElement.lang);

  for (const place of document.querySelectorAll("[data-due]")) {
    const due = Date.parse(place.dataset.due);
    // What had passed on the day of the build is said already, with what later documents show.
    if (Number.isNaN(due) || (due < built && due < today)) continue;
    const days = Math.round((due - today) / 86_400_000);
    const { passed, today: dueToday } = asOf.dataset;
    place.textContent = days < 0 ? passed : days === 0 ? dueToday : words.format(days, "day");
    place.closest("tr, .deadline")?.classList.toggle("passed", days < 0);
  }
  asOf.hidden = true;
})();
