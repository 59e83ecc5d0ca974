/**
 * Runs every journey, one after the other, against one platform: the one that LYCEUM_URL names
 * (with LYCEUM_SETUP_LINK or LYCEUM_DATA for the first administrator), or a new one that goes away.
 * Two more then have platforms of their own: one on which servers wait for people, and one that
 * institutions sign people in to.
 */
import { spawnSync } from "node:child_process";
import { rmSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { platform } from "./platform.mjs";

const JOURNEYS = [
  "main-job.test.mjs",
  "files.test.mjs",
  "panel.test.mjs",
  "communities.test.mjs",
  "environments.test.mjs",
];

// Node's own choice differs from version to version.
const REPORTER = `--test-reporter=${process.stdout.isTTY ? "spec" : "tap"}`;

rmSync(new URL("../test-output/", import.meta.url), { recursive: true, force: true });
let failures = 0;
const lyceum = await platform();
try {
  for (const journey of JOURNEYS) {
    run(journey, { LYCEUM_URL: lyceum.url, LYCEUM_DATA: lyceum.dataDir });
  }
} finally {
  await lyceum.end();
}
run("waiting-server.test.mjs", {});
run("sign-in.test.mjs", {});

function run(journey, variables) {
  const file = fileURLToPath(new URL(journey, import.meta.url));
  const options = { stdio: "inherit", env: { ...process.env, ...variables } };
  const { status } = spawnSync(process.execPath, ["--test", REPORTER, file], options);
  if (status !== 0) failures += 1;
}

process.exitCode = failures === 0 ? 0 : 1;
