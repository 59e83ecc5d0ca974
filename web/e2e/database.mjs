import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";

/** What no page can do yet is written into the platform's database, as it lies there. */
export async function write(dataDir, statement) {
  const database = join(dataDir, "lyceum.db");
  const options = ["-cmd", ".timeout 5000", "-cmd", "PRAGMA foreign_keys = on"];
  await promisify(execFile)("sqlite3", [...options, database, statement]);
}
