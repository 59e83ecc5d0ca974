/**
 * Goal: the main job works for a person: from the setup link to a cell that says 42, a file that
 * outlives its server, and a sign-out that holds.
 * Method: the real platform, real containers, real Chromium; steps in the order a person takes them.
 */
import assert from "node:assert/strict";
import { after, before } from "node:test";
import { Browser } from "./browser.mjs";
import * as jupyterlab from "./jupyterlab.mjs";
import { ADA, createAdministrator, signIn } from "./people.mjs";
import { platform, setupLink } from "./platform.mjs";
import { eventually, journey } from "./steps.mjs";

const SERVER = `/user/${ADA.name}/`;

/** A start on two cores, JupyterLab's own boot included. */
const START_MILLIS = 120_000;

let lyceum;
let browser;
let page;
let link;

before(async () => {
  lyceum = await platform();
  link = await setupLink(lyceum.dataDir);
  browser = await Browser.open(lyceum.url, "main-job");
  page = browser.page;
});

after(async () => {
  await browser?.close();
  await lyceum?.end();
});

const step = journey(() => browser);

step("somebody without an account is asked to sign in", async () => {
  await page.goto("/");
  await page.getByRole("button", { name: "Sign in" }).waitFor();
  assert.match(page.url(), /\/hub\/login/);
});

step("a setup link with a wrong secret says so and how to get another", async () => {
  await page.goto(link.replace(/.$/, (last) => (last === "A" ? "B" : "A")));
  await page
    .getByText(/lyceum setup-link/)
    .first()
    .waitFor();
  assert.equal(await page.getByLabel("User name").count(), 0);
  await browser.inspect("setup-link-unknown");
});

step("the setup page refuses two passwords that differ", async () => {
  await page.goto(link);
  await browser.inspect("setup");
  await page.getByLabel("User name").fill(ADA.name);
  await page.getByLabel("Password", { exact: true }).fill(ADA.password);
  await page.getByLabel(/repeat the password|password again/i).fill("another");
  await page.getByRole("button", { name: /create (the )?administrator/i }).click();
  await page.getByRole("alert").waitFor();
  await browser.inspect("setup-passwords-differ");
});

step("the setup page makes the first administrator, who is then at home", async () => {
  await createAdministrator(page, link, ADA);
  await page.getByRole("button", { name: "Start my server" }).waitFor();
  await page.getByRole("link", { name: "Administration" }).waitFor();
  await browser.inspect("home");
});

step("the setup link does not work a second time", async () => {
  await page.goto(link);
  await page.getByText(/already been used|used already|was used|has been used/i).waitFor();
  assert.equal(await page.getByLabel("User name").count(), 0);
  await browser.inspect("setup-link-used");
});

step("a start shows its steps and ends in JupyterLab", async () => {
  await page.goto("/hub/home");
  await page.getByRole("button", { name: "Start my server" }).click();
  await page.getByRole("heading", { name: "Your server is starting" }).waitFor();
  await page.getByRole("progressbar").waitFor();
  await page.locator("main").getByRole("listitem").first().waitFor();
  const steps = await page.locator("main").getByRole("listitem").allInnerTexts();
  assert.ok(steps[0]?.trim(), "the first step has words");
  await browser.shoot("starting");
  await page.waitForURL(`**${SERVER}lab**`, { timeout: START_MILLIS });
  await jupyterlab.laboratory(page);
  await browser.shoot("jupyterlab");
});

step("a notebook runs 6*7 and says 42", async () => {
  await jupyterlab.newNotebook(page);
  assert.equal(await jupyterlab.run(page, "6*7"), "42");
  await browser.shoot("forty-two");
});

