/**
 * Runs every journey, one after the other, against one platform: the one that LYCEUM_URL names
 * (with LYCEUM_SETUP_LINK or LYCEUM_DATA for the first administrator), or a new one that goes away.
 */
import { spawnSync } from "node:child_process";
import { rmSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { platform } from "./platform.mjs";

const JOURNEYS = ["main-job.test.mjs", "panel.test.mjs", "communities.test.mjs"];

// Node's own choice differs from version to version.
const REPORTER = `--test-reporter=${process.stdout.isTTY ? "spec" : "tap"}`;

rmSync(new URL("../test-output/", import.meta.url), { recursive: true, force: true });
const lyceum = await platform();
let failures = 0;
try {
  for (const journey of JOURNEYS) {
    const file = fileURLToPath(new URL(journey, import.meta.url));
    const env = { ...process.env, LYCEUM_URL: lyceum.url, LYCEUM_DATA: lyceum.dataDir };
    const options = { stdio: "inherit", env };
    const { status } = spawnSync(process.execPath, ["--test", REPORTER, file], options);
    if (status !== 0) failures += 1;
  }
} finally {
  await lyceum.end();
}
process.exitCode = failures === 0 ? 0 : 1;
