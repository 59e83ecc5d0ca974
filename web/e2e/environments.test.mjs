/**
 * Goal: what people can start, from the administrator's first click to a person's second start with
 * one button; and a program without Jupyter, opened like any server.
 * Method: the real platform with real containers, in Chromium; the picker with the keyboard alone.
 */
import assert from "node:assert/strict";
import { after, before } from "node:test";
import { Browser } from "./browser.mjs";
import { ADA, createAdministrator, signIn } from "./people.mjs";
import { platform, setupLink } from "./platform.mjs";
import { eventually, journey } from "./steps.mjs";

/** A start on two cores, JupyterLab's own boot included. */
const START_MILLIS = 120_000;

/** A page that says who is looking at it; the image has the web server. */
const PROGRAM = [
  "import os, asyncio, tornado.web as w",
  "class Page(w.RequestHandler):",
  "    def get(self): self.write('<title>Own page</title><h1>Hello '",
  "        + self.request.headers.get('X-Forwarded-User', 'nobody') + ' at ' + self.request.path + '</h1>')",
  "async def main():",
  "    w.Application([('.*', Page)]).listen(int(os.environ['PORT']))",
  "    await asyncio.Event().wait()",
  "asyncio.run(main())",
].join("\\n");

let lyceum;
let desk;
let page;

before(async () => {
  lyceum = await platform();
  desk = await Browser.open(lyceum.url, "environments");
  page = desk.page;
});

after(async () => {
  await desk?.close();
  await lyceum?.end();
});

const step = journey(() => desk);
const press = (name) => page.getByRole("button", { name, exact: true }).click();
const dialog = () => page.getByRole("dialog");

step("the administrator is at the page of environments", async () => {
  await signIn(page, ADA, "/hub/login?next=%2Fhub%2Fhome");
  const administration = page.getByRole("link", { name: "Administration" });
  await page.getByRole("alert").or(administration).first().waitFor();
  if ((await administration.count()) === 0) {
    await createAdministrator(page, await setupLink(lyceum.dataDir), ADA);
  }
  await administration.click();
  await page.getByRole("link", { name: "Environments", exact: true }).click();
  await page.getByRole("rowheader", { name: "JupyterLab" }).waitFor();
  await desk.inspect("environments");
});

step("a profile that asks for a size is made", async () => {
  await press("New profile");
  await dialog().getByLabel("Title").fill("Course");
  await dialog().getByLabel("Name", { exact: true }).fill("course");
  await dialog().getByLabel("Description").fill("Everything for the course");
  await dialog().getByLabel("Memory (GiB)").first().fill("1");
  await dialog().getByLabel("Promise only (GiB)").fill("0.5");
  await page.getByText(/the kernel then ends programs/).waitFor();
  await dialog().getByLabel("Promise only (GiB)").fill("");
  await press("Ask something");
  const question = page.getByRole("group", { name: "Question 1" });
  await question.getByLabel("Question", { exact: true }).fill("How much");
  await question.getByLabel("Name of it").first().fill("size");
  await answer(question, 1, "Little", "little", "");
  await question.getByRole("button", { name: /Add an answer/ }).click();
  await answer(question, 2, "More", "more", "1.5");
  await desk.inspect("new-profile");
  await press("Save");
  await page.getByText("The profile is saved; people see it at once.").waitFor();
  await page.getByRole("rowheader", { name: "Course" }).waitFor();
});

async function answer(question, number, title, name, memory) {
  const fields = question.getByRole("group", { name: `Answer ${number}` });
  await fields.getByLabel("Answer", { exact: true }).fill(title);
  await fields.getByLabel("Name of it").fill(name);
  if (memory) await fields.getByLabel("Memory (GiB)").fill(memory);
}

step("a list of KubeSpawner's is looked at before it is imported", async () => {
  await press("Import profileList");
  await dialog()
    .getByLabel(/profileList, or/)
    .fill(
      "- display_name: From a cluster\n  kubespawner_override:\n    mem_limit: 1G\n    node_selector: {a: b}\n",
    );
  await press("Look");
  await page.getByText(/node_selector was not taken/).waitFor();
  await desk.inspect("import");
  await press("Import");
  await page.getByRole("rowheader", { name: "From a cluster" }).waitFor();
});

