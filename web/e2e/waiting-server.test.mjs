/**
 * Goal: a person whose server waits for them is in JupyterLab as soon as they click, with their own
 * files, and what they leave is there when the next server is claimed.
 * Method: a real platform that keeps servers ready, real containers, real Chromium.
 */
import assert from "node:assert/strict";
import { after, before } from "node:test";
import { Browser } from "./browser.mjs";
import { ask } from "./database.mjs";
import * as jupyterlab from "./jupyterlab.mjs";
import { ADA, createAdministrator } from "./people.mjs";
import { asleep, platform, setupLink } from "./platform.mjs";
import { eventually, journey } from "./steps.mjs";

const SERVER = `/user/${ADA.name}/`;

/** To learn what the image imports and to fill the first server that waits, on two busy cores. */
const READY_SECONDS = 180;

/** From the click to JupyterLab's address. Far from the benchmark's figure, as this is no benchmark. */
const CLAIM_MILLIS = 15_000;

/** The platform looks every 15 s, JupyterLab too, and btrfs counts what is on the disk. */
const TOLD_MILLIS = 75_000;

/** JupyterLab asks every ten seconds, and first of all that it asks the server is woken once. */
const SLEEPS_MILLIS = 30_000;
const SLEEPS_WITHIN_SECONDS = 240;

let lyceum;
let browser;
let page;

before(async () => {
  lyceum = await platform({ slots: true, freezeAfter: "20s" });
  browser = await Browser.open(lyceum.url, "waiting-server");
  page = browser.page;
});

after(async () => {
  await browser?.close();
  await lyceum?.end();
});

const step = journey(() => browser);

async function waiting() {
  const ready = "SELECT COUNT(*) FROM slots_slot WHERE state = 'READY'";
  await eventually(READY_SECONDS, async () =>
    assert.notEqual(await ask(lyceum.dataDir, ready), "0"),
  );
}

async function start() {
  await page.goto("/hub/home");
  await page.getByRole("button", { name: "Start my server" }).click();
  await page.waitForURL(`**${SERVER}lab**`, { timeout: CLAIM_MILLIS });
}

step("a server waits before anybody asks for one", async () => {
  await createAdministrator(page, await setupLink(lyceum.dataDir), ADA);
  await page.getByRole("button", { name: "Start my server" }).waitFor();
  await waiting();
});

step("a click on Start opens it, and it has taken one that waits", async () => {
  await start();
  const taken = "SELECT COUNT(*) FROM slots_slot WHERE state = 'CLAIMED'";
  assert.equal(await ask(lyceum.dataDir, taken), "1");
  await jupyterlab.laboratory(page);
  await browser.shoot("jupyterlab");
});

step("a notebook runs 6*7 in it, and its files are the person's", async () => {
  await jupyterlab.newNotebook(page);
  assert.equal(await jupyterlab.run(page, "6*7"), "42");
  assert.equal(await jupyterlab.run(page, "open('kept.txt', 'w').write('kept')"), "4");
});

step("left open it sleeps, however often the page asks for news", async () => {
  assert.equal(await jupyterlab.run(page, "kept = 41; print(kept)"), "41");
  let since = Date.now();
  await eventually(SLEEPS_WITHIN_SECONDS, async () => {
    if ((await asleep(lyceum.dataDir)) === 0) since = Date.now();
    assert.ok(Date.now() - since > SLEEPS_MILLIS, "it is woken again and again");
  });
  assert.equal(await jupyterlab.dialogs(page), 0, "the page is as it was");
  const home = await page.context().newPage();
  await home.goto("/hub/home");
  await home.getByText("It sleeps, because nobody has used it for a while.").waitFor();
  await home.goto("/panel/servers");
  await home.getByText("Asleep").waitFor();
  await home.close();
  assert.equal(await asleep(lyceum.dataDir), 1, "looking at it does not wake it");
  await browser.shoot("asleep");
});

step("a cell that is run wakes it, with what it had in memory", async () => {
  assert.equal(await jupyterlab.run(page, "kept + 1"), "42");
  assert.equal(await asleep(lyceum.dataDir), 0);
  assert.equal(await jupyterlab.dialogs(page), 0);
});

step(
  "a home that fills up says so in JupyterLab, and leads to what takes the most room",
  async () => {
    const panel = await page.context().newPage();
    await panel.goto("/panel/storage");
    await panel.getByRole("button", { name: `Change limit: ${ADA.name}` }).click();
    await panel.getByRole("dialog").getByLabel("Size (GiB)").fill("0.05");
    await panel.getByRole("dialog").getByRole("button", { name: "Save" }).click();
    await panel.getByText("The limit counts now.").waitFor();
    await panel.close();

    const written = await jupyterlab.run(page, "open('big', 'wb').write(bytes(52_000_000))");
    assert.equal(written, "52000000");
    const notice = jupyterlab.notification(page, "Your home is nearly full");
    await notice.waitFor({ timeout: TOLD_MILLIS });
    await browser.shoot("nearly-full");
    assert.match(await jupyterlab.run(page, "!quota"), /home .*51\.2 MiB/);

    const opened = page.waitForEvent("popup");
    await page.getByRole("button", { name: "What takes the most room" }).click();
    const largest = await opened;
    await largest.getByText("big", { exact: true }).first().waitFor();
    await largest.close();

    await jupyterlab.run(page, "import os; os.remove('big'); os.sync(); print('gone')");
    await notice.waitFor({ state: "detached", timeout: TOLD_MILLIS });
  },
);

step("stopping gives the home back", async () => {
  await page.goto("/hub/home");
  await page.getByRole("button", { name: "Stop my server" }).click();
  await page.getByRole("button", { name: "Start my server" }).waitFor({ timeout: 60_000 });
});

step("the next one is another, with the same files", async () => {
  await waiting();
  await start();
  await jupyterlab.laboratory(page);
  assert.equal(await jupyterlab.contents(page, SERVER, "kept.txt"), "kept");
  await browser.shoot("still-there");
});
