/**
 * Goal: a community from its first click to its last: made in the panel, used by its member and by
 * nobody else, renamed, paused and deleted.
 * Method: the real platform, one browser for the administrator and one for the member. No page gives
 * a community a second profile of another size yet, so the journey writes that itself.
 */
import assert from "node:assert/strict";
import { after, before } from "node:test";
import { Browser } from "./browser.mjs";
import { ask } from "./database.mjs";
import { ADA, createAdministrator, signIn } from "./people.mjs";
import { platform, setupLink } from "./platform.mjs";
import { eventually, journey } from "./steps.mjs";

/** Her first password. */
const FIRST = "quarry-velvet-otter-3";
const EVE = { name: "eve", password: ADA.password };

/** A start on two cores, JupyterLab's own boot included. */
const START_MILLIS = 120_000;

/** The platform looks once a minute for folders that are nobody's. */
const RETIRED_SECONDS = 90;

let lyceum;
let desk;
let member;
let panel;
let page;
let invitation;

before(async () => {
  lyceum = await platform();
  desk = await Browser.open(lyceum.url, "communities");
  member = await Browser.open(lyceum.url, "member");
  panel = desk.page;
  page = member.page;
});

after(async () => {
  await desk?.close();
  await member?.close();
  await lyceum?.end();
});

const step = journey(() => member);
const action = (name) => panel.getByRole("button", { name, exact: true });
const dialog = () => panel.getByRole("dialog");

step("the administrator is at the panel", async () => {
  await signIn(panel, ADA, "/hub/login?next=%2Fhub%2Fhome");
  await panel
    .getByRole("alert")
    .or(panel.getByRole("link", { name: "Administration" }))
    .first()
    .waitFor();
  if ((await panel.getByRole("link", { name: "Administration" }).count()) === 0) {
    await createAdministrator(panel, await setupLink(lyceum.dataDir), ADA);
  }
  await panel.getByRole("link", { name: "Administration" }).click();
  await panel.getByRole("link", { name: "Communities", exact: true }).click();
});

step("a community is made with a few words", async () => {
  await action("New community").click();
  await desk.inspect("new-community");
  await dialog().getByLabel("Name").fill("physics");
  await dialog().getByLabel("Title").fill("Physics");
  await action("Make the community").click();
  await panel.getByText("The community is there.").waitFor();
  await panel.getByRole("link", { name: "Physics", exact: true }).click();
  await panel.getByRole("heading", { level: 1, name: "Physics" }).waitFor();
});

step("somebody new becomes a member with a limit of their own", async () => {
  await action("Add a member").click();
  await dialog().getByLabel("User name").fill(EVE.name);
  await desk.inspect("add-a-member");
  await action("Add").click();
  await panel.getByText("The member is added.").waitFor();
  invitation = await dialog().getByLabel("Link").inputValue();
  await desk.inspect("invitation-link");
  await action("Done").click();
  await action(`Limit named servers: ${EVE.name}`).click();
  await desk.inspect("limit-named-servers");
  await dialog().getByLabel("Named servers, at most").fill("2");
  await action("Save").click();
  await panel.getByText("The limit is changed.").waitFor();
  await desk.inspect("community");
  await ask(
    lyceum.dataDir,
    `INSERT INTO catalog_profile
       (community_id, environment_id, name, title, position, memory_bytes, milli_cpus, pids)
     SELECT community_id, environment_id, 'small', 'JupyterLab, small', 2, 1073741824, 500, 512
     FROM catalog_profile WHERE community_id =
       (SELECT id FROM community_community WHERE name = 'physics')`,
  );
});

step("a list of people is looked at before it is done", async () => {
  await action("Add many people").click();
  await dialog().getByLabel("Or paste it here").fill("name,groups\neve,lab\ngrace,lab\na/b,");
  await action("Look at the list").click();
  await dialog().getByText("gets an account").waitFor();
  await desk.inspect("add-many-people");
  await action("Add 2 people").click();
  await dialog().getByRole("link", { name: "Save the links as a table" }).waitFor();
  await desk.inspect("links-of-many");
  await action("Done").click();
  await panel.getByRole("row").filter({ hasText: "grace" }).first().waitFor();
});

step("the member chooses a password with the link, and changes it", async () => {
  await page.goto(invitation);
  await page.getByRole("heading", { name: "Welcome to Physics" }).waitFor();
  await member.inspect("invitation");
  await page.getByLabel("New password", { exact: true }).fill(FIRST);
  await page.getByLabel("Repeat the new password").fill(FIRST);
  await page.getByRole("button", { name: "Choose the password and sign in" }).click();
  await page.getByText("You have 0 of 2 named servers.").waitFor();
  await page.getByRole("link", { name: EVE.name, exact: true }).click();
  await page.getByLabel("Current password").fill("not this one");
  await page.getByLabel("New password", { exact: true }).fill(EVE.password);
  await page.getByLabel("Repeat the new password").fill(EVE.password);
  await page.getByRole("button", { name: "Change the password" }).click();
  await page.getByText("The current password is not right.").waitFor();
  await member.inspect("own-password");
  await page.getByLabel("Current password").fill(FIRST);
  await page.getByLabel("New password", { exact: true }).fill(EVE.password);
  await page.getByLabel("Repeat the new password").fill(EVE.password);
  await page.getByRole("button", { name: "Change the password" }).click();
  await page.getByText("You have 0 of 2 named servers.").waitFor();
  await page.getByRole("link", { name: "Sign out" }).click();
  await page.getByLabel("User name").waitFor();
});

