// On every page: loads the search when a visitor turns to it, and not before.

const form = document.querySelector('form.search');

async function load() {
  if (form.dataset.loaded) return;
  form.dataset.loaded = 'yes';
  const address = (name) => new URL(form.dataset[name], document.baseURI);
  const start = async () => (await import(address('engine'))).open(address('base'), { lang: form.dataset.lang });
  // All at once: on a slow line each round trip counts.
  let started = start();
  started.catch(() => {});
  const engine = () => {
    const opening = started ?? start();
    started = undefined;
    return opening;
  };
  try {
    const [{ attach }, strings] = await Promise.all([import(address('ui')), json(address('strings'))]);
    attach(form, strings, engine);
  } catch {
    // Without its script the form still leads to the search page.
    delete form.dataset.loaded;
  }
}

async function json(url) {
  const answer = await fetch(url);
  if (!answer.ok) throw new Error(`${answer.status} ${url}`);
  return answer.json();
}

if (form) {
  form.addEventListener('focusin', load);
  form.addEventListener('pointerenter', load, { once: true });
  if (form.closest('.search-page')) load();
}
