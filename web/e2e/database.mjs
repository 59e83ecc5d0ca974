import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";

/**
 * What no page can do or show yet is asked of the platform's database, as it lies there.
 *
 * @returns {Promise<string>} what the statement answers
 */
export async function ask(dataDir, statement) {
  const database = join(dataDir, "lyceum.db");
  const options = ["-cmd", ".timeout 5000", "-cmd", "PRAGMA foreign_keys = on"];
  const { stdout } = await promisify(execFile)("sqlite3", [...options, database, statement]);
  return stdout.trim();
}