step("the member signs in and starts a named server of the kind they pick", async () => {
  await signIn(page, EVE, "/physics/hub/login");
  await page.getByText("You have 0 of 2 named servers.").waitFor();
  await member.inspect("home");
  await page.getByLabel("Name of a new server").fill("thesis");
  await page.getByRole("button", { name: "Make and start it" }).click();
  await page.getByText("What do you want to work with?").waitFor();
  await member.inspect("choice");
  await page.getByLabel("JupyterLab, small").check();
  await page.getByRole("button", { name: "Start", exact: true }).click();
  await page.waitForURL("**/physics/user/eve/thesis/lab**", { timeout: START_MILLIS });
});

step("the home page shows that it runs, and what it is", async () => {
  await page.goto("/physics/hub/home");
  await page.getByRole("link", { name: "Open thesis" }).waitFor();
  await page.getByText("JupyterLab, small").waitFor();
  await member.inspect("named-server-running");
});

step("the hub of another community does not let the member in", async () => {
  await page.goto("/hub/home");
  await member.inspect("refused");
  assert.equal(await page.getByRole("button", { name: "Start my server" }).count(), 0);
});

step("after a rename old links lead on, and what runs stays where it is", async () => {
  await action("Rename").click();
  await desk.inspect("rename");
  await dialog().getByLabel("Name").fill("astronomy");
  await dialog().getByRole("button", { name: "Rename" }).click();
  await panel.getByText("The community has its new name.").waitFor();
  await page.goto("/physics/hub/home");
  await page.waitForURL("**/astronomy/hub/home");
  await page.getByRole("link", { name: "Open thesis" }).click();
  await page.waitForURL("**/physics/user/eve/thesis/**");
});

step("the member stops the server and removes it, and the page follows", async () => {
  await page.goto("/astronomy/hub/home");
  await page.getByRole("button", { name: "Stop thesis" }).click();
  await page.getByRole("button", { name: "Remove thesis" }).waitFor({ timeout: 60_000 });
  await member.inspect("named-server-stopped");
  await page.getByRole("button", { name: "Remove thesis" }).click();
  await page.getByText("You have 0 of 2 named servers.").waitFor();
});

step(
  "a member who is removed reads until when their files are kept, and is brought back",
  async () => {
    await action(`Remove: ${EVE.name}`).click();
    await action("Remove the member").click();
    await panel.getByText(`${EVE.name} is no longer a member.`).waitFor();
    await eventually(RETIRED_SECONDS, async () => {
      await page.goto("/astronomy/hub/home");
      assert.equal(await page.getByText("Your files here are kept until").count(), 1);
    });
    await member.inspect("not-a-member");

    await panel.getByRole("link", { name: "Storage", exact: true }).click();
    await panel.getByLabel("Community", { exact: true }).selectOption({ label: "Physics" });
    await action(`Bring back: Home of ${EVE.name}`).waitFor();
    await desk.inspect("kept-of-those-who-left");
    await action(`Bring back: Home of ${EVE.name}`).click();
    await desk.inspect("bring-back");
    await dialog().getByRole("button", { name: "Bring back" }).click();
    await panel.getByText(`${EVE.name} is back; the files follow within a minute.`).waitFor();
    await page.goto("/astronomy/hub/home");
    await page.getByText("You have 0 of").waitFor();
    await panel.getByRole("link", { name: "Communities", exact: true }).click();
    await panel.getByRole("link", { name: "Physics", exact: true }).click();
  },
);

step("a pause says so to whoever comes", async () => {
  await action("Pause").click();
  await dialog().getByLabel("Notice").fill("Back on Monday.");
  await desk.inspect("pause");
  await dialog().getByRole("button", { name: "Pause" }).click();
  await panel.getByText("The community is paused.").waitFor();
  await page.goto("/astronomy/hub/home");
  await page.getByText("Back on Monday.").waitFor();
  await member.inspect("paused");
});

step("a deleted community is gone for its members and can be restored", async () => {
  await action("Delete").click();
  await desk.inspect("delete");
  await action("Delete the community").click();
  await panel.getByText("The community is deleted.").waitFor();
  await eventually(10, async () => {
    const answer = await page.goto("/astronomy/hub/api");
    assert.ok(!page.url().endsWith("/astronomy/hub/api") || answer.status() === 404);
  });
  await action("Restore").waitFor();
});

step("the reference of the hub's API is a page people can read", async () => {
  await panel.goto("/hub/api-reference");
  await panel.getByRole("heading", { level: 1 }).waitFor();
  await desk.inspect("api-reference");
  assert.deepEqual([...desk.complaints, ...member.complaints], []);
});
