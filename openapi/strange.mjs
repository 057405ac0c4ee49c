// A server that answers every operation as a later version of this API might: with values, types and members that
// nobody has heard of, and with null for what may be missing. It refuses what isn't as the contract says.
import { isDeepStrictEqual } from "node:util";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import { parse } from "yaml";

const contract = parse(readFileSync(new URL("openapi.yaml", import.meta.url), "utf8"));
const rounds = ["all", "null", "least"];
const samples = {
  uuid: "01939a00-5c1e-7b52-9d5e-3f1f6f0a4c11",
  "date-time": "2026-11-03T21:04:05.678Z",
  date: "2026-11-03",
  uri: "https://example.com/",
};

function resolve(schema) {
  return schema.$ref ? contract.components.schemas[schema.$ref.split("/").at(-1)] : schema;
}

/** A value of that schema; `round` is undefined for what is sent, and says how strange what is answered is. */
function value(of, round) {
  const schema = resolve(of);
  if (schema.enum) {
    return schema.enum[0];
  }
  if (schema["x-extensible-enum"]) {
    return round ? "unheard-of" : schema["x-extensible-enum"][0];
  }
  switch (schema.type) {
    case "object":
      return object(schema, round);
    case "array":
      return round === "null" || round === "least" ? [] : [value(schema.items, round)];
    case "integer":
      return schema.minimum ?? 1;
    case "boolean":
      return true;
    case "string":
      return samples[schema.format] ?? "x";
    default:
      throw new Error(`A value of ${JSON.stringify(schema)}?`);
  }
}

function object(schema, round) {
  const made = {};
  for (const [name, property] of Object.entries(schema.properties ?? {})) {
    if (schema.required?.includes(name) || round === undefined || round === "all") {
      made[name] = value(property, round);
    } else if (round === "null") {
      made[name] = null;
    }
  }
  return round ? { ...made, surprise: { deep: [1, null, "text"] }, unknownFlag: true } : made;
}

const operations = Object.entries(contract.paths).flatMap(([path, methods]) =>
  Object.entries(methods)
    .filter(([method]) => method !== "parameters")
    .map(([method, operation]) => described(path, method, operation)),
);

function described(path, method, operation) {
  const status = Object.keys(operation.responses).find((code) => code.startsWith("2"));
  const content = operation.responses[status].content;
  const sent = operation.requestBody?.content["application/json"].schema;
  return {
    path,
    method,
    operation: operation.operationId,
    api: operation.tags[0].split(/[^A-Za-z]/).map((word) => word[0].toUpperCase() + word.slice(1)).join("") + "Api",
    status: Number(status),
    schema: content?.["application/json"]?.schema,
    // Text is for other programs than a generated client: a calendar, and a reader of streams.
    other: content !== undefined && content["application/json"] === undefined,
    parameters: (operation.parameters ?? []).map((parameter) => ({
      name: parameter.name,
      in: parameter.in,
      format: resolve(parameter.schema).format,
      value: resolve(parameter.schema).type === "array" ? ["x"] : value(parameter.schema),
    })),
    body: sent && value(sent),
    model: sent?.$ref.split("/").at(-1),
    pattern: new RegExp(`^/(${rounds.join("|")})${path.replace(/[.]/g, "\\.").replace(/\{\w+\}/g, "[^/]+")}$`),
  };
}

/** Every operation in every round, and how many values that nobody has heard of its answer has. */
export function calls() {
  return operations
    .filter(({ other }) => !other)
    .flatMap((operation) =>
      rounds.map((round) => ({
        ...operation,
        round,
        strange: operation.schema ? JSON.stringify(value(operation.schema, round)).split("unheard-of").length - 1 : 0,
      })),
    );
}

/** Null is the same as left out, and an instant the same in each of its spellings. */
function plain(json) {
  return JSON.parse(JSON.stringify(json), (_, it) =>
    it === null ? undefined : /^\d{4}-\d\d-\d\dT/.test(it) ? new Date(it).toISOString() : it,
  );
}

function flaw({ parameters, body }, request, url, text) {
  for (const { name, in: place } of parameters) {
    if (place === "query" && !url.searchParams.has(name)) {
      return `${name} is not in the query`;
    }
    if (place === "header" && request.headers[name.toLowerCase()] === undefined) {
      return `${name} is not in the headers`;
    }
  }
  if (body === undefined ? text !== "" : !isDeepStrictEqual(plain(JSON.parse(text)), plain(body))) {
    return `${text} was sent, and not ${JSON.stringify(body)}`;
  }
  return undefined;
}

export async function strangeServer() {
  const server = createServer(async (request, response) => {
    const url = new URL(request.url, "http://localhost");
    let text = "";
    for await (const chunk of request) {
      text += chunk;
    }
    const operation = operations.find(
      ({ method, pattern }) => method === request.method.toLowerCase() && pattern.test(url.pathname),
    );
    const wrong = operation ? flaw(operation, request, url, text) : `${request.method} ${url.pathname} isn't there`;
    if (wrong) {
      response.writeHead(400, { "Content-Type": "application/problem+json" });
      response.end(JSON.stringify({ title: wrong }));
      return;
    }
    response.setHeader("ETag", '"1"');
    if (operation.schema) {
      response.writeHead(operation.status, { "Content-Type": "application/json" });
      response.end(JSON.stringify(value(operation.schema, url.pathname.split("/")[1])));
    } else {
      response.writeHead(operation.status);
      response.end();
    }
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return { url: `http://127.0.0.1:${server.address().port}`, close: () => server.close() };
}
