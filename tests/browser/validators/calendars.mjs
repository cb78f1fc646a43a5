// Calendars, read by a second strict parser (ical.js) and held to RFC 5545.
import ICAL from "ical.js";
import { fail, filesOf } from "./files.mjs";

ICAL.design.strict = true;

const NEEDED = ["uid", "dtstamp", "dtstart"];

/** Reads a calendar and gives the number of its entries. */
export function check(name, text) {
  const calendar = new ICAL.Component(ICAL.parse(text));
  if (calendar.name !== "vcalendar" || calendar.getFirstPropertyValue("version") !== "2.0") {
    fail(`${name}: not iCalendar 2.0`);
  }
  if (!calendar.getFirstPropertyValue("prodid")) fail(`${name}: no PRODID`);
  const events = calendar.getAllSubcomponents();
  const ids = new Set(events.map((event) => entry(name, event)));
  if (events.length === 0 || ids.size !== events.length) fail(`${name}: no entries, or an id twice`);
  return events.length;
}

function entry(name, event) {
  if (event.name !== "vevent") fail(`${name}: a ${event.name}`);
  for (const property of NEEDED) {
    if (event.getAllProperties(property).length !== 1) fail(`${name}: not one ${property}`);
  }
  const { uid, startDate, endDate } = new ICAL.Event(event, { strictExceptions: true });
  if (!startDate.isDate || !endDate.isDate) fail(`${name}: ${uid} is not all day`);
  if (endDate.subtractDate(startDate).toSeconds() !== 86400) fail(`${name}: ${uid} is not one day`);
  if (!event.getFirstPropertyValue("dtstamp").zone.tzid.match(/^UTC$/)) fail(`${name}: DTSTAMP is not in UTC`);
  return uid;
}

export function run(site) {
  const files = filesOf(site, ".ics");
  const counts = files.map(([name, text]) => check(name, text));
  const whole = files.findIndex(([name]) => name === "zh/deadlines.ics");
  if (counts[whole] !== 59) fail(`zh/deadlines.ics has ${counts[whole]} entries`);
  const [name, text] = files[whole];
  return {
    checked: files.length,
    spoiled: [
      () => check(name, text.replace("END:VEVENT", "")),
      () => check(name, text.replace(/^DTSTART.*\r\n/m, "")),
      () => check(name, text.replace(/^DTSTAMP:(.*)Z\r\n/m, "DTSTAMP:$1\r\n")),
    ],
  };
}
