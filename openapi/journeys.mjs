// Runs the journeys against a sandbox.
import { spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { join } from "node:path";
import { withSandbox } from "./sandbox.mjs";

const here = new URL(".", import.meta.url).pathname;

/** A UUIDv7 of that time, as a phone makes it for each tap. */
function uuid7(milliseconds) {
  const bytes = randomBytes(16);
  bytes.writeUIntBE(milliseconds, 0, 6);
  bytes[6] = 0x70 | (bytes[6] & 0x0f);
  bytes[8] = 0x80 | (bytes[8] & 0x3f);
  return bytes.toString("hex").replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}

process.exitCode = await withSandbox(async (url) => {
  const tappedAt = Date.now() - 60_000;
  const respect = spawn(
    join(here, "node_modules/.bin/redocly"),
    [
      "respect",
      "arazzo.yaml",
      "--server",
      `stillpoint=${url},sandbox=${url}`,
      "--input",
      `tapId=${uuid7(tappedAt)},tappedAt=${new Date(tappedAt).toISOString()}`,
      ...process.argv.slice(2),
    ],
    { cwd: here, stdio: "inherit" },
  );
  const [status] = await once(respect, "exit");
  return status ?? 1;
});
