/**
 * Builds the panel into a directory, and does only what is needed: packages are installed when the
 * lock file is another than the installed one, the panel is built when a source has changed since.
 *
 *   node scripts/build.mjs OUTPUT_DIRECTORY
 */
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

const OLDEST_NODE = 18; // what Debian 12 has
const PANEL = dirname(dirname(fileURLToPath(import.meta.url)));
const SOURCES = [
  "public",
  "src",
  "index.html",
  "package-lock.json",
  "tsconfig.json",
  "vite.config.ts",
];

const [output] = process.argv.slice(2);
if (!output) fail(64, "usage: node scripts/build.mjs OUTPUT_DIRECTORY");
if (Number(process.versions.node.split(".")[0]) < OLDEST_NODE) {
  fail(69, `Node.js ${OLDEST_NODE} or newer is needed, this is ${process.versions.node}.`);
}
process.chdir(PANEL);

unlessDone("packages", "node_modules", hashOf(["package-lock.json"]), () =>
  run("npm", ["ci", "--no-audit", "--no-fund", "--ignore-scripts"]),
);
unlessDone("panel", join(resolve(output), "index.html"), hashOf(SOURCES), () => {
  run("npm", ["run", "--silent", "typecheck"]);
  run("npm", ["run", "--silent", "bundle", "--", "--outDir", resolve(output)]);
});

/** Does the work unless its result is there and a stamp says that it came from the same input. */
function unlessDone(what, result, input, work) {
  const stamp = `node_modules/.lyceum-${what}-stamp`;
  const made = `${input} ${result}`;
  const done = existsSync(result) && existsSync(stamp) && readFileSync(stamp, "utf8") === made;
  console.log(`web: ${what} ${done ? "up to date" : "changed"}`);
  if (done) return;
  work();
  writeFileSync(stamp, made);
}

/** One hash over names and contents of files and of everything in directories. */
function hashOf(paths) {
  const hash = createHash("sha256");
  for (const path of paths.flatMap(filesIn).sort()) {
    hash.update(`${path}\0`).update(readFileSync(path)).update("\0");
  }
  return hash.digest("hex");
}

function filesIn(path) {
  return statSync(path).isDirectory()
    ? readdirSync(path).flatMap((name) => filesIn(join(path, name)))
    : [path];
}

function run(program, args) {
  const { status, error } = spawnSync(program, args, { stdio: "inherit" });
  if (error) fail(69, `${program} cannot be run (${error.code}); install it and try again.`);
  if (status !== 0) fail(1, `“${program} ${args.join(" ")}” failed; its own words are above.`);
}

function fail(status, sentence) {
  console.error(`web: ${sentence}`);
  process.exit(status);
}
