// The packaged application as a sandbox with a folder of its own, for as long as something needs it.
import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, openSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

const jar = new URL("../target/quarkus-app/quarkus-run.jar", import.meta.url).pathname;

/** The first Java that is new enough, in the places where mvnw looks too. */
function findJava() {
  const folder = "/usr/lib/jvm";
  const homes = existsSync(folder) ? readdirSync(folder).map((home) => join(folder, home)) : [];
  const all = [process.env.JAVA_HOME, ...homes].filter(Boolean).map((home) => join(home, "bin/java"));
  return [...all.slice(0, 1), "java", ...all.slice(1)].find((java) => {
    const said = spawnSync(java, ["-version"], { encoding: "utf8" }).stderr ?? "";
    return Number(/version "(\d+)/.exec(said)?.[1] ?? 0) >= 25;
  });
}

async function freePort() {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address();
  server.close();
  await once(server, "close");
  return port;
}

/** By itself, or killed. */
function hasEnded(server) {
  return server.exitCode !== null || server.signalCode !== null;
}

async function ready(port, server) {
  for (let tries = 0; tries < 240; tries++) {
    if (hasEnded(server)) {
      break;
    }
    try {
      if ((await fetch(`http://127.0.0.1:${port}/health/ready`)).ok) {
        return;
      }
    } catch {
      // It doesn't listen yet.
    }
    await sleep(500);
  }
  throw new Error("The sandbox didn't start.");
}

/** Gives `work` the address of a sandbox, which ends with it. */
export async function withSandbox(work) {
  if (!existsSync(jar)) {
    console.error("Package the application first: ./mvnw -DskipTests package");
    process.exit(1);
  }
  const java = findJava();
  if (java === undefined) {
    console.error("Java 25 or newer is needed: say where it is with JAVA_HOME.");
    process.exit(1);
  }
  const folder = mkdtempSync(join(tmpdir(), "stillpoint-sandbox-"));
  const log = join(folder, "log");
  const [api, management] = [await freePort(), await freePort()];
  const output = openSync(log, "w");
  const server = spawn(java, ["-jar", jar], {
    cwd: folder,
    stdio: ["ignore", output, output],
    env: {
      ...process.env,
      STILLPOINT_SANDBOX: "true",
      STILLPOINT_FOLDER: join(folder, "data"),
      QUARKUS_HTTP_PORT: String(api),
      QUARKUS_MANAGEMENT_PORT: String(management),
    },
  });
  try {
    await ready(management, server);
    return await work(`http://127.0.0.1:${api}`);
  } catch (failure) {
    console.error(readFileSync(log, "utf8").slice(-3000));
    throw failure;
  } finally {
    if (!hasEnded(server)) {
      server.kill("SIGTERM");
      await once(server, "exit");
    }
    rmSync(folder, { recursive: true, force: true });
  }
}
