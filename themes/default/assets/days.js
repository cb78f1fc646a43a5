// “Days left” as the reader counts them: from the reader's own day, not from that of the build.
(() => {
  "use strict";
  const words = new Intl.RelativeTimeFormat(document.documentElement.lang);

  function count() {
    const asOf = document.getElementById("as-of");
    const now = new Date();
    const today = Date.UTC(now.getFullYear(), now.getMonth(), now.getDate());
    const built = Date.parse(asOf.dataset.day);
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
  }

  count();
  // The watch server has put a new version of the page into place.
  addEventListener("gongbao:changed", count);
})();