step("what a cell writes and what is saved are files in the home", async () => {
  assert.equal(await jupyterlab.run(page, "open('kept.txt', 'w').write('kept')"), "4");
  await jupyterlab.saveAs(page, "kept.ipynb");
  assert.equal(await jupyterlab.contents(page, SERVER, "kept.txt"), "kept");
  await eventually(10, async () => {
    const notebook = await jupyterlab.contents(page, SERVER, "kept.ipynb");
    assert.match(JSON.stringify(notebook.cells), /42/);
  });
  await browser.shoot("saved");
});

step("the home page shows the running server and stops it", async () => {
  await page.goto("/hub/home");
  await page.getByRole("link", { name: "Open my server" }).waitFor();
  await browser.inspect("home-running");
  await page.getByRole("button", { name: "Stop my server" }).click();
  await page.getByRole("button", { name: "Start my server" }).waitFor({ timeout: 60_000 });
  await browser.shoot("stopped");
});

step("a stopped server's address offers to start it", async () => {
  await page.goto(`${SERVER}lab`);
  await page
    .locator("main")
    .getByText(/not running/i)
    .first()
    .waitFor();
  await browser.inspect("not-running");
});

step("the page of a start is fit for everybody, and the file is there after it", async () => {
  await page.goto("/hub/home");
  await page.getByRole("button", { name: "Start my server" }).click();
  await page.getByRole("heading", { name: "Your server is starting" }).waitFor();
  await whileItStays("**/hub/spawn-pending/**", () => browser.inspect("starting"));
  await page.waitForURL(`**${SERVER}lab**`, { timeout: START_MILLIS });
  await jupyterlab.laboratory(page);
  await jupyterlab.fileNamed(page, "kept.txt").waitFor();
  await jupyterlab.fileNamed(page, "kept.ipynb").waitFor();
  assert.equal(await jupyterlab.contents(page, SERVER, "kept.txt"), "kept");
  await browser.shoot("still-there");
});

step("signing out at home signs out of the server too", async () => {
  await page.goto("/hub/home");
  await page.getByRole("link", { name: "Sign out" }).click();
  await page.getByRole("button", { name: "Sign in" }).waitFor();
  await browser.inspect("signed-out");
  await page.goto(`${SERVER}lab`);
  await page.getByRole("button", { name: "Sign in" }).waitFor();
  assert.match(page.url(), /\/hub\/login\?next=/);
});

step("a wrong password is refused in words that do not say which part was wrong", async () => {
  await signIn(page, { ...ADA, password: "not the password" });
  const known = await page.getByRole("alert").innerText();
  await browser.inspect("wrong-password");
  await signIn(page, { name: "nobody", password: "not the password" });
  assert.equal(await page.getByRole("alert").innerText(), known);
  assert.match(known, /password/i);
});

step("the right password leads back to where the person wanted to be", async () => {
  await signIn(page, ADA, `/hub/login?next=${encodeURIComponent(`${SERVER}lab`)}`);
  await page.waitForURL(`**${SERVER}lab**`);
  await jupyterlab.laboratory(page);
  await browser.shoot("back-again");
});

step("nobody is led off the site after signing in", async () => {
  await page.goto("/hub/logout");
  await signIn(page, ADA, `/hub/login?next=${encodeURIComponent("//example.org/")}`);
  await page.getByRole("link", { name: "Sign out" }).waitFor();
  assert.equal(new URL(page.url()).origin, new URL(lyceum.url).origin);
});

step("a last stop leaves nothing running, and no page of ours has complained", async () => {
  await page.goto("/hub/home");
  await page.getByRole("button", { name: "Stop my server" }).click();
  await page.getByRole("button", { name: "Start my server" }).waitFor({ timeout: 60_000 });
  const ours = browser.complaints.filter((complaint) => !complaint.includes(SERVER));
  assert.deepEqual(ours, []);
});

/** Looks at a page that would go on by itself: its next request waits until the look is over. */
async function whileItStays(address, look) {
  let release;
  const over = new Promise((done) => {
    release = done;
  });
  await page.route(address, (route) => over.then(() => route.continue()));
  try {
    await look();
  } finally {
    release();
    await page.unroute(address);
  }
}
