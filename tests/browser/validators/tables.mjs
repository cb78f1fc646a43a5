// Open data: the data package and its tables (Frictionless), and tasks.json by its JSON Schema (Ajv).
import { cpSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import Ajv from "ajv/dist/2020.js";
import datapackage from "datapackage";
import { fail } from "./files.mjs";

const { Package } = datapackage;

/**
 * A copy of the folder, with one file changed. This reader takes a byte order mark for a part of the
 * first column's name, so the tables lose theirs.
 */
async function withCopy(folder, use, spoil = ["datapackage.json", (text) => text]) {
  const copy = mkdtempSync(join(tmpdir(), "gongbao-data-"));
  const edit = (name, change) => writeFileSync(join(copy, name), change(readFileSync(join(copy, name), "utf8")));
  try {
    cpSync(folder, copy, { recursive: true });
    for (const name of readdirSync(copy).filter((name) => name.endsWith(".csv"))) {
      edit(name, (text) => text.replace(/^\uFEFF/, ""));
    }
    edit(...spoil);
    return await use(copy);
  } finally {
    rmSync(copy, { recursive: true });
  }
}

/** Checks a package and reads every row of its tables as the types it states; gives the number of rows. */
async function check(folder) {
  const descriptor = JSON.parse(readFileSync(join(folder, "datapackage.json"), "utf8"));
  const described = await Package.load(descriptor, { basePath: folder, strict: true });
  if (!described.valid) fail(described.errors.map((error) => error.message).join("\n"));
  let rows = 0;
  for (const resource of described.resources.filter(({ tabular }) => tabular)) {
    const read = await resource.read({ keyed: true });
    if (read.length === 0) fail(`${resource.name} is empty`);
    rows += read.length;
  }
  return rows;
}

function validator(folder) {
  const schema = JSON.parse(readFileSync(join(folder, "tasks.schema.json"), "utf8"));
  return new Ajv({ strict: true, strictRequired: false, allErrors: true }).compile(schema);
}

function checkTasks(validate, tasks) {
  if (!validate(tasks)) fail(JSON.stringify(validate.errors.slice(0, 5)));
}

export async function run(site) {
  const folder = join(site, "data");
  const rows = await withCopy(folder, check);
  const validate = validator(folder);
  const tasks = JSON.parse(readFileSync(join(folder, "tasks.json"), "utf8"));
  checkTasks(validate, tasks);
  return {
    checked: rows + tasks.length,
    spoiled: [
      () => withCopy(folder, check, ["datapackage.json", (text) => text.replace('"name": "tasks"', '"name": "All tasks"')]),
      () => withCopy(folder, check, ["deadlines.csv", (text) => text.replace(/\d{4}-\d\d-\d\d/, "soon")]),
      () => checkTasks(validate, [{ ...tasks[0], number: "1" }]),
      () => checkTasks(validate, [{ ...tasks[0], deadlines: [{ kind: "soon" }] }]),
    ],
  };
}
