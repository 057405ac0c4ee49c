// Generates a client for each language, compiles it, and uses it: against a sandbox, and against answers such as a
// later version might give. Swift's and Dart's are looked at as text. `npm run clients java dart` does some of them.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { cpSync, mkdirSync, readFileSync, readdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import openapiTS, { astToString } from "openapi-typescript";
import { withSandbox } from "./sandbox.mjs";
import { calls, strangeServer } from "./strange.mjs";

const here = new URL(".", import.meta.url).pathname;
const target = join(here, "../target/clients");

const clients = {
  java: { source: "client/src/main/java", use: useOnJvm },
  "kotlin-moshi": { source: "client/src/main/kotlin", use: useOnJvm },
  "kotlin-kotlinx": { source: "client/src/main/kotlin", use: useOnJvm },
  "kotlin-multiplatform": { source: "client/src/commonMain/kotlin", use: useOnJvm },
  "typescript-fetch": { source: "client", use: useFetch },
  "openapi-typescript": { use: useOpenapiTypescript },
  swift: {
    source: "client/Sources",
    use: generate,
    has: [
      /func raisePause\(relationshipId: UUID, idempotencyKey: String\? = nil, raisePauseRequest: RaisePauseRequest\? =/,
      /struct Pause: [^]*?\n    public var state: String\n/,
      /enum PauseKind: [^]*?case unknownDefaultOpenApi = /,
    ],
    declares: /(?:struct|enum) (\w+): /g,
    uses: /public var \w+: \[?(\w+)|RequestBuilder<(\w+)>/g,
  },
  dart: {
    source: "client/lib",
    use: generate,
    has: [
      /raisePause\(\{\s+required String relationshipId,\s+String\? idempotencyKey,\s+RaisePauseRequest\? raise/,
      /class Pause \{[^]*?\n  final String state;/,
      /enum PauseKind \{[^]*?unknownDefaultOpenApi\(/,
    ],
    declares: /^(?:class|enum) (\w+) /gm,
    uses: /^  final (?:List<)?(\w+)|Future<Response<(\w+)>/gm,
  },
};

/** What nobody wants to see in a client: what has lost its type or its name. */
const ugly =
  /\b(kotlin\.Any>|JSONValue|InlineObject|value1|Default(Api|API)|\w+\d+Response|Map<String, Object>)|: Any\b/;

/** Types of Swift and of Dart. */
const builtIn = ["String", "Int", "Int64", "Bool", "UUID", "Date", "Void", "int", "bool", "DateTime", "void", "Dio"];

async function run(command, ...args) {
  const child = spawn(command, args, { cwd: here, stdio: ["ignore", "pipe", "pipe"] });
  let output = "";
  child.stdout.on("data", (data) => (output += data));
  child.stderr.on("data", (data) => (output += data));
  const [status] = await once(child, "exit");
  if (status !== 0) {
    throw new Error(output.slice(-4000));
  }
  return output;
}

function maven(client, ...goals) {
  return run("../mvnw", "-q", "-f", "clients/pom.xml", `-Dclient=${client}`, `-Dtarget=${target}`, ...goals);
}

async function generate(client) {
  await maven(client, "generate-sources");
}

async function useOnJvm(client, sandbox) {
  const tour = [sandbox.url, sandbox.ana, sandbox.ben, sandbox.strange, sandbox.calls];
  await maven(client, "compile", "exec:java", `-Dexec.args=${tour.join(" ")}`);
}

async function useFetch(client, sandbox) {
  await generate(client);
  await useTypescript(client, sandbox);
}

async function useOpenapiTypescript(client, sandbox) {
  mkdirSync(join(target, client), { recursive: true });
  const types = await openapiTS(new URL("openapi.yaml", import.meta.url));
  writeFileSync(join(target, client, "client.ts"), astToString(types));
  await useTypescript(client, sandbox);
}

async function useTypescript(client, sandbox) {
  const folder = join(target, client);
  cpSync(join(here, "clients", client, "tour.ts"), join(folder, "tour.ts"));
  writeFileSync(join(folder, "package.json"), '{"type": "module"}');
  const compilerOptions = {
    strict: true,
    noUncheckedIndexedAccess: true,
    target: "es2022",
    module: "nodenext",
    types: [],
    outDir: "js",
  };
  writeFileSync(join(folder, "tsconfig.json"), JSON.stringify({ compilerOptions, files: ["tour.ts"] }));
  await run("node_modules/.bin/tsc", "-p", folder);
  const tour = await import(join(folder, "js/tour.js"));
  await tour.tap(sandbox.url, sandbox.ana, sandbox.ben, assert.deepEqual);
  for (const call of calls()) {
    const answer = await tour.call(`${sandbox.strange}/${call.round}`, call);
    const readable = JSON.stringify(answer ?? null).split("unheard-of").length - 1;
    assert.equal(readable, call.strange, `${call.operation}, ${call.round}`);
  }
}

/** Looks at what was generated. */
function look(client, { source, has = [], declares, uses }) {
  if (source === undefined) {
    return;
  }
  const folder = join(target, client, source);
  const files = readdirSync(folder, { recursive: true }).filter((file) => /(^|\/)(api|model)s?\/[^/]+$/i.test(file));
  assert.ok(files.length > 200, `There are only ${files.length} files`);
  const each = files.map((file) => readFileSync(join(folder, file), "utf8"));
  const all = each.join("\n");
  assert.doesNotMatch(all, ugly, `There is ${ugly.exec(all)?.[0]} in it`);
  for (const text of has) {
    assert.ok(each.some((file) => text.test(file)), `Nothing like ${text} is in it`);
  }
  if (uses) {
    const named = (pattern) => [...all.matchAll(pattern)].map((found) => found[1] ?? found[2]);
    const declared = new Set([...builtIn, ...named(declares)]);
    const dangling = named(uses).find((type) => !declared.has(type));
    assert.equal(dangling, undefined, `There is no ${dangling} in it`);
  }
}

async function token(url, subject) {
  const answer = await fetch(`${url}/sandbox/tokens`, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ subject }),
  });
  return (await answer.json()).accessToken;
}

/** The README's walks, word by word but for the address of the sandbox. */
function walks() {
  const sections = readFileSync(join(here, "README.md"), "utf8").split(/^### /m);
  const found = sections.map((section) => /^(.*)\n[^]*?```sh\n([^]*?)```/.exec(section));
  return found
    .filter((walk) => /first-?tap/i.test(walk?.[2]))
    .map(([, title, commands]) => [title, { use: (_, sandbox) => walk(commands, sandbox.url) }]);
}

async function walk(commands, url) {
  const said = await run("bash", "-euc", `cd ..\n${commands.replaceAll("http://127.0.0.1:8080", url)}`);
  assert.match(said, /In force: true\nBen's phone shows: ./);
}

Object.assign(clients, Object.fromEntries(walks()));
const wanted = process.argv.slice(2);
const names = wanted.length > 0 ? wanted : Object.keys(clients);
rmSync(target, { recursive: true, force: true });
mkdirSync(target, { recursive: true });
// Where what is generated finds its libraries.
symlinkSync(join(here, "node_modules"), join(target, "node_modules"));
const list = join(target, "calls.tsv");
writeFileSync(list, calls().map(({ round, api, operation, strange, body }) =>
  [round, api, operation, strange, JSON.stringify(body ?? null)].join("\t") + "\n").join(""));
const strange = await strangeServer();

process.exitCode = await withSandbox(async (url) => {
  let failed = 0;
  const lane = async () => {
    for (let name = names.shift(); name !== undefined; name = names.shift()) {
      const began = Date.now();
      let became;
      try {
        const [ana, ben] = [await token(url, `ana-${name}`), await token(url, `ben-${name}`)];
        await clients[name].use(name, { url, ana, ben, strange: strange.url, calls: list });
        look(name, clients[name]);
        became = "good";
      } catch (failure) {
        failed++;
        became = `failed: ${failure.message}`;
      }
      console.log(`${name}: ${became} (${Math.round((Date.now() - began) / 1000)} s)`);
    }
  };
  await Promise.all(Array.from({ length: Math.min(2, availableParallelism()) }, lane));
  return failed === 0 ? 0 : 1;
});
strange.close();
