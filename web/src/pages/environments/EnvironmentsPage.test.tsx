import { screen, within } from "@testing-library/react";
import { expect, test } from "vitest";
import type { Catalog, EnvironmentDetail, Machine, ProfileDetail, Trial } from "../../api/catalog";
import { openPanel, problem } from "../../testing/panel";
import { aCommunity } from "../../testing/samples";
import { audience, risk } from "./words";

const GIB = 1024 ** 3;

const MACHINE: Machine = {
  capacityBytes: 8 * GIB,
  cores: 4,
  sizes: [
    { memoryBytes: GIB, milliCpus: 1000, fits: 8 },
    { memoryBytes: 2 * GIB, milliCpus: 2000, fits: 4 },
  ],
  devices: [],
};

const JUPYTER: EnvironmentDetail = {
  id: 1,
  name: "jupyterlab",
  title: "JupyterLab",
  image: "lyceum/scientific:1",
  imageId: "sha256:0123456789abcdef",
  command: ["jupyterhub-singleuser"],
  defaultUrl: "/lab",
  web: null,
  ofPlatform: true,
  trials: [],
  version: 3,
};

const PASSED: Trial = {
  id: 3,
  image: "lab/r:1",
  imageId: "sha256:1",
  state: "PASSED",
  current: false,
  askedAt: "2026-01-01T08:00:00Z",
  endedAt: "2026-01-01T08:01:00Z",
  promotedAt: "2026-01-01T08:01:00Z",
  failure: null,
  steps: ["the server answers"],
  startMillis: 2500,
  memoryBytes: 300 * 1024 ** 2,
  packages: 120,
};

const R: EnvironmentDetail = {
  ...JUPYTER,
  id: 2,
  name: "r",
  title: "R",
  ofPlatform: false,
  image: "lab/r:2",
  trials: [
    { ...PASSED, id: 5, image: "lab/r:3", state: "FAILED", promotedAt: null, failure: "no kernel" },
    { ...PASSED, id: 4, image: "lab/r:2", current: true },
    PASSED,
  ],
};

const STANDARD: ProfileDetail = {
  id: 5,
  name: "standard",
  title: "Standard",
  description: "",
  environment: 1,
  memoryBytes: 2 * GIB,
  promisedBytes: 2 * GIB,
  milliCpus: 1500,
  pids: 512,
  network: "community",
  device: null,
  fits: 4,
  options: [],
  everybody: true,
  groups: [],
  roles: [],
  runtime: "",
  version: 0,
};

const LARGE: ProfileDetail = {
  ...STANDARD,
  id: 6,
  name: "large",
  title: "Large",
  promisedBytes: GIB,
  everybody: false,
  groups: ["readers"],
};

function offers(changes: Partial<Catalog> = {}) {
  const catalog: Catalog = {
    environments: [JUPYTER],
    profiles: [STANDARD, LARGE],
    groups: ["readers"],
    roles: ["admin", "user"],
    runtimes: [],
    machine: MACHINE,
    ...changes,
  };
  return {
    "GET /communities": { body: { items: [aCommunity({ id: 1, title: "Main" })] } },
    "GET /communities/1/catalog": { body: catalog },
    "GET /communities/1/builds": { body: { sources: [] } },
    "GET /images": { body: { budgetBytes: GIB, takenBytes: 0, items: [] } },
  };
}

test("profiles are shown in order, with what they are and whom they are for", async () => {
  openPanel("/environments", offers());
  const table = within(await screen.findByRole("table", { name: /Profiles in the order/ }));
  expect(table.getByRole("rowheader", { name: "Standard" })).toBeVisible();
  expect(table.getAllByText("2 GiB of memory, 1.5 cores")).toHaveLength(2);
  expect(table.getByText("group readers")).toBeVisible();
  expect(table.getByText("Over-committed")).toBeVisible();
});

test("a missing image is said with what to do", async () => {
  openPanel("/environments", offers({ environments: [{ ...JUPYTER, imageId: null }] }));
  expect(await screen.findByText("Image missing")).toBeVisible();
  expect(screen.getByText(/installer\/lyceum images build scientific/)).toBeVisible();
});

