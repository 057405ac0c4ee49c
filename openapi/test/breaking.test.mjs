// The check against the last release finds what breaks a client, and lets pass what only adds.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { parse } from "yaml";

const here = new URL("..", import.meta.url).pathname;
const released = join(here, "released/openapi.yaml");
const text = readFileSync(released, "utf8");
const pauses = "/v1/relationships/{relationshipId}/pauses";
const pause = `${pauses}/{pauseId}`;

/** Whether the check lets this change of the released document pass. */
function passes(change) {
  const document = parse(text);
  change(document, document.components.schemas);
  const folder = mkdtempSync(join(tmpdir(), "stillpoint-breaking-"));
  try {
    const file = join(folder, "openapi.json");
    writeFileSync(file, JSON.stringify(document));
    const command = ["diff", released, file, "--config", join(here, "diff.yaml"), "--format", "json"];
    const run = spawnSync(join(here, "node_modules/.bin/redocly"), command, { encoding: "utf8" });
    assert.ok(run.status === 0 || run.status === 1, run.stderr);
    return run.status === 0;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const breaking = {
  "an operation is removed": (d) => delete d.paths[pause].get,
  "a path is removed": (d) => delete d.paths[`${pause}/lift`],
  "a member of a response is removed": (d, s) => {
    delete s.Pause.properties.discreetText;
    s.Pause.required = s.Pause.required.filter((name) => name !== "discreetText");
  },
  "a member of a request becomes required": (d, s) => (s.RaisePauseRequest.required = ["kind"]),
  "a parameter becomes required": (d) => {
    const parameter = d.paths[pauses].post.parameters.find(({ name }) => name === "Idempotency-Key");
    parameter.required = true;
  },
  "a type is another one": (d, s) => (s.RaisePauseRequest.properties.raisedAt = { type: "integer" }),
  "a body that may be left out is required": (d) => (d.paths[pauses].post.requestBody.required = true),
  "an answer has another status": (d) => {
    const answers = d.paths[pauses].post.responses;
    answers["201"] = answers["200"];
    delete answers["200"];
  },
};

const additive = {
  nothing: () => {},
  "a response has one member more": (d, s) => (s.Pause.properties.more = { type: "string" }),
  "there is one more operation": (d) => {
    d.paths["/v1/more"] = { get: { ...d.paths["/v1/me"].get, operationId: "getMore" } };
  },
};

for (const [name, change] of Object.entries(breaking)) {
  test(`it is found that ${name}`, () => assert.equal(passes(change), false));
}
for (const [name, change] of Object.entries(additive)) {
  test(`it passes: ${name}`, () => assert.equal(passes(change), true));
}
