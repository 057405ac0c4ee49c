// Each of our own rules finds what it is for, in a document that is otherwise good.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";

const here = new URL("..", import.meta.url).pathname;

function good() {
  return {
    openapi: "3.1.0",
    info: { title: "Small", version: "1" },
    paths: {
      "/v1/things": {
        patch: {
          operationId: "changeThing",
          requestBody: {
            content: {
              "application/json": {
                schema: { $ref: "#/components/schemas/ThingRequest" },
                example: { colour: "red" },
              },
            },
          },
          responses: {
            200: {
              description: "The thing",
              content: {
                "application/json": {
                  schema: { $ref: "#/components/schemas/Thing" },
                  example: { colour: "red" },
                },
              },
            },
          },
        },
      },
    },
    components: {
      schemas: {
        ThingRequest: {
          type: "object",
          properties: {
            colour: { type: "string", enum: ["red"] },
            colours: { type: "array", items: { type: "string", enum: ["red"] } },
            owner: { type: "string", format: "uuid" },
          },
        },
        Thing: {
          type: "object",
          properties: {
            colour: { type: "string", "x-extensible-enum": ["red"] },
            part: { anyOf: [{ $ref: "#/components/schemas/Part" }, { type: "null" }] },
            names: { type: "object", additionalProperties: { type: "string" } },
          },
        },
        Part: { type: "object", properties: { name: { type: "string" } } },
      },
    },
  };
}

const thing = (document) => document.components.schemas.Thing.properties;
const request = (document) => document.components.schemas.ThingRequest.properties;
const change = (document) => document.paths["/v1/things"].patch;

/** By the name of a rule, what it has to find. */
const bad = {
  "open-enums-in-responses": [
    (d) => (thing(d).colour = { type: "string", enum: ["red"] }),
    (d) => (thing(d).colour = { type: "string", const: "red" }),
    (d) => (d.components.schemas.Part.properties.name.enum = ["a"]),
  ],
  "no-one-of": [(d) => (thing(d).part = { oneOf: [{ $ref: "#/components/schemas/Part" }] })],
  "no-discriminator": [(d) => (d.components.schemas.Thing.discriminator = { propertyName: "colour" })],
  "no-free-form-objects": [
    (d) => (thing(d).more = { type: "object" }),
    (d) => (thing(d).more = {}),
    (d) => (thing(d).more = { type: ["object", "null"] }),
    (d) => (thing(d).more = { type: "object", additionalProperties: true }),
    (d) => (thing(d).more = { type: "object", additionalProperties: {} }),
    (d) => (thing(d).more = { type: "array", items: { type: "object" } }),
    (d) => (d.components.schemas.Part.additionalProperties = true),
  ],
  "no-merge-patch": [
    (d) => {
      const body = change(d).requestBody;
      body.content = { "application/merge-patch+json": body.content["application/json"] };
    },
  ],
  "no-any-of-but-null": [
    (d) => {
      const colour = { anyOf: [{ type: "string", enum: ["red"] }, { type: "string" }] };
      request(d).colour = colour;
    },
    (d) => (thing(d).part = { anyOf: [{ $ref: "#/components/schemas/Part" }, { type: "string" }] }),
  ],
  "no-unbounded-requests": [
    (d) => (request(d).name = { type: "string" }),
    (d) => (request(d).name = { type: ["string", "null"] }),
    (d) => (request(d).name = { type: "string", format: "uri" }),
    (d) => (request(d).size = { type: "integer", maximum: 5 }),
    (d) => (request(d).names = { type: "array", items: { type: "string", maxLength: 5 } }),
    (d) => (request(d).names = { type: "array", maxItems: 5, items: { type: "string" } }),
    (d) => (change(d).parameters = [{ name: "by", in: "query", schema: { type: "string" } }]),
  ],
  "no-missing-examples": [
    (d) => delete change(d).requestBody.content["application/json"].example,
    (d) => delete change(d).responses[200].content["application/json"].example,
  ],
};

const cases = [{ rule: "none", document: good() }];
for (const [rule, spoils] of Object.entries(bad)) {
  for (const spoil of spoils) {
    const document = good();
    spoil(document);
    cases.push({ rule: `stillpoint-${rule}`, document });
  }
}

test("each of our own rules finds what it is for, and nothing else", () => {
  const folder = mkdtempSync(join(tmpdir(), "stillpoint-rules-"));
  try {
    const files = cases.map(({ document }, number) => {
      const file = join(folder, `${number}.json`);
      writeFileSync(file, JSON.stringify(document));
      return file;
    });
    const command = ["lint", "--ruleset", join(here, ".spectral.yaml"), "--format", "json", "--quiet", ...files];
    const run = spawnSync(join(here, "node_modules/.bin/spectral"), command, { encoding: "utf8" });
    const findings = JSON.parse(run.stdout).filter((finding) => finding.code.startsWith("stillpoint-"));
    cases.forEach(({ rule }, number) => {
      const found = findings.filter((finding) => finding.source.endsWith(`/${number}.json`));
      const codes = [...new Set(found.map((finding) => finding.code))];
      assert.deepEqual(codes, rule === "none" ? [] : [rule], `document ${number}`);
    });
  } finally {
    rmSync(folder, { recursive: true });
  }
});
