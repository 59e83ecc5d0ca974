// Stand-in for the platform: serves on LYCEUM_HTTP__PORT, ends on SIGTERM, and fails on demand.
const fs = require("fs");
const http = require("http");

const data = process.cwd();
const on = (demand) => fs.existsSync(`${data}/${demand}`);

console.log(`environment ${Object.keys(process.env).sort().join(" ")}`);
if (process.argv.includes("--storage")) {
  const home = process.argv[process.argv.indexOf("--config") + 1].replace(/\/[^/]*$/, "");
  if (fs.existsSync(`${home}/no-pool`)) {
    console.log("lyceum: The pool that holds people's files: nothing works here");
    process.exit(75);
  }
  console.log("pool: pretended");
  fs.mkdirSync(`${home}/storage`, { recursive: true });
  fs.writeFileSync(`${home}/storage/pool.properties`, "kind=BTRFS\n");
  process.exit(0);
}
if (process.argv.includes("--keeper")) {
  const home = process.argv[process.argv.indexOf("--config") + 1].replace(/\/[^/]*$/, "");
  if (fs.existsSync(`${home}/no-keeper`)) {
    console.log("lyceum: The keeper of people's files: not here");
    process.exit(75);
  }
  fs.rmSync(`${home}/storage/keeper.sock`, { force: true });
  require("net").createServer().listen(`${home}/storage/keeper.sock`);
  process.on("SIGTERM", () => process.exit(0));
  return;
}
if (process.argv.includes("--train")) process.exit(fs.existsSync(`${__dirname}/no-training`) ? 1 : 0);
if (on("bad-config")) {
  console.log("configuration: unknown key http.prt, did you mean http.port?");
  process.exit(78);
}
setTimeout(
  () => http.createServer((_, answer) => answer.end("ok")).listen(process.env.LYCEUM_HTTP__PORT, "127.0.0.1"),
  on("slow") ? 3000 : 0,
);
fs.writeFileSync(`${data}/run/setup-link`, "http://127.0.0.1/hub/setup?secret=1\n");
process.on("SIGTERM", () => process.exit(0));
