// The contents of a plan show where one is, and go away on a phone when a place has been chosen.
(() => {
  "use strict";
  const contents = document.getElementById("contents");
  if (!contents) return;
  const links = new Map();
  for (const link of contents.querySelectorAll("a")) links.set(link.hash.slice(1), link);
  const places = [...links.keys()].map((id) => document.getElementById(id)).filter(Boolean);
  let current = null;

  // The last entry whose beginning has passed the upper third of the window.
  function mark() {
    const line = innerHeight / 3;
    const passed = places.filter((place) => place.getBoundingClientRect().top <= line);
    const link = links.get((passed.at(-1) ?? places[0])?.id);
    if (!link || link === current) return;
    current?.removeAttribute("aria-current");
    link.setAttribute("aria-current", "location");
    current = link;
    reveal(link);
  }

  // Scrolls the contents and never the page.
  function reveal(link) {
    const box = contents.getBoundingClientRect();
    const { top, bottom } = link.getBoundingClientRect();
    if (top < box.top || bottom > box.bottom) contents.scrollTop += top - box.top - box.height / 3;
  }

  let waiting = false;
  addEventListener("scroll", () => {
    if (waiting) return;
    waiting = true;
    requestAnimationFrame(() => {
      waiting = false;
      mark();
    });
  }, { passive: true });
  contents.addEventListener("toggle", () => current && reveal(current));
  contents.addEventListener("click", ({ target }) => {
    if (target.closest("a") && contents.hidePopover && contents.matches(":popover-open")) contents.hidePopover();
  });
  addEventListener("gongbao:changed", () => {
    current = null;
    mark();
  });
  mark();
})();
