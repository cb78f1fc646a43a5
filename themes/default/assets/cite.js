// Completes a reference with the day of reading, and copies what is there to copy.
(() => {
  "use strict";
  function complete() {
    const now = new Date();
    const two = (number) => String(number).padStart(2, "0");
    const today = `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`;
    for (const place of document.querySelectorAll("[data-read]")) place.textContent = `[${today}]`;
    for (const note of document.querySelectorAll("[data-read-note]")) note.hidden = true;
    // Not over plain HTTP: the texts can be selected.
    for (const button of document.querySelectorAll("[data-copy]")) button.hidden = !navigator.clipboard;
  }

  document.addEventListener("click", async ({ target }) => {
    const button = target.closest("[data-copy]");
    if (!button) return;
    await navigator.clipboard.writeText(document.getElementById(button.dataset.copy).textContent);
    const status = document.querySelector("[data-copied]");
    status.textContent = "";
    status.textContent = status.dataset.copied;
  });

  complete();
  // The watch server has put a new version of the page into place.
  addEventListener("gongbao:changed", complete);
})();
