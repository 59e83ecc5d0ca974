import { execFile, spawn } from "node:child_process";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

const LYCEUM = fileURLToPath(new URL("../../installer/lyceum", import.meta.url));

/** The first start on a bare machine builds everything, images too. */
const UP_MILLIS = 60 * 60_000;

/**
 * A platform to try: the one that LYCEUM_URL names, or a new one on a free port with a data
 * directory that goes away with it.
 *
 * @param slots whether servers wait for people; without, each start takes its steps one by one
 * @param freezeAfter without use a server sleeps after this
 * @returns {Promise<{url: string, dataDir: string, end: () => Promise<void>}>}
 */
export async function platform({ slots = false, freezeAfter = "20m" } = {}) {
  const { LYCEUM_URL: url, LYCEUM_DATA: dataDir = "" } = process.env;
  if (url) return { url: url.replace(/\/$/, ""), dataDir, end: async () => {} };

  const directory = await mkdtemp(join(tmpdir(), "lyceum-e2e-"));
  const port = await freePort();
  const options = ["--data-dir", directory];
  const end = async () => {
    await lyceum(["down", "--servers", ...options], UP_MILLIS);
    await removeServers(directory);
    await lyceum(["storage", "close", ...options], UP_MILLIS).catch(() => {}); // it may not be there
    await rm(directory, { recursive: true, force: true });
  };
  try {
    const up = ["up", "--detach", "--yes", "--port", String(port), ...options];
    await lyceum(up, UP_MILLIS, {
      LYCEUM_STORAGE__POOL_SIZE: "1GiB",
      LYCEUM_SLOTS__ENABLED: String(slots),
      LYCEUM_SERVERS__FREEZE_AFTER: freezeAfter,
    });
  } catch (error) {
    await end();
    throw error;
  }
  return { url: `http://127.0.0.1:${port}`, dataDir: directory, end };
}

/** A setup link that has not been used: the one that LYCEUM_SETUP_LINK names, or a new one. */
export async function setupLink(dataDir) {
  if (process.env.LYCEUM_SETUP_LINK) return process.env.LYCEUM_SETUP_LINK;
  const { stdout } = await promisify(execFile)(LYCEUM, ["setup-link", "--data-dir", dataDir]);
  const link = stdout.match(/https?:\/\/\S+/)?.[0];
  if (!link) throw new Error(`"lyceum setup-link" printed no link: ${stdout}`);
  return link;
}

/** Runs the installer's command with its words on our own output, so that a long build is seen. */
function lyceum(args, timeoutMillis, variables = {}) {
  return new Promise((done, failed) => {
    const child = spawn(LYCEUM, args, {
      stdio: ["ignore", "inherit", "inherit"],
      timeout: timeoutMillis,
      env: { ...process.env, ...variables },
    });
    child.on("error", failed);
    child.on("exit", (code) =>
      code === 0 ? done() : failed(new Error(`lyceum ${args[0]} ended with ${code}`)),
    );
  });
}

/** How many servers of the platform are frozen, as the engine says. */
export async function asleep(dataDir) {
  const id = await readFile(join(dataDir, "keys/platform-id"), "utf8");
  const ours = ["--filter", `label=org.lyceum.platform=${id.trim()}`, "--filter", "status=paused"];
  const { stdout } = await promisify(execFile)("docker", ["ps", "--quiet", ...ours]);
  return stdout.split("\n").filter(Boolean).length;
}

/** A journey that failed half-way leaves containers, which carry their platform's id. */
async function removeServers(dataDir) {
  const id = await readFile(join(dataDir, "keys/platform-id"), "utf8").catch(() => "");
  if (!id.trim()) return;
  const ours = ["ps", "--all", "--quiet", "--filter", `label=org.lyceum.platform=${id.trim()}`];
  const { stdout } = await promisify(execFile)("docker", ours);
  const containers = stdout.split("\n").filter(Boolean);
  if (containers.length > 0) await promisify(execFile)("docker", ["rm", "--force", ...containers]);
}

async function freePort() {
  const server = createServer().listen(0, "127.0.0.1");
  await new Promise((listening) => server.once("listening", listening));
  const { port } = server.address();
  await new Promise((closed) => server.close(closed));
  return port;
}
