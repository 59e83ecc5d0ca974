import { test } from "node:test";

/**
 * A journey: named steps that stand on each other. After one that fails the others are skipped, and
 * the failed one leaves a screenshot.
 *
 * @param {() => import("./browser.mjs").Browser | undefined} browser the one the journey is made with
 */
export function journey(browser) {
  let failed;
  return (name, action) =>
    test(name, { timeout: 5 * 60_000 }, async (t) => {
      if (failed) return t.skip(`not reached: “${failed}” failed`);
      try {
        await action();
      } catch (error) {
        failed = name;
        await browser()?.shoot("failed");
        throw error;
      }
    });
}

/** Waits until a condition holds; its own last failure is the reason given. */
export async function eventually(seconds, condition) {
  const deadline = Date.now() + seconds * 1000;
  for (;;) {
    try {
      return await condition();
    } catch (error) {
      if (Date.now() > deadline) throw error;
      await new Promise((again) => setTimeout(again, 200));
    }
  }
}
