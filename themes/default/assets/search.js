// On every page: loads the search when a visitor turns to it, and not before.

const form = document.querySelector('form.search');
const input = form?.querySelector('input');

async function load() {
  if (form.dataset.loaded) return;
  form.dataset.loaded = 'yes';
  try {
    const { attach } = await import(new URL(form.dataset.ui, document.baseURI));
    await attach(form);
  } catch {
    // Without its script the form still leads to the search page.
    delete form.dataset.loaded;
  }
}

if (form) {
  form.addEventListener('focusin', load);
  form.addEventListener('pointerenter', load, { once: true });
  if (form.closest('.search-page')) load();
  document.addEventListener('keydown', (event) => {
    const typing = event.target.closest?.('input, textarea, select, [contenteditable]');
    if (event.key !== '/' || typing || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    input.focus();
    input.select();
  });
}
