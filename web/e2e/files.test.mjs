/**
 * Goal: a person gets at their files while no server runs: sends one, fetches it, deletes it by
 * mistake and has it back; then from what is shared in the community, and shares a folder by a link.
 * Method: the real platform and its pool, real Chromium, files compared byte by byte. Without an
 * account the journey makes one with the setup link.
 */
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { after, before } from "node:test";
import { Browser } from "./browser.mjs";
import { ADA, createAdministrator, signIn } from "./people.mjs";
import { platform, setupLink } from "./platform.mjs";
import { journey } from "./steps.mjs";

const NAME = "Messung é 1.csv";
const CONTENT = Buffer.alloc(3 << 20, "time,value\n");

let lyceum;
let browser;
let page;
let link;

before(async () => {
  lyceum = await platform();
  browser = await Browser.open(lyceum.url, "files");
  page = browser.page;
});

after(async () => {
  await browser?.close();
  await lyceum?.end();
});

const step = journey(() => browser);
const upload = (buffer) =>
  page.locator("#upload").setInputFiles({ name: NAME, mimeType: "text/csv", buffer });
const places = () => page.getByRole("navigation", { name: "Places" });
const more = (name) => page.getByLabel(`More about ${name}`, { exact: true });

step("the page of files is there after the sign-in, whether or not a server ever ran", async () => {
  await signIn(page, ADA);
  const home = page.getByRole("link", { name: "Files", exact: true });
  await page.getByRole("alert").or(home).first().waitFor();
  if ((await home.count()) === 0) {
    await createAdministrator(page, await setupLink(lyceum.dataDir), ADA);
  }
  await home.click();
  await page.getByRole("heading", { level: 1, name: "Your files" }).waitFor();
});

step("a folder is made and opened", async () => {
  await page.getByText("New folder").click();
  await page.getByLabel("Name", { exact: true }).fill("thesis");
  await page.getByRole("button", { name: "Make the folder" }).click();
  await page.getByRole("status").getByText("thesis").waitFor();
  await browser.inspect("made");
  await page.getByRole("link", { name: "thesis", exact: true }).click();
  await page.getByText("Nothing is in here yet").waitFor();
  await browser.inspect("empty");
});

step("a file is sent, and seen with its size", async () => {
  await upload(CONTENT);
  await page.getByRole("link", { name: NAME, exact: true }).waitFor();
  await page.getByText("3 MiB").waitFor();
});

step("a second one of that name is not put over it without a question", async () => {
  await upload(Buffer.from("other"));
  await page.getByRole("button", { name: /Replace it/ }).waitFor();
  await browser.inspect("taken");
  await page.reload();
});

step("the file comes back as it was sent, and so does the folder", async () => {
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("link", { name: NAME, exact: true }).click(),
  ]);
  assert.equal(download.suggestedFilename(), NAME);
  assert.deepEqual(await readFile(await download.path()), CONTENT);
  const [archive] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("link", { name: "Download this folder" }).click(),
  ]);
  assert.equal(archive.suggestedFilename(), "thesis.tar");
  const bytes = await readFile(await archive.path());
  assert.ok(bytes.includes(CONTENT), "the archive has the file");
});

step("it is renamed, deleted by mistake, and back after one press", async () => {
  await more(NAME).click();
  await browser.inspect("more");
  await page.getByLabel("New name").fill("final.csv");
  await page.getByRole("button", { name: "Rename" }).click();
  await page.getByRole("link", { name: "final.csv", exact: true }).waitFor();
  await more("final.csv").click();
  await page.getByRole("button", { name: "Move to the trash" }).click();
  await page.getByText("is in the trash").waitFor();
  assert.equal(await page.getByRole("link", { name: "final.csv", exact: true }).count(), 0);
  await browser.inspect("deleted");
  await page.getByRole("button", { name: "Undo" }).click();
  await page.getByRole("link", { name: "final.csv", exact: true }).waitFor();
});

step("the trash shows what is in it and can be emptied", async () => {
  await more("final.csv").click();
  await page.getByRole("button", { name: "Move to the trash" }).click();
  await page.getByRole("link", { name: "Trash" }).click();
  await page.getByText("from thesis").waitFor();
  await browser.inspect("trash");
  await page.getByText("Empty the trash").click();
  await page.getByRole("button", { name: "Delete everything in the trash" }).click();
  await page.getByText("The trash is empty.").first().waitFor();
});

step("what is shared in the community has a page of its own, with the same buttons", async () => {
  await page.getByRole("navigation", { name: "Folder" }).getByRole("link").first().click();
  await places().getByRole("link", { name: "Shared", exact: true }).click();
  await page.getByRole("heading", { level: 1, name: "Shared" }).waitFor();
  await page.getByText("Everybody in this community reads what is here.").waitFor();
  await upload(Buffer.from("6*7"));
  await page.getByRole("link", { name: NAME, exact: true }).waitFor();
  await more(NAME).click();
  await browser.inspect("shared");
  await page.getByRole("button", { name: `Copy to my home: ${NAME}` }).click();
  await page.getByRole("status").getByText("is in your home now").waitFor();
  await page.getByRole("link", { name: NAME, exact: true }).waitFor();
});

step("a folder is shared by a link, which is shown once", async () => {
  await more("thesis").click();
  await page.getByRole("link", { name: "Share", exact: true }).first().click();
  await page.getByRole("heading", { level: 1, name: "Share “thesis”" }).waitFor();
  await browser.inspect("share");
  await page.getByLabel("One member").check();
  await page.getByLabel("User name of the member").fill("nobody");
  await page.getByRole("button", { name: "Make the link" }).click();
  await page.getByRole("alert").getByText("Nobody in this community").waitFor();
  assert.ok(await page.getByLabel("One member").isChecked(), "what was chosen stays");
  await browser.inspect("share-refused");
  await page.getByLabel("Everybody in this community").check();
  await page.getByRole("button", { name: "Make the link" }).click();
  await page.getByRole("status").getByText("Copy it now").waitFor();
  await browser.inspect("link-made");
  link = await page.locator("#new-link").innerText();
  assert.match(link, /^http.*\/hub\/files\/link\?key=[0-9a-f]{32}$/);
});

step("who opens it looks around and cannot change anything", async () => {
  await page.goto(link);
  await page.getByRole("heading", { level: 1, name: "thesis" }).waitFor();
  assert.ok(!page.url().includes("key="), page.url());
  await page.getByText("This is what others see of it").waitFor();
  assert.equal(await page.getByText("Upload files").count(), 0);
  await browser.inspect("opened");
});

step("the links somebody made are listed, and one is ended", async () => {
  await page.getByRole("link", { name: "Sharing links" }).click();
  await page.getByRole("heading", { level: 2, name: "Links I made" }).waitFor();
  await browser.inspect("links");
  await page.getByRole("button", { name: "End the link to thesis" }).click();
  await page.getByRole("status").getByText("The link has ended").waitFor();
  await page.getByText("You share nothing by link").waitFor();
  await browser.inspect("no-links");
  await page.goto(link);
  await page.getByText("There is no such sharing link").waitFor();
});

step("the page of rescues offers ways out, and puts aside what there is", async () => {
  await page.goto("/hub/rescue");
  await page.getByRole("button", { name: "Start my server in rescue" }).waitFor();
  await browser.inspect("rescue");
  await page.getByRole("button", { name: "Put aside" }).click();
  await page.getByRole("status").waitFor();
  assert.deepEqual(browser.complaints, []);
});
