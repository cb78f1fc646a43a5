// Completes a reference with the day of reading, and copies what is there to copy.
(() => {
  "use strict";
  const now = new Date();
  const two = (number) => String(number).padStart(2, "0");
  const today = `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`;
  for (const place of document.querySelectorAll("[data-read]")) place.textContent = `[${today}]`;
  for (const note of document.querySelectorAll("[data-read-note]")) note.hidden = true;

  if (!navigator.clipboard) return; // Not over plain HTTP: the texts can be selected.
  const status = document.querySelector("[data-copied]");
  for (const button of document.querySelectorAll("[data-copy]")) {
    button.hidden = false;
    button.addEventListener("click", async () => {
      await navigator.clipboard.writeText(document.getElementById(button.dataset.copy).textContent);
      status.textContent = "";
      status.textContent = status.dataset.copied;
    });
  }
})();
