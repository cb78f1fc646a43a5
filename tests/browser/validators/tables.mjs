// Open data: the data package and its tables (Frictionless), and tasks.json by its JSON Schema (Ajv).
import { mkdtempSync, cpSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import Ajv from "ajv/dist/2020.js";
import datapackage from "datapackage";
import { fail } from "./files.mjs";

const { Package } = datapackage;

/** Checks a package and reads every row of its tables as the types it states; gives the number of rows. */
async function check(folder) {
  const file = join(folder, "datapackage.json");
  const described = await Package.load(JSON.parse(readFileSync(file, "utf8")), { basePath: folder, strict: true });
  if (!described.valid) fail(described.errors.map((error) => error.message).join("\n"));
  let rows = 0;
  for (const resource of described.resources) {
    if (!resource.tabular) continue;
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

/** Spoils a copy of the folder and checks that. */
async function spoiled(folder, name, change) {
  const copy = mkdtempSync(join(tmpdir(), "gongbao-data-"));
  try {
    cpSync(folder, copy, { recursive: true });
    writeFileSync(join(copy, name), change(readFileSync(join(copy, name), "utf8")));
    await check(copy);
  } finally {
    rmSync(copy, { recursive: true });
  }
}

export async function run(site) {
  const folder = join(site, "data");
  const rows = await check(folder);
  const validate = validator(folder);
  const tasks = JSON.parse(readFileSync(join(folder, "tasks.json"), "utf8"));
  checkTasks(validate, tasks);
  return {
    checked: rows + tasks.length,
    spoiled: [
      () => spoiled(folder, "datapackage.json", (text) => text.replace('"name": "tasks"', '"name": "All tasks"')),
      () => spoiled(folder, "deadlines.csv", (text) => text.replace(/\d{4}-\d\d-\d\d/, "soon")),
      () => checkTasks(validate, [{ ...tasks[0], number: "1" }]),
      () => checkTasks(validate, [{ ...tasks[0], colour: "red" }]),
    ],
  };
}
