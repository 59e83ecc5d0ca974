import { screen, within } from "@testing-library/react";
import { expect, test } from "vitest";
import { openPanel, problem } from "../../testing/panel";
import {
  aCommunity,
  aFolder,
  aFolderPage,
  aLeaving,
  aLeavingPage,
  aPool,
} from "../../testing/samples";

const GIB = 1024 ** 3;
const LIST = { body: { items: [aCommunity()] } };
const FOLDERS = "GET /communities/3/folders";
const LEAVING = "GET /communities/3/leaving";
const LIMITS = "PUT /communities/3/limits";
const EVES_RULE = {
  scope: "USER" as const,
  subject: 9,
  name: "eve",
  bytes: { hard: 20 * GIB, warning: 16 * GIB },
  inodes: null,
  version: 2,
};
const MANAGER = {
  body: {
    name: "kim",
    admin: false,
    communities: [{ id: 3, name: "maths", title: "Mathematics", baseUrl: "/maths/" }],
  },
};

function open(changes: Record<string, object> = {}) {
  return openPanel("/storage", {
    "GET /communities": LIST,
    "GET /storage/pool": { body: aPool() },
    [FOLDERS]: { body: aFolderPage() },
    [LEAVING]: { body: aLeavingPage() },
    ...changes,
  });
}

test("a folder shows what it holds, its limit, whose decision that is and how near it is", async () => {
  open();
  const row = (await screen.findByRole("rowheader", { name: "eve" })).closest("tr");
  const eve = within(row as HTMLElement);
  expect(eve.getByRole("meter", { name: "Used by eve" })).toHaveAttribute(
    "aria-valuetext",
    "9 GiB of 10 GiB, 90 % used",
  );
  expect(eve.getByText("Built in")).toBeVisible();
  expect(eve.getByText("Filling up")).toBeVisible();
});

test("a limit is set for the folder's owner and counts at once", async () => {
  const { user, asked, platform } = open({ [LIMITS]: { body: EVES_RULE } });
  await user.click(await screen.findByRole("button", { name: "Change limit: eve" }));
  const dialog = within(screen.getByRole("dialog", { name: "Limit for eve" }));
  await user.type(dialog.getByLabelText("Size (GiB)"), "20");
  platform[FOLDERS] = { body: aFolderPage({ rules: [EVES_RULE] }) };
  await user.click(dialog.getByRole("button", { name: "Save" }));
  expect(await screen.findByText("The limit counts now.")).toBeVisible();
  expect(asked.find(({ method }) => method === "PUT")?.body).toEqual({
    kind: "HOME",
    scope: "USER",
    name: "eve",
    bytes: 20 * GIB,
    bytesWarning: null,
    inodes: null,
    inodesWarning: null,
    version: -1,
  });
  expect(await screen.findByRole("heading", { name: "Limits that somebody set" })).toBeVisible();
});

test("a limit is taken back with the version that was seen", async () => {
  const { user, asked } = open({
    [FOLDERS]: { body: aFolderPage({ rules: [EVES_RULE] }) },
    [LIMITS]: { body: { ...EVES_RULE, bytes: null, version: -1 } },
  });
  await user.click(await screen.findByRole("button", { name: "Take back: eve" }));
  expect(await screen.findByText(/taken back; the next nearest counts/)).toBeVisible();
  const sent = asked.find(({ method }) => method === "PUT")?.body;
  expect(sent).toMatchObject({ scope: "USER", name: "eve", bytes: null, version: 2 });
});

test("a refusal stays beside what was typed", async () => {
  const { user } = open({
    [LIMITS]: problem(403, "limit.above-community", "Ask an administrator of the platform."),
  });
  await user.click(
    await screen.findByRole("button", { name: "Set a limit for a person or group" }),
  );
  await user.type(screen.getByLabelText("Name"), "eve");
  await user.type(screen.getByLabelText("Size (GiB)"), "99");
  await user.click(screen.getByRole("button", { name: "Set the limit" }));
  expect(await screen.findByText("Ask an administrator of the platform.")).toBeVisible();
  expect(screen.getByLabelText("Name")).toHaveValue("eve");
});

