/** Words for numbers and times. Each takes what the API sends and returns what a person reads. */

const UNITS = ["bytes", "KiB", "MiB", "GiB", "TiB"] as const;

/** `1610612736` → `1.5 GiB`: three figures at most, binary units. */
export function bytes(count: number): string {
  let value = count;
  let unit = 0;
  while (value >= 1024 && unit < UNITS.length - 1) {
    value /= 1024;
    unit += 1;
  }
  const digits = unit === 0 || value >= 100 ? 0 : value >= 10 ? 1 : 2;
  return `${Number(value.toFixed(digits))} ${UNITS[unit]}`;
}

const STEPS = [
  { seconds: 86_400, unit: "day" },
  { seconds: 3_600, unit: "hour" },
  { seconds: 60, unit: "minute" },
] as const;

/** How long ago, roughly: `just now`, `4 minutes ago`, `2 days ago`. A future time is `just now`. */
export function ago(then: Date, now: Date): string {
  const seconds = (now.getTime() - then.getTime()) / 1000;
  for (const step of STEPS) {
    const count = Math.floor(seconds / step.seconds);
    if (count >= 1) return `${plural(count, step.unit)} ago`;
  }
  return "just now";
}

/** `90` → `90 seconds`, `300` → `5 minutes`: the largest unit that stays whole. */
export function every(seconds: number): string {
  for (const step of STEPS) {
    if (seconds % step.seconds === 0 && seconds > 0)
      return plural(seconds / step.seconds, step.unit);
  }
  return plural(seconds, "second");
}

/** `412` → `412 ms`, `3210` → `3.2 s`. */
export function took(millis: number): string {
  return millis < 1000 ? `${Math.round(millis)} ms` : `${(millis / 1000).toFixed(1)} s`;
}

export function plural(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? "" : "s"}`;
}
