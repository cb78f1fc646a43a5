// What the validators share.
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";

/** The published files whose names end so, each with its path and text. */
export function filesOf(site, ending) {
  const names = readdirSync(site, { recursive: true }).map(String).filter((name) => name.endsWith(ending)).sort();
  if (names.length === 0) fail(`there is no ${ending}`);
  return names.map((name) => [name, readFileSync(join(site, name), "utf8")]);
}

export function fail(message) {
  throw new Error(message);
}
