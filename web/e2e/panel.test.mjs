/**
 * Goal: an administrator sees at a glance that all is well, and can act from the panel.
 * Method: the real platform after the main job; every page is looked at on a desk, in the dark and on
 * a phone. Without an account the journey makes one with the setup link.
 */
import assert from "node:assert/strict";
import { after, before } from "node:test";
import { Browser } from "./browser.mjs";
import { ADA, createAdministrator } from "./people.mjs";
import { platform, setupLink } from "./platform.mjs";
import { eventually, journey } from "./steps.mjs";

let lyceum;
let browser;
let page;

before(async () => {
  lyceum = await platform();
  browser = await Browser.open(lyceum.url, "panel");
  page = browser.page;
});

after(async () => {
  await browser?.close();
  await lyceum?.end();
});

const step = journey(() => browser);
const title = (name) => page.getByRole("heading", { level: 1, name });
const cellOf = (row, name) => row.getByRole("button", { name });

step("the panel asks who is there, and comes back after the sign-in", async () => {
  await page.goto("/panel/");
  await page.waitForURL(/\/hub\/login\?next=/);
  await page.getByLabel("User name").fill(ADA.name);
  await page.getByLabel("Password", { exact: true }).fill(ADA.password);
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.getByRole("alert").or(title("Overview")).first().waitFor();
  if (!page.url().includes("/panel/")) {
    await createAdministrator(page, await setupLink(lyceum.dataDir), ADA);
    await page.getByRole("link", { name: "Administration" }).click();
  }
  await title("Overview").waitFor();
});

step("the overview says whether all is well, with the figures behind it", async () => {
  await page.getByText(/All is well\.|things? to look at/).waitFor();
  await page.getByRole("meter", { name: "Disk in use" }).waitFor();
  await page.getByRole("meter", { name: "Memory in use" }).waitFor();
  await page.getByText(/^Docker /).waitFor();
  await browser.inspect("overview");
});

for (const name of [
  "Servers",
  "Communities",
  "Storage",
  "People",
  "Environments",
  "Health",
  "Jobs",
  "Activity",
]) {
  step(`the menu leads to ${name}, which is fit for everybody`, async () => {
    await page.getByRole("link", { name, exact: true }).click();
    await title(name).waitFor();
    const loading = page.getByRole("status").filter({ hasText: "Loading" });
    await eventually(30, async () => assert.equal(await loading.count(), 0));
    assert.equal(await page.locator("main [role=alert]").count(), 0);
    await browser.inspect(name.toLowerCase());
  });
}

step("people shows the administrator", async () => {
  await page.goto("/panel/people");
  const row = page.getByRole("row").filter({ hasText: ADA.name });
  await row.getByText("Administrator").waitFor();
});

step("a job runs on request and reports a new run", async () => {
  await page.goto("/panel/jobs");
  const row = page
    .getByRole("row")
    .filter({ has: page.getByRole("button") })
    .first();
  const before = await lastRun(row);
  await cellOf(row, /^Run now: /).click();
  await page.getByText(/The job .* is running\./).waitFor();
  await eventually(30, async () => assert.notEqual(await lastRun(row), before));
  await browser.shoot("job-ran");
});

step("the keyboard alone reaches every page", async () => {
  await page.goto("/panel/");
  await title("Overview").waitFor();
  await page.getByRole("link", { name: "Servers", exact: true }).focus();
  await page.keyboard.press("Enter");
  await title("Servers").waitFor();
  await eventually(5, async () =>
    assert.equal(await page.evaluate(() => document.activeElement?.textContent), "Servers"),
  );
});

step("a running server is stopped from the panel after a question", async () => {
  await page.goto("/hub/home");
  await page.getByRole("button", { name: "Start my server" }).click();
  await page.waitForURL(`**/user/${ADA.name}/lab**`, { timeout: 120_000 });
  await page.goto("/panel/servers");
  const row = page.getByRole("row").filter({ hasText: ADA.name });
  await row.getByText("Running").waitFor();
  await cellOf(row, `Stop ${ADA.name}`).click();
  const question = page.getByRole("dialog");
  await browser.inspect("stop-question");
  await question.getByRole("button", { name: "Cancel" }).click();
  await row.getByText("Running").waitFor();
  await cellOf(row, `Stop ${ADA.name}`).click();
  await question.getByRole("button", { name: "Stop the server" }).click();
  await page.getByText(`The server of ${ADA.name} is stopping.`).waitFor();
  await row.getByText("Running").waitFor({ state: "detached", timeout: 60_000 });
  await eventually(30, async () => assert.equal(await row.getByText("Stopping").count(), 0));
  await browser.inspect("server-stopped");
});

step("a limit on a person's files is set, shown with its origin, and taken back", async () => {
  await page.getByRole("link", { name: "Storage", exact: true }).click();
  await title("Storage").waitFor();
  const row = page.getByRole("row").filter({ has: cellOf(page, `Change limit: ${ADA.name}`) });
  await row.getByText("Built in").waitFor();
  await cellOf(row, `Change limit: ${ADA.name}`).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("Size (GiB)").fill("5");
  await browser.inspect("limit-question");
  await dialog.getByRole("button", { name: "Save" }).click();
  await page.getByText("The limit counts now.").waitFor();
  await row.getByText("This person's own").waitFor();
  await browser.inspect("limit-set");
  await cellOf(page, `Take back: ${ADA.name}`).click();
  await row.getByText("Built in").waitFor();
});

step("what people are told stands on their home page until it is taken back", async () => {
  await page.getByRole("link", { name: "Servers", exact: true }).click();
  await page.getByRole("button", { name: "Tell people something" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("Whose").selectOption({ label: "Everybody on the platform" });
  await dialog.getByLabel("What").fill("New disks on Friday.");
  await browser.inspect("tell-people");
  await dialog.getByRole("button", { name: "Tell them" }).click();
  await page.getByText("People are told within half a minute.").waitFor();
  await page.getByText("To everybody:").waitFor();
  await browser.inspect("told");
  await page.goto("/hub/home");
  await page.getByText("New disks on Friday.").waitFor();
  await browser.inspect("home-told");
  await page.goto("/panel/servers");
  await page.getByRole("button", { name: "Take back what you told everybody" }).click();
  await page.getByText("It is taken back.").waitFor();
});

step("activity names who stopped the server", async () => {
  await page.getByRole("link", { name: "Activity", exact: true }).click();
  await page.getByRole("row").filter({ hasText: ADA.name }).first().waitFor();
});

step("an address of the panel works when it is opened directly", async () => {
  await page.goto("/panel/jobs");
  await title("Jobs").waitFor();
  await page.goto("/panel/nowhere");
  await title("No such page").waitFor();
});

step("the page of a session that has ended leads to the sign-in page", async () => {
  await page.goto("/panel/");
  await title("Overview").waitFor();
  await page.context().clearCookies();
  await page.waitForURL(/\/hub\/login\?next=/, { timeout: 15_000 });
  assert.deepEqual(browser.complaints, []);
});

/** When the job of a row last ran, to the second; the words beside it only say how long ago. */
async function lastRun(row) {
  const time = row.locator("time");
  return (await time.count()) > 0 ? time.first().getAttribute("datetime") : null;
}
