/**
 * Goal: an institution's people sign in by its own page, and land in a running server.
 * Method: the real platform, a real Keycloak and a real OpenLDAP; an administrator adds both in the
 * panel, tries them and puts them into force, and people come by them, each in a browser of theirs.
 */
import { after, before } from "node:test";
import { Browser } from "./browser.mjs";
import { ADA, createAdministrator, signIn } from "./people.mjs";
import { platform, setupLink } from "./platform.mjs";
import { directory, keycloak } from "./providers.mjs";
import { journey } from "./steps.mjs";

/** A start on two cores, JupyterLab's own boot included. */
const START_MILLIS = 120_000;

let lyceum;
let school;
let library;
let desk;
let teacher;
let reader;
let panel;

before(async () => {
  lyceum = await platform();
  school = await keycloak(`${lyceum.url}/sso/callback`);
  library = await directory();
  desk = await Browser.open(lyceum.url, "sign-in");
  teacher = await Browser.open(lyceum.url, "teacher");
  reader = await Browser.open(lyceum.url, "reader");
  panel = desk.page;
});

after(async () => {
  await desk?.close();
  await teacher?.close();
  await reader?.close();
  await library?.end();
  await school?.end();
  await lyceum?.end();
});

const step = journey(() => desk);
const action = (name) => panel.getByRole("button", { name, exact: true });
const dialog = () => panel.getByRole("dialog");
const field = (label) => dialog().getByLabel(label, { exact: true });

async function throughKeycloak(page, name) {
  await page.locator("#username").fill(name);
  await page.locator("#password").fill(`password of ${name}`);
  await page.locator("#kc-login").click();
}

async function inForce(title) {
  await action(`Put into force: ${title}`).click();
  await panel.getByText("The settings are in force.").waitFor();
  await action(`Use it: ${title}`).click();
  await action(`Use it no more: ${title}`).waitFor();
}

async function startsServer(browser) {
  const { page } = browser;
  await page.getByRole("button", { name: "Start my server" }).click();
  await page.waitForURL("**/lab**", { timeout: START_MILLIS });
}

step("the administrator opens the page for providers", async () => {
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
  await panel.getByRole("link", { name: "Signing in", exact: true }).click();
  await panel.getByRole("heading", { name: "No provider yet" }).waitFor();
  await desk.inspect("no-provider");
});

step("a wrong secret is refused by the provider and not saved", async () => {
  await action("Add a provider").click();
  await field("Kind").selectOption({ label: "Keycloak" });
  await field("Title").fill("School");
  await field("Issuer").fill(school.issuer);
  await field("Client id").fill(school.clientId);
  await field("Client secret").fill("wrong");
  await action("Check and save").click();
  await dialog().getByText("provider.credentials-wrong").waitFor();
  await desk.inspect("wrong-secret");
});

step("with the right one it is tried at Keycloak’s own page, and put into force", async () => {
  await field("Client secret").fill(school.secret);
  await action("Check and save").click();
  await panel.getByText("Settings are saved and do not count yet.", { exact: false }).waitFor();
  await desk.inspect("saved");
  await panel.getByRole("link", { name: "Try them" }).click();
  await throughKeycloak(panel, "ada");
  await panel.getByText("a trial has signed in ada", { exact: false }).waitFor();
  await desk.inspect("tried");
  await inForce("School");
});

step("a directory is tried with a name and a password, and put into force", async () => {
  await action("Add a provider").click();
  await field("Kind").selectOption({ label: "LDAP" });
  await field("Title").fill("Library");
  await field("Address").fill(library.url);
  await field("Base of people").fill(library.base);
  await action("Check and save").click();
  await panel.getByText("Settings are saved and do not count yet.", { exact: false }).waitFor();
  await action("Try them").click();
  await field("Name").fill(library.name);
  await field("Password").fill(library.password);
  await action("Sign in on trial").click();
  await panel.getByText("a trial has signed in grace", { exact: false }).waitFor();
  await inForce("Library");
  await desk.inspect("in-use");
});

step("the community says whom each lets in", async () => {
  await panel.getByRole("link", { name: "Communities", exact: true }).click();
  await panel.getByRole("link", { name: "Lyceum", exact: true }).click();
  await action("Accept: School").click();
  await field("Groups or teams").fill("teachers");
  await desk.inspect("rule");
  await action("Save").click();
  await panel.getByText("It counts from the next sign-in on.").waitFor();
  await action("Accept: Library").click();
  await dialog()
    .getByLabel("Who becomes a member by signing in")
    .selectOption({ label: "Everybody whom it knows" });
  await action("Save").click();
  await desk.inspect("accepted");
});

step("a teacher signs in at Keycloak and lands in a running server", async () => {
  const { page } = teacher;
  await page.goto("/hub/login");
  await teacher.inspect("buttons");
  await page.getByRole("link", { name: "Sign in with School" }).click();
  await throughKeycloak(page, "ada");
  await page.waitForURL("**/hub/home");
  await startsServer(teacher);
  await page.goto("/hub/ways");
  await page.getByRole("heading", { name: "Your ways" }).waitFor();
  await teacher.inspect("ways");
});

step("a reader signs in by the directory and lands in a running server", async () => {
  const { page } = reader;
  await page.goto("/hub/login");
  await page.getByRole("link", { name: "Sign in with Library" }).click();
  await page.getByLabel("User name").fill(library.name);
  await page.getByLabel("Password", { exact: true }).fill("wrong");
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.getByRole("alert").waitFor();
  await reader.inspect("wrong-password");
  await page.getByLabel("Password", { exact: true }).fill(library.password);
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.waitForURL("**/hub/home");
  await startsServer(reader);
});
