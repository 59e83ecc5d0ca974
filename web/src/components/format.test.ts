import { expect, test } from "vitest";
import { ago, bytes, every, plural, took } from "./format";

test("sizes have three figures at most and binary units", () => {
  expect([0, 1023, 1024, 1610612736, 2147483648, 123456789012].map(bytes)).toEqual([
    "0 bytes",
    "1023 bytes",
    "1 KiB",
    "1.5 GiB",
    "2 GiB",
    "115 GiB",
  ]);
});

test("a time is rounded down to its largest unit, and the future is now", () => {
  const now = new Date("2026-01-03T12:00:00Z");
  const words = (then: string) => ago(new Date(then), now);
  expect(words("2026-01-03T11:59:30Z")).toBe("just now");
  expect(words("2026-01-03T11:58:59Z")).toBe("1 minute ago");
  expect(words("2026-01-03T09:01:00Z")).toBe("2 hours ago");
  expect(words("2026-01-01T11:00:00Z")).toBe("2 days ago");
  expect(words("2026-01-03T12:05:00Z")).toBe("just now");
});

test("an interval is told in the largest unit that stays whole", () => {
  expect([30, 60, 90, 300, 3600, 86400].map(every)).toEqual([
    "30 seconds",
    "1 minute",
    "90 seconds",
    "5 minutes",
    "1 hour",
    "1 day",
  ]);
});

test("a duration changes from milliseconds to seconds at one second", () => {
  expect([12.4, 999, 3210].map(took)).toEqual(["12 ms", "999 ms", "3.2 s"]);
});

test("one thing has no s", () => {
  expect([plural(1, "job"), plural(0, "job")]).toEqual(["1 job", "0 jobs"]);
});
