import assert from "node:assert/strict";
import { mkdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";

const SCREENSHOTS = fileURLToPath(new URL("../test-output/screenshots/", import.meta.url));
const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const DESKTOP = { width: 1280, height: 900 };
const PHONE = { width: 390, height: 844 };

/** One person's browser: its page, and ways to look at what it shows. */
export class Browser {
  #browser;
  #series;
  #count = 0;

  /** @param {string} series first part of the screenshots' names */
  static async open(url, series) {
    mkdirSync(SCREENSHOTS, { recursive: true });
    const browser = await chromium.launch({
      executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
      args: [
        "--headless",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
      ].concat(["--disable-background-networking", "--disable-component-update", "--disable-sync"]),
    });
    const context = await browser.newContext({ baseURL: url, viewport: DESKTOP });
    context.setDefaultTimeout(30_000);
    return new Browser(browser, await context.newPage(), series);
  }

  constructor(browser, page, series) {
    this.#browser = browser;
    this.#series = series;
    this.page = page;
    /** What scripts of the pages complained about; a journey without mistakes has none. */
    this.complaints = [];
    page.on("pageerror", (error) => this.complaints.push(`${page.url()}: ${error.message}`));
  }

  async close() {
    await this.#browser.close();
  }

  /** Keeps what the page shows now, as test-output/screenshots/SERIES-NN-name.png. */
  async shoot(name) {
    this.#count += 1;
    const number = String(this.#count).padStart(2, "0");
    await this.page.screenshot({ path: `${SCREENSHOTS}${this.#series}-${number}-${name}.png` });
  }

  /**
   * Looks at one of our own pages as different people do: on a desk in light and in dark, and on a
   * phone. None may meet a serious barrier, and nothing may stick out sideways.
   */
  async inspect(name) {
    try {
      await this.shoot(name);
      await this.#assertAccessible(name);
      await this.page.emulateMedia({ colorScheme: "dark" });
      await this.#assertAccessible(`${name} in dark`);
      await this.shoot(`${name}-dark`);
      await this.page.emulateMedia({ colorScheme: "light" });
      await this.page.setViewportSize(PHONE);
      await this.#assertNothingSticksOut(name);
      await this.shoot(`${name}-phone`);
    } finally {
      await this.page.emulateMedia({ colorScheme: "light" });
      await this.page.setViewportSize(DESKTOP);
    }
  }

  async #assertNothingSticksOut(name) {
    const widths = await this.page.evaluate(() =>
      [document.documentElement, ...document.querySelectorAll("dialog[open]")].map((each) => ({
        needed: each.scrollWidth,
        given: each.clientWidth,
      })),
    );
    for (const { needed, given } of widths) {
      assert.ok(needed <= given, `${name} needs ${needed} px where a phone has ${given} px`);
    }
  }

  async #assertAccessible(name) {
    // Evaluated, not added as a script element: our content policy forbids the latter, rightly.
    await this.page.evaluate(AXE);
    const { violations } = await this.page.evaluate(() =>
      globalThis.axe.run(document, { resultTypes: ["violations"] }),
    );
    const barriers = violations
      .filter(({ impact }) => impact === "serious" || impact === "critical")
      .map(
        ({ id, help, nodes }) => `${id}: ${help} (${nodes.map((node) => node.target).join(", ")})`,
      );
    assert.deepEqual(barriers, [], `barriers on ${name}`);
  }
}