test("a manager sees no pool and changes no limit of the whole community", async () => {
  open({ "GET /me": MANAGER });
  await screen.findByRole("button", { name: "Change limit: eve" });
  expect(screen.queryByRole("heading", { name: "The pool" })).toBeNull();
  expect(screen.queryByRole("button", { name: "Change the community's limit" })).toBeNull();
});

test("each disk says what its room is for, and what is stopped where there is little", async () => {
  open();
  expect(await screen.findByRole("meter", { name: "Database and logs" })).toHaveAttribute(
    "aria-valuetext",
    "Database and logs: 60 GiB of 100 GiB free, 40 % used",
  );
  expect(screen.queryByText(/No server starts/)).toBeNull();
});

test("the page says what earlier versions take of their share, and who got none", async () => {
  const at = "2026-03-04T05:06:07Z";
  open({
    "GET /storage/pool": {
      body: aPool({
        snapshots: { bytes: 2 * GIB, shareBytes: 8 * GIB, without: 3, at },
      }),
    },
  });
  const bar = await screen.findByRole("meter", { name: "Earlier versions of files" });
  expect(bar).toHaveAttribute(
    "aria-valuetext",
    expect.stringContaining("2 GiB of the 8 GiB that earlier versions may take"),
  );
  expect(screen.getByText(/3 folders have changed and got no new version/)).toBeVisible();
});

test("a disk that is nearly full says that no server starts", async () => {
  const disk = { place: "/var/lib/docker", totalBytes: 100 * GIB };
  open({
    "GET /storage/pool": {
      body: aPool({
        disks: [
          { ...disk, purpose: "IMAGES", availableBytes: 4 * GIB, level: "NEARLY_FULL" },
          { ...disk, purpose: "RECORDS", availableBytes: 9 * GIB, level: "HIGH" },
        ],
      }),
    },
  });
  expect(await screen.findByText(/No server starts until there is room again/)).toBeVisible();
  expect(screen.getByText(/No servers are prepared ahead any more/)).toBeVisible();
});

test("the pool grows on request, and a failure says that nothing is lost", async () => {
  const { user, asked, platform } = open({
    "POST /storage/pool/grow": { status: 202, body: aPool() },
  });
  await user.click(await screen.findByRole("button", { name: "Make the pool larger" }));
  await user.type(screen.getByLabelText("Size (GiB)"), "80");
  platform["GET /storage/pool"] = {
    body: aPool({
      growth: {
        bytes: 80 * GIB,
        startedAt: "2026-01-01T09:00:00Z",
        endedAt: "2026-01-01T09:01:00Z",
        failure: "no room",
      },
    }),
  };
  await user.click(screen.getByRole("button", { name: "Make it larger" }));
  expect(
    await screen.findByText(/did not grow to 80 GiB: no room\. Nothing is lost/),
  ).toBeVisible();
  expect(asked.find(({ method }) => method === "POST")?.body).toEqual({ bytes: 80 * GIB });
});

test("a group is given a folder", async () => {
  const { user, asked } = open({
    [FOLDERS]: { body: aFolderPage({ items: [] }) },
    "POST /communities/3/folders": { status: 201, body: {} },
  });
  await user.selectOptions(await screen.findByLabelText("Folders"), "Group folders");
  await user.click(await screen.findByRole("button", { name: "Give a group a folder" }));
  await user.type(screen.getByLabelText("Group"), "lab");
  await user.click(screen.getByRole("button", { name: "Make the folder" }));
  expect(await screen.findByText(/The group has its folder/)).toBeVisible();
  expect(asked.find(({ method }) => method === "POST")?.body).toEqual({ group: "lab" });
});

test("where nothing enforces limits, that is said loudly", async () => {
  open({
    "GET /storage/pool": { body: aPool({ kind: "MEASURED", enforced: false, image: false }) },
    [FOLDERS]: { body: aFolderPage({ enforced: false }) },
  });
  expect(await screen.findByText(/one person can fill the disk/)).toBeVisible();
  expect(await screen.findByText(/shown and not enforced\./)).toBeVisible();
});

