/** The engine in a worker: carries out the calls that `gongbao-search.js` sends. */
import { Runtime } from './runtime.js';

let runtime;

const methods = {
  open([base, lang]) {
    runtime = new Runtime(base);
    return runtime.open(lang);
  },
  search([query, options, wantsPartial], id) {
    const partial = wantsPartial && ((results) => postMessage({ id, partial: results }));
    return runtime.search(query, options, partial);
  },
};

onmessage = async ({ data: { id, method, parameters } }) => {
  try {
    postMessage({ id, value: await methods[method](parameters, id) });
  } catch (error) {
    postMessage({ id, error: { message: String(error.message ?? error), url: error.url } });
  }
};
