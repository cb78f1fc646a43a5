/**
 * Puts queries to a published bundle over HTTP, as a page or a script would.
 * Arguments: the directory of a site; standard input: `[[query, options], …]`.
 * Prints the answers as JSON.
 */
import { createServer } from 'node:http';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

const site = process.argv[2];
const { open } = await import(pathToFileURL(join(site, 'search/gongbao-search.js')));

const failing = new Set(process.argv[3] ? [process.argv[3]] : []);
const server = createServer(({ url }, response) => {
  const path = decodeURIComponent(url);
  // A piece named on the command line fails once.
  if (failing.delete(path)) return response.writeHead(503).end();
  try {
    response.end(readFileSync(join(site, path)));
  } catch {
    response.writeHead(404).end();
  }
});
await new Promise((listening) => server.listen(0, '127.0.0.1', listening));

try {
  const opened = await open(`http://127.0.0.1:${server.address().port}/`, { lang: 'zh' });
  const answers = [];
  for (const [query, options] of JSON.parse(readFileSync(0, 'utf8'))) {
    const { ms, ...answer } = await opened.search(query, options);
    answers.push({ ...answer, ms });
  }
  console.log(JSON.stringify(answers));
} finally {
  server.close();
  server.closeAllConnections();
}