test("a new profile takes a size of the machine, a question and a group", async () => {
  const { user, asked } = openPanel("/environments", {
    ...offers(),
    "POST /communities/1/profiles": { status: 201, body: STANDARD },
  });
  await user.click(await screen.findByRole("button", { name: "New profile" }));
  await user.type(screen.getByLabelText("Title"), "Course");
  await user.type(screen.getByLabelText("Name"), "course");
  await user.click(screen.getByRole("button", { name: /^1 GiB of memory, 1 core/ }));
  await user.click(screen.getByRole("button", { name: "Ask something" }));
  const question = within(screen.getByRole("group", { name: "Question 1" }));
  await user.type(question.getByLabelText("Question"), "Size");
  await user.type(question.getAllByLabelText("Name of it")[0] as HTMLElement, "size");
  const answer = within(question.getByRole("group", { name: "Answer 1" }));
  await user.type(answer.getByLabelText("Answer"), "Big");
  await user.type(answer.getByLabelText("Name of it"), "big");
  await user.type(answer.getByLabelText("Memory (GiB)"), "4");
  await user.click(screen.getByLabelText("Everybody in the community"));
  await user.click(screen.getByLabelText("readers"));
  await user.click(screen.getByLabelText("Without a network"));
  await user.click(screen.getByRole("button", { name: "Save" }));

  const sent = asked.find(({ method }) => method === "POST")?.body;
  expect(sent).toMatchObject({
    name: "course",
    environment: 1,
    memoryBytes: GIB,
    promisedBytes: null,
    milliCpus: 1000,
    network: "none",
    everybody: false,
    groups: ["readers"],
    options: [
      {
        name: "size",
        title: "Size",
        freeImage: null,
        choices: [{ name: "big", title: "Big", initial: true, memoryBytes: 4 * GIB }],
      },
    ],
  });
});

test("a runtime is chosen where some are offered, and what does not hold under it is said", async () => {
  const runtimes = [{ name: "runsc", tried: true, gaps: ["it can be frozen"] }];
  const { user, asked } = openPanel("/environments", {
    ...offers({ runtimes }),
    "PUT /communities/1/profiles/5": { body: STANDARD },
  });
  const table = within(await screen.findByRole("table", { name: /Profiles in the order/ }));
  await user.click(table.getAllByRole("button", { name: /Edit/ })[0] as HTMLElement);
  expect(screen.queryByText("it can be frozen")).toBeNull();
  await user.selectOptions(screen.getByLabelText("Container runtime"), "runsc");
  expect(screen.getByText("it can be frozen")).toBeVisible();
  await user.click(screen.getByRole("button", { name: "Save" }));

  expect(asked.find(({ method }) => method === "PUT")?.body).toMatchObject({ runtime: "runsc" });
});

test("a profile has a device of the machine, and an answer may take it away", async () => {
  const gpu = { name: "gpu", label: "GPU", units: 2, seats: 1 };
  const { user, asked } = openPanel("/environments", {
    ...offers({ machine: { ...MACHINE, devices: [gpu] } }),
    "PUT /communities/1/profiles/5": { body: STANDARD },
  });
  await user.click(await screen.findByRole("button", { name: /Edit.*Standard/ }));
  await user.selectOptions(screen.getByLabelText("Device"), "GPU (2 × 1 seat)");
  await user.selectOptions(screen.getByLabelText("How many of it"), "2");
  await user.click(screen.getByRole("button", { name: "Ask something" }));
  const question = within(screen.getByRole("group", { name: "Question 1" }));
  await user.type(question.getByLabelText("Question"), "With");
  await user.type(question.getAllByLabelText("Name of it")[0] as HTMLElement, "with");
  const answer = within(question.getByRole("group", { name: "Answer 1" }));
  await user.type(answer.getByLabelText("Answer"), "Without");
  await user.type(answer.getByLabelText("Name of it"), "without");
  await user.selectOptions(answer.getByLabelText("Device"), "None");
  await user.click(screen.getByRole("button", { name: "Save" }));

  expect(asked.find(({ method }) => method === "PUT")?.body).toMatchObject({
    device: { kind: "gpu", count: 2 },
    options: [{ choices: [{ name: "without", device: { kind: "gpu", count: 0 } }] }],
  });
});

test("a profile whose device the machine has lost says so", async () => {
  const { user } = openPanel(
    "/environments",
    offers({ profiles: [{ ...STANDARD, device: { kind: "gpu", count: 1 } }] }),
  );
  await user.click(await screen.findByRole("button", { name: /Edit.*Standard/ }));
  expect(screen.getByLabelText("Device")).toHaveDisplayValue("gpu (not on this machine)");
  expect(screen.getByText(/nobody can start this/)).toBeVisible();
});