test("a folder of somebody who is gone keeps its files and can be limited by itself", async () => {
  const { user, asked } = open({
    [FOLDERS]: { body: aFolderPage({ items: [aFolder({ owner: null })] }) },
    [LIMITS]: { body: EVES_RULE },
  });
  await user.click(
    await screen.findByRole("button", { name: "Change limit: Number 9, who is gone" }),
  );
  await user.type(screen.getByLabelText("Size (GiB)"), "1");
  await user.click(screen.getByRole("button", { name: "Save" }));
  await screen.findByText("The limit counts now.");
  const sent = asked.find(({ method }) => method === "PUT")?.body;
  expect(sent).toMatchObject({ scope: "FOLDER", folder: 4 });
});

test("what is kept of who has left says whose it is, why, and until when", async () => {
  open({ [LEAVING]: { body: aLeavingPage({ items: [aLeaving()] }) } });
  const row = (await screen.findByRole("rowheader", { name: "mallory" })).closest("tr");
  const line = within(row as HTMLElement);
  expect(line.getByText("Account deleted")).toBeVisible();
  expect(line.getByText("3 GiB")).toBeVisible();
  expect(line.getByText(new Date("2027-01-30T08:00:00Z").toLocaleDateString())).toBeVisible();
});

test("an owner is brought back under another name when theirs is taken", async () => {
  const { user, asked } = open({
    [LEAVING]: { body: aLeavingPage({ items: [aLeaving()] }) },
    "POST /communities/3/leaving/7/back": { body: {} },
  });
  await user.click(await screen.findByRole("button", { name: "Bring back: Home of mallory" }));
  const name = screen.getByLabelText("Name");
  await user.clear(name);
  await user.type(name, "mallory-2");
  await user.click(screen.getByRole("button", { name: "Bring back" }));
  expect(await screen.findByText(/the files follow within a minute/)).toBeVisible();
  expect(asked.find(({ method }) => method === "POST")?.body).toEqual({ name: "mallory-2" });
});

test("nothing is removed for good before its owner's name was typed", async () => {
  const { user, asked } = open({
    [LEAVING]: { body: aLeavingPage({ items: [aLeaving()] }) },
    "DELETE /communities/3/leaving/7": { status: 204 },
  });
  await user.click(await screen.findByRole("button", { name: "Remove now: Home of mallory" }));
  await user.type(screen.getByLabelText(/to be sure/), "eve");
  await user.click(screen.getByRole("button", { name: "Remove now" }));
  expect(asked.some(({ method }) => method === "DELETE")).toBe(false);
  await user.clear(screen.getByLabelText(/to be sure/));
  await user.type(screen.getByLabelText(/to be sure/), "mallory");
  await user.click(screen.getByRole("button", { name: "Remove now" }));
  expect(await screen.findByText("They are being removed.")).toBeVisible();
});

test("what is kept is fetched once somebody has said why", async () => {
  const { user, asked } = open({
    [LEAVING]: { body: aLeavingPage({ items: [aLeaving()] }) },
    "POST /communities/3/leaving/7/archive": { body: {} },
  });
  await user.click(await screen.findByRole("button", { name: "Fetch: Home of mallory" }));
  await user.type(screen.getByLabelText("Why"), "  Asked for by the data office ");
  await user.click(screen.getByRole("button", { name: "Fetch as an archive" }));
  expect(await screen.findByText(/The archive is on its way/)).toBeVisible();
  expect(asked.find(({ method }) => method === "POST")?.body).toEqual({
    reason: "Asked for by the data office",
  });
});

test("a manager brings back and keeps longer, and removes nothing for good", async () => {
  open({ "GET /me": MANAGER, [LEAVING]: { body: aLeavingPage({ items: [aLeaving()] }) } });
  await screen.findByRole("button", { name: "Bring back: Home of mallory" });
  expect(screen.queryByRole("button", { name: /Remove now/ })).toBeNull();
  expect(screen.queryByRole("button", { name: /Fetch/ })).toBeNull();
});
