import type { EnvironmentDetail, Machine, ProfileDetail } from "../../api/catalog";
import { bytes, plural } from "../../components/format";

export const GIB = 1024 ** 3;

export function cores(milli: number): string {
  const count = milli / 1000;
  return `${Number(count.toFixed(2))} ${count === 1 ? "core" : "cores"}`;
}

/** `2 GiB of memory, 1.5 cores`. */
export function size({ memoryBytes, milliCpus }: { memoryBytes: number; milliCpus: number }) {
  return `${bytes(memoryBytes)} of memory, ${cores(milliCpus)}`;
}

/** Whom a profile is for, in words. */
export function audience({ everybody, groups, roles }: ProfileDetail): string {
  if (everybody) return "Everybody";
  const all = [...groups.map((name) => `group ${name}`), ...roles.map((name) => `role ${name}`)];
  return all.length === 0 ? "Nobody" : all.join(", ");
}

export function titleOf(environments: EnvironmentDetail[], id: number): string {
  return environments.find((each) => each.id === id)?.title ?? "";
}

/**
 * What may happen when less is promised than servers may use; null when all is promised. Says
 * figures, because a ratio alone frightens nobody.
 */
export function risk(memory: number, promised: number, machine: Machine): string | null {
  if (!(promised > 0) || promised >= memory) return null;
  const fits = Math.floor(machine.capacityBytes / promised);
  const wanted = fits * memory;
  return (
    `${plural(fits, "server")} of this size can run at once. If all use what they may, they want ` +
    `${bytes(wanted)} of ${bytes(machine.capacityBytes)}: the kernel then ends programs of people ` +
    "who did nothing wrong, and their unsaved work is lost."
  );
}

/** `2 × GPU`; by its name alone when the machine has it no more. */
export function deviceWords(wish: { kind: string; count: number }, machine: Machine): string {
  const label = machine.devices.find((each) => each.name === wish.kind)?.label;
  return `${wish.count} × ${label ?? `${wish.kind} (not on this machine)`}`;
}
