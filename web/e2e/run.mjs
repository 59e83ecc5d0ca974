/**
 * Runs every journey, one after the other, against one platform: the one that LYCEUM_URL names
 * (with LYCEUM_SETUP_LINK or LYCEUM_DATA for the first administrator), or a new one that goes away.
 */
import { spawnSync } from "node:child_process";
import { rmSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { platform } from "./platform.mjs";

const JOURNEYS = ["main-job.test.mjs", "panel.test.mjs"];

rmSync(new URL("../test-output/", import.meta.url), { recursive: true, force: true });
const lyceum = await platform();
let failures = 0;
try {
  for (const journey of JOURNEYS) {
    const file = fileURLToPath(new URL(journey, import.meta.url));
    const env = { ...process.env, LYCEUM_URL: lyceum.url, LYCEUM_DATA: lyceum.dataDir };
    const { status } = spawnSync(process.execPath, ["--test", file], { stdio: "inherit", env });
    if (status !== 0) failures += 1;
  }
} finally {
  await lyceum.end();
}
process.exitCode = failures === 0 ? 0 : 1;