step("a preview tells what somebody is offered", async () => {
  await press("See as somebody");
  await dialog().getByLabel("Name of a member").fill(ADA.name);
  await press("Look");
  await page.getByText("From a cluster", { exact: false }).first().waitFor();
  await desk.inspect("preview");
  await press("Cancel");
});

step("a program without Jupyter becomes an environment and a profile", async () => {
  const image = await page
    .locator("section", { hasText: "Ready to start" })
    .locator("code")
    .first();
  const reference = (await image.textContent()) ?? "";
  await press("New environment");
  await dialog().getByLabel("Title").fill("Own page");
  await dialog().getByLabel("Name", { exact: true }).fill("own-page");
  await dialog().getByLabel("Image").fill(reference);
  await dialog()
    .getByLabel("Command")
    .fill(`python3 -c "exec('''${PROGRAM.replaceAll("\\n", "\\\\n")}''')"`);
  await dialog().getByLabel("Another web application than Jupyter").check();
  await dialog().getByLabel("Port it listens on").fill("9000");
  await desk.inspect("new-environment");
  await press("Save");
  await page.getByText("The environment is saved.").waitFor();
  const card = page.getByRole("region", { name: "Own page" });
  await card.getByText("Ready to start").waitFor({ timeout: START_MILLIS });
  await card.getByText("1 image tried").click();
  await card.getByText(/answers after/).waitFor();
  await desk.inspect("tried");
  await press("New profile");
  await dialog().getByLabel("Title").fill("My own page");
  await dialog().getByLabel("Name", { exact: true }).fill("own");
  await dialog().locator("#environment").selectOption({ label: "Own page" });
  await dialog().getByLabel("Memory (GiB)").first().fill("0.25");
  await press("Save");
  await page.getByRole("rowheader", { name: "My own page" }).waitFor();
});

step("the start page is a picker that the keyboard is enough for", async () => {
  await page.goto("/hub/home");
  await press("Start my server");
  await page.getByRole("group", { name: "What do you want to work with?" }).waitFor();
  await page.getByRole("radio", { name: /^JupyterLab/ }).focus();
  assert.equal(await page.getByLabel("How much").isVisible(), false);
  await page.keyboard.press("ArrowDown");
  assert.equal(await page.getByRole("radio", { name: /^Course/ }).isChecked(), true);
  await page.keyboard.press("Tab");
  await page.keyboard.press("ArrowDown");
  assert.equal(await page.getByLabel("How much").inputValue(), "more");
  await desk.inspect("picker");
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  await page.waitForURL(/\/user\/ada\/lab/, { timeout: START_MILLIS });
});

step("the same again takes one click", async () => {
  await page.goto("/hub/home");
  await press("Stop my server");
  await page.getByRole("button", { name: "Start Course" }).waitFor({ timeout: START_MILLIS });
  await desk.inspect("again");
  await press("Start Course");
  await page.waitForURL(/\/user\/ada\/lab/, { timeout: START_MILLIS });
  await page.goto("/hub/home");
  await press("Stop my server");
  await page.getByRole("button", { name: "Start Course" }).waitFor({ timeout: START_MILLIS });
});

step("the program opens like any server and knows who looks at it", async () => {
  await page.getByRole("link", { name: "Choose something else" }).click();
  await page.getByRole("radio", { name: /^My own page/ }).check();
  await press("Start");
  await eventually(120, async () => {
    await page.getByRole("heading", { name: "Hello ada at /" }).waitFor({ timeout: 5_000 });
  });
  await page.goto("/user/ada/deep/er");
  await page.getByRole("heading", { name: "Hello ada at /deep/er" }).waitFor();
  await page.context().clearCookies();
  await page.goto("/user/ada/deep/er");
  await page.getByLabel("User name").waitFor();
  assert.deepEqual(desk.complaints, []);
});

step("who signs in is where they were going, and everything ends", async () => {
  await page.getByLabel("User name").fill(ADA.name);
  await page.getByLabel("Password", { exact: true }).fill(ADA.password);
  await press("Sign in");
  await page.getByRole("heading", { name: "Hello ada at /deep/er" }).waitFor();
  await page.goto("/hub/home");
  await press("Stop my server");
  await page.getByRole("button", { name: "Start My own page" }).waitFor({ timeout: START_MILLIS });
});
