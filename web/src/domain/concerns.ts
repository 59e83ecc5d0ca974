import type { Check } from "../api/health";
import type { Job } from "../api/jobs";
import type { Overview } from "../api/overview";
import type { Provider } from "../api/sign-in";
import { bytes } from "../components/format";

/** Something an administrator should look at: what is wrong, and what to do about it. */
export type Concern = { what: string; next: string };

/** Below these shares of the whole, people begin to notice: saves fail, kernels are killed. */
const MIN_FREE_DISK = 0.1;
const MIN_AVAILABLE_MEMORY = 0.1;

/** Checks whose answers the overview has at hand itself. */
const TOLD = new Set([
  "engine.answers",
  "machine.memory",
  "sign-in.providers",
  "sign-in.secrets",
  "storage.records",
  "work.jobs",
]);

/** Time enough to have a secret renewed by somebody else. */
const SECRET_DAYS = 30;
const DAY_MILLIS = 24 * 60 * 60 * 1000;

const SHORT_OF = {
  CORES: "The machine is short of cores: programs wait for their turn nearly all of the time.",
  MEMORY: "The machine is short of memory: at times nothing goes on until some is free.",
  DISK: "The machine’s disks are too slow for what is asked of them: at times nothing goes on.",
} as const;

/** Everything that is not well, worst first; empty when all is well. */
export function concernsOf(
  overview: Overview,
  jobs: Job[],
  providers: Provider[] = [],
  checks: Check[] = [],
  now: Date = new Date(),
): Concern[] {
  const { engine, disk, memory, calm } = overview;
  const concerns: Concern[] = [];
  if (!engine.reachable) {
    concerns.push({
      what: `The container engine does not answer. ${engine.problem ?? ""}`.trim(),
      next: "No server can start or stop until it does. Run “installer/lyceum status” on the machine.",
    });
  }
  if (disk.totalBytes > 0 && disk.freeBytes / disk.totalBytes < MIN_FREE_DISK) {
    concerns.push({
      what: `The disk is nearly full: ${bytes(disk.freeBytes)} are free.`,
      next: "Nobody can save their work on a full disk. Make room on the machine, or add a disk.",
    });
  }
  if (memory.totalBytes > 0 && memory.availableBytes / memory.totalBytes < MIN_AVAILABLE_MEMORY) {
    concerns.push({
      what: `Memory is nearly used up: ${bytes(memory.availableBytes)} are available.`,
      next: "Stop servers that nobody needs; the list of servers shows when each was last used.",
    });
  }
  if (calm.lack) {
    concerns.push({
      what: SHORT_OF[calm.lack],
      next: `Servers that nobody uses are frozen early${calm.state === "HOLDING" ? ", and starts go one at a time" : ""}, until it is over. If it lasts, give people smaller servers, or the machine more.`,
    });
  }
  for (const job of jobs.filter(failing)) {
    concerns.push({
      what: `The job ${job.name} fails. ${job.failure ?? ""}`.trim(),
      next: "The Jobs page says when it last ran, and runs it again.",
    });
  }
  for (const provider of providers.filter(({ enabled }) => enabled)) {
    concerns.push(...ofProvider(provider, now));
  }
  concerns.push(...ofChecks(checks));
  return concerns;
}

/** The page Health says each whole; those that are shown above are left out. */
function ofChecks(checks: Check[]): Concern[] {
  return checks
    .filter(({ id, level }) => level === "FAULT" && !TOLD.has(id))
    .map(({ words, fix }) => ({ what: words, next: fix ?? "The page Health says more." }));
}

function ofProvider({ title, downSince, downBecause, live }: Provider, now: Date): Concern[] {
  const concerns: Concern[] = [];
  if (downSince) {
    concerns.push({
      what: `${title} signs nobody in since ${new Date(downSince).toLocaleString()}. ${downBecause ?? ""}`.trim(),
      next: "Other ways to sign in work. The page Signing in says more, and undoes a change.",
    });
  }
  const expires = live?.secretExpiresOn;
  if (expires) {
    const days = Math.ceil((Date.parse(`${expires}T23:59:59Z`) - now.getTime()) / DAY_MILLIS);
    if (days <= SECRET_DAYS) {
      concerns.push({
        what:
          days < 1
            ? `The secret of ${title} has expired.`
            : `The secret of ${title} expires on ${expires}.`,
        next: "Make a new one at the provider and enter it on the page Signing in, or nobody comes in by it.",
      });
    }
  }
  return concerns;
}

/** Whether a job's last run failed as a whole, or failed for some of the things it looked at. */
export function failing(job: Job): boolean {
  return Boolean(job.failure) || (job.failed ?? 0) > 0;
}
