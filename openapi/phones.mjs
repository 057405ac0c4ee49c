// Builds the script of the sandbox's page, phones/phones.ts with the client that is generated for it. With --check, it
// fails if what is committed is another one.
import { build } from "esbuild";
import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const here = new URL(".", import.meta.url).pathname;
const script = join(here, "../src/main/resources/sandbox-page/phones.js");
const target = join(here, "../target/phones");

function run(command, ...args) {
  const { status } = spawnSync(command, args, { cwd: here, stdio: ["ignore", "ignore", "inherit"] });
  if (status !== 0) {
    process.exit(1);
  }
}

rmSync(target, { recursive: true, force: true });
mkdirSync(target, { recursive: true });
run("../mvnw", "-q", "-f", "clients/pom.xml", "-Dclient=typescript-fetch", `-Dtarget=${target}`, "generate-sources");
const folder = join(target, "typescript-fetch");
cpSync(join(here, "phones/phones.ts"), join(folder, "phones.ts"));
writeFileSync(join(folder, "package.json"), '{"type": "module"}');
const compilerOptions = {
  strict: true,
  noUncheckedIndexedAccess: true,
  target: "es2022",
  module: "nodenext",
  lib: ["es2022", "dom", "dom.iterable"],
  types: [],
  noEmit: true,
};
writeFileSync(join(folder, "tsconfig.json"), JSON.stringify({ compilerOptions, files: ["phones.ts"] }));
run("node_modules/.bin/tsc", "-p", folder);
const { outputFiles } = await build({
  absWorkingDir: folder,
  entryPoints: ["phones.ts"],
  bundle: true,
  format: "esm",
  target: "es2022",
  minifyWhitespace: true,
  write: false,
  logLevel: "error",
});
const built = outputFiles[0].text;
if (!process.argv.includes("--check")) {
  writeFileSync(script, built);
} else if (readFileSync(script, "utf8") !== built) {
  console.error("The sandbox's page is made of another contract: npm run page --prefix openapi");
  process.exit(1);
}
