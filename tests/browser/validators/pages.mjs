// JSON-LD, checked by TypeScript against the vocabulary of schema.org (schema-dts).
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { fail, filesOf } from "./files.mjs";

const modules = fileURLToPath(new URL("../node_modules", import.meta.url));

/** What a value is made of: its members and their kinds, not its words. */
function shape(value) {
  if (Array.isArray(value)) return [...new Set(value.map((item) => JSON.stringify(shape(item))))].sort();
  if (typeof value !== "object" || value === null) return typeof value;
  return Object.keys(value).sort().map((key) => [key, key === "@type" ? value[key] : shape(value[key])]);
}

/** One page for each shape of JSON-LD there is. */
function samples(site) {
  const found = new Map();
  for (const [name, text] of filesOf(site, ".html")) {
    const script = text.match(/<script type="application\/ld\+json">(.*?)<\/script>/s);
    if (!script) continue;
    const graph = JSON.parse(script[1]);
    found.set(JSON.stringify(shape(graph)), { name, graph });
  }
  return [...found.values()];
}

/** Type-checks graphs: unknown types, unknown members and values of the wrong kind are errors. */
function check(graphs) {
  const folder = mkdtempSync(join(tmpdir(), "gongbao-ld-"));
  const head = 'import type { Graph, SearchAction, WithActionConstraints } from "schema-dts";\n';
  writeFileSync(join(folder, "samples.ts"), head + graphs.map(statements).join("\n"));
  const options = { strict: true, noEmit: true, skipLibCheck: true, types: [], moduleResolution: "bundler", module: "esnext", target: "esnext" };
  const paths = { "schema-dts": [join(modules, "schema-dts")] };
  writeFileSync(join(folder, "tsconfig.json"), JSON.stringify({ compilerOptions: { ...options, paths }, files: ["samples.ts"] }));
  try {
    execFileSync(process.execPath, [join(modules, "typescript", "bin", "tsc"), "-p", folder], { encoding: "utf8" });
  } catch (error) {
    fail(`${error.stdout}`.slice(0, 3000));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/**
 * A graph as TypeScript. What an action asks of its user (`query-input`, schema.org/docs/actions.html)
 * has a type of its own there, so an action is checked apart as well.
 */
function statements({ name, graph }, index) {
  const actions = [];
  const plain = JSON.stringify(graph, (key, value) => {
    if (key !== "potentialAction") return value;
    actions.push(JSON.stringify(value));
    return Object.fromEntries(Object.entries(value).filter(([member]) => member !== "query-input"));
  });
  const action = (text, n) => `export const a${index}_${n}: WithActionConstraints<SearchAction> = ${text};`;
  return [`// ${name}`, `export const g${index}: Graph = ${plain};`, ...actions.map(action)].join("\n");
}

export function run(site) {
  const graphs = samples(site);
  if (graphs.length < 8) fail(`only ${graphs.length} shapes of JSON-LD`);
  check(graphs);
  const legislation = graphs.find(({ graph }) => graph["@graph"][0]["@type"] === "Legislation");
  const changed = (change) => {
    const graph = structuredClone(legislation.graph);
    change(graph["@graph"][0]);
    return () => check([{ name: legislation.name, graph }]);
  };
  return {
    checked: graphs.length,
    spoiled: [
      changed((subject) => { subject.legislationNumber = "4"; }),
      changed((subject) => { subject["@type"] = "Plan"; }),
      changed((subject) => { subject.publisher = { "@type": "Bureau", name: "国家知识产权局" }; }),
    ],
  };
}
