// The examples in the documents are those of the folder, and the linter would find one that doesn't fit.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { parse, stringify } from "yaml";

const here = new URL("..", import.meta.url).pathname;
const document = parse(readFileSync(join(here, "openapi.yaml"), "utf8"));
const operations = Object.values(document.paths).flatMap((path) => Object.values(path));

/** The content of the one answer that is no problem. */
const content = (operation) =>
  Object.entries(operation.responses).find(([code]) => code.startsWith("2"))[1].content?.["application/json"];

const resolve = (schema) =>
  schema?.$ref === undefined ? schema : document.components.schemas[schema.$ref.split("/").at(-1)];

/** The values of an example that the document doesn't know. */
function unknown(value, schema) {
  const known = resolve(schema?.anyOf?.[0] ?? schema);
  if (Array.isArray(value)) {
    return value.flatMap((each) => unknown(each, known.items));
  }
  if (value !== null && typeof value === "object") {
    return Object.entries(value).flatMap(([name, member]) =>
      unknown(member, known.properties?.[name] ?? known.additionalProperties),
    );
  }
  const values = known["x-extensible-enum"];
  return values === undefined || values.includes(value) ? [] : [value];
}

/** Whether the linter lets the document pass with this example of `attestAdult`. */
function passes(example) {
  const path = "/v1/me/adult-attestation";
  const changed = structuredClone(document);
  content(changed.paths[path].put).example = example;
  changed.paths = { [path]: changed.paths[path] };
  const folder = mkdtempSync(join(tmpdir(), "stillpoint-examples-"));
  try {
    const file = join(folder, "openapi.yaml");
    writeFileSync(file, stringify(changed));
    const command = ["lint", file, "--config", join(here, "redocly.yaml"), "--format", "json"];
    const run = spawnSync(join(here, "node_modules/.bin/redocly"), command, { encoding: "utf8" });
    return !run.stdout.includes("no-invalid-media-type-examples");
  } finally {
    rmSync(folder, { recursive: true });
  }
}

test("each file is the example of an operation", () => {
  for (const file of readdirSync(join(here, "examples"))) {
    const operation = operations.find(({ operationId }) => `${operationId}.json` === file);
    assert.ok(operation, `${file} is of no operation`);
    assert.deepEqual(content(operation).example, JSON.parse(readFileSync(join(here, "examples", file), "utf8")), file);
  }
});

test("examples have no values that the document doesn't know", () => {
  for (const operation of operations.filter(content)) {
    assert.deepEqual(unknown(content(operation).example, content(operation).schema), [], operation.operationId);
  }
});

const me = content(document.paths["/v1/me/adult-attestation"].put).example;
test("an example that fits passes", () => assert.ok(passes(me)));
test("one with an unknown member is found", () => assert.ok(!passes({ ...me, more: 1 })));
test("one without a member that has to be there is found", () => assert.ok(!passes({ ...me, id: undefined })));
test("one with a value of another type is found", () => assert.ok(!passes({ ...me, timeZone: 1 })));
