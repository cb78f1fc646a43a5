// Holds a built site to outside standards: node validate.mjs SITE. Each validator also shows that it
// can fail, on copies that are spoiled on purpose.
import * as calendars from "./validators/calendars.mjs";
import * as feeds from "./validators/feeds.mjs";
import * as pages from "./validators/pages.mjs";
import * as plans from "./validators/plans.mjs";
import * as tables from "./validators/tables.mjs";

const [site] = process.argv.slice(2);

for (const [name, { run }] of Object.entries({ calendars, feeds, plans, tables, pages })) {
  const { checked, spoiled } = await run(site);
  for (const [index, attempt] of spoiled.entries()) {
    const failed = await Promise.resolve().then(attempt).then(() => false, () => true);
    if (!failed) throw new Error(`${name}: spoiling number ${index + 1} was not noticed`);
  }
  console.log(`${name}: ${checked} checked, ${spoiled.length} spoiled copies refused`);
}