test("promising less shows what may happen before it is saved", async () => {
  const { user } = openPanel("/environments", offers());
  await user.click(await screen.findByRole("button", { name: "Edit Standard" }));
  expect(screen.queryByText(/the kernel then ends programs/)).toBeNull();
  await user.type(screen.getByLabelText("Promise only (GiB)"), "1");
  expect(screen.getByText(/8 servers of this size.*they want 16 GiB of 8 GiB/)).toBeVisible();
});

test("a profile is moved up, and a refusal is shown as it is", async () => {
  const { user, asked } = openPanel("/environments", {
    ...offers(),
    "PUT /communities/1/profiles": problem(412, "profile.stale", "Look at them again."),
  });
  await user.click(await screen.findByRole("button", { name: "Move up Large" }));
  expect(await screen.findByText("Look at them again.")).toBeVisible();
  expect(asked.find(({ method }) => method === "PUT")?.body).toEqual({ ids: [6, 5] });
});

test("a preview tells what somebody finds", async () => {
  const offered = { ...STANDARD, name: "standard" };
  const { user } = openPanel("/environments", {
    ...offers(),
    "GET /communities/1/profiles/preview": { body: { offered: [offered], hidden: [LARGE] } },
  });
  await user.click(await screen.findByRole("button", { name: "See as somebody" }));
  await user.type(screen.getByLabelText("Name of a member"), "ada");
  await user.click(screen.getByRole("button", { name: "Look" }));
  expect(await screen.findByRole("heading", { name: "ada can pick" })).toBeVisible();
  expect(screen.getByRole("heading", { name: "Not offered to ada" })).toBeVisible();
});

test("a profileList is looked at first, and imported when asked once more", async () => {
  const report = { applied: false, profiles: ["A"], images: [], left: ["“A”: x was not taken"] };
  const { user, asked } = openPanel("/environments", {
    ...offers(),
    "POST /communities/1/profiles/import": { body: report },
  });
  await user.click(await screen.findByRole("button", { name: "Import profileList" }));
  await user.type(screen.getByLabelText(/profileList, or/), "- x");
  await user.click(screen.getByRole("button", { name: "Look" }));
  expect(await screen.findByText("“A”: x was not taken")).toBeVisible();
  await user.click(screen.getByRole("button", { name: "Import" }));
  const sent = asked.filter(({ method }) => method === "POST").map(({ body }) => body);
  expect(sent).toEqual([
    { yaml: "- x", apply: false },
    { yaml: "- x", apply: true },
  ]);
});

test("images that were tried are shown with what was found, and lead forth and back", async () => {
  const { user, asked } = openPanel("/environments", {
    ...offers({ environments: [R] }),
    "POST /communities/1/environments/2/trials": { status: 202, body: PASSED },
    "POST /communities/1/environments/2/back": { body: {} },
    "POST /communities/1/environments/2/trials/5/promote": { body: {} },
  });
  const card = within(await screen.findByRole("region", { name: "R" }));
  expect(card.getByText("no kernel")).toBeVisible();
  expect(card.getByText("What people get")).toBeVisible();
  expect(card.getAllByText("answers after 2.5 s, uses 300 MiB, 120 packages")).toHaveLength(3);
  await user.click(card.getByRole("button", { name: /Back to the previous image/ }));
  await user.click(card.getByRole("button", { name: "Use it all the same" }));
  await user.click(card.getByRole("button", { name: /Try another image/ }));
  await user.clear(screen.getByLabelText("Image"));
  await user.type(screen.getByLabelText("Image"), "lab/r:4");
  await user.click(screen.getByRole("button", { name: "Try it" }));
  const posts = asked.filter(({ method }) => method === "POST");
  expect(posts.map(({ path }) => path.replace(/.*environments\/2\//, ""))).toEqual([
    "back",
    "trials/5/promote",
    "trials",
  ]);
  expect(posts[2]?.body).toEqual({ image: "lab/r:4" });
});

test("words for whom and for what may happen", () => {
  expect(audience({ ...LARGE, groups: [], roles: [] })).toBe("Nobody");
  expect(risk(GIB, GIB, MACHINE)).toBeNull();
  expect(risk(GIB, 0, MACHINE)).toBeNull();
});
