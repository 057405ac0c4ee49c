// Reads the feed that CalendarFeedTest has left, and fails where this parser reads something else.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import ICAL from "ical.js";

const [folder] = process.argv.slice(2);
const planned = JSON.parse(readFileSync(`${folder}/planned.json`, "utf8"));
const calendar = new ICAL.Component(ICAL.parse(readFileSync(`${folder}/feed.ics`, "utf8")));

const read = calendar.getAllSubcomponents("vevent").map((component) => {
  const event = new ICAL.Event(component);
  return {
    startsAt: time(event.startDate),
    endsAt: time(event.endDate),
    title: event.summary,
    status: component.getFirstPropertyValue("status"),
    sequence: event.sequence,
  };
});

function time(value) {
  return value.toJSDate().toISOString().replace(".000Z", "Z");
}

assert.ok(planned.length > 1);
assert.deepEqual(read, planned);
console.log(`ical.js reads all ${read.length} entries of the calendar.`);
