import { screen, waitFor, within } from "@testing-library/react";
import { expect, test } from "vitest";
import { openPanel, problem } from "../../testing/panel";
import { aCommunity } from "../../testing/samples";

const LIST = { body: { items: [aCommunity()] } };
const MANAGER = {
  body: {
    name: "eve",
    admin: false,
    communities: [
      { id: 3, name: "maths", title: "Mathematics", baseUrl: "/maths/", url: "/maths/hub/home" },
    ],
  },
};
const EVE = {
  id: 9,
  name: "eve",
  manager: false,
  administrator: false,
  joinedAt: "2026-01-01T08:00:00Z",
  lastActivityAt: null,
  namedServers: null,
};
const LAB = { id: 4, name: "lab", users: 1, namedServers: 2, follows: [] };
const MEMBERS = { body: { items: [EVE], next: null } };

test("a community has an address, a state and its figures", async () => {
  openPanel("/communities", { "GET /communities": LIST });
  const row = (await screen.findByRole("rowheader", { name: "Mathematics" })).closest("tr");
  const maths = within(row as HTMLElement);
  expect(maths.getByRole("link", { name: "/maths/" })).toHaveAttribute("href", "/maths/hub/home");
  expect(maths.getByText("Open")).toBeVisible();
  expect(maths.getByText("12")).toBeVisible();
});

test("an administrator makes a community, and a refusal stays beside what was typed", async () => {
  const { user, asked, platform } = openPanel("/communities", {
    "GET /communities": LIST,
    "POST /communities": problem(409, "community.name-taken", "Choose another name."),
  });
  await user.click(await screen.findByRole("button", { name: "New community" }));
  await user.type(screen.getByLabelText("Name"), "physics");
  await user.type(screen.getByLabelText("Title"), "Physics");
  await user.click(screen.getByRole("button", { name: "Make the community" }));
  expect(await screen.findByText("Choose another name.")).toBeVisible();
  expect(screen.getByLabelText("Name")).toHaveValue("physics");
  platform["POST /communities"] = { status: 201, body: aCommunity({ id: 4 }) };
  await user.click(screen.getByRole("button", { name: "Make the community" }));
  expect(await screen.findByText("The community is there.")).toBeVisible();
  const sent = asked.filter(({ method }) => method === "POST").map(({ body }) => body);
  expect(sent[1]).toEqual({ name: "physics", title: "Physics" });
});

test("a manager makes no communities and changes no limits, names or their existence", async () => {
  const { user } = openPanel("/communities", {
    "GET /me": MANAGER,
    "GET /communities": LIST,
    "GET /communities/3/members": MEMBERS,
  });
  const link = await screen.findByRole("link", { name: "Mathematics" });
  expect(screen.queryByRole("button", { name: "New community" })).toBeNull();
  await user.click(link);
  const actions = await screen.findByRole("region", { name: "Actions" });
  const names = within(actions)
    .getAllByRole("button")
    .map((button) => button.textContent);
  expect(names).toEqual(["Change the title", "Pause"]);
});

test("a pause says what people read, and goes out with the version that was seen", async () => {
  const { user, asked } = openPanel("/communities/3", {
    "GET /communities": LIST,
    "GET /communities/3/members": MEMBERS,
    "POST /communities/3/pause": { body: aCommunity({ state: "PAUSED", version: 6 }) },
  });
  await user.click(await screen.findByRole("button", { name: "Pause" }));
  const dialog = within(screen.getByRole("dialog", { name: "Pause Mathematics?" }));
  await user.type(dialog.getByLabelText("Notice"), "Back on Monday.");
  await user.click(dialog.getByLabelText("Stop the servers that run (2 now)"));
  await user.click(dialog.getByRole("button", { name: "Pause" }));
  expect(await screen.findByText("The community is paused.")).toBeVisible();
  const sent = asked.find(({ method }) => method === "POST");
  expect(sent?.body).toEqual({ version: 5, notice: "Back on Monday.", stopServers: true });
});

test("an empty limit leaves it to the platform", async () => {
  const { user, asked } = openPanel("/communities/3", {
    "GET /communities": LIST,
    "GET /communities/3/members": MEMBERS,
    "PATCH /communities/3": { body: aCommunity() },
  });
  await user.click(await screen.findByRole("button", { name: "Change limits" }));
  await user.clear(screen.getByLabelText("Servers that run at once"));
  await user.type(screen.getByLabelText("Named servers of each person"), "2");
  await user.click(screen.getByRole("button", { name: "Save" }));
  await screen.findByText("The limits are changed.");
  expect(asked.find(({ method }) => method === "PATCH")?.body).toEqual({
    version: 5,
    limits: { maxSpawning: null, maxActive: null, namedPerUser: 2 },
  });
});

test("a member becomes a manager, and leaves after a question", async () => {
  const { user, asked } = openPanel("/communities/3", {
    "GET /communities": LIST,
    "GET /communities/3/members": MEMBERS,
    "PUT /communities/3/members/9": { body: {} },
    "DELETE /communities/3/members/9": {},
  });
  await user.click(await screen.findByRole("button", { name: "Make manager: eve" }));
  await screen.findByText("The role is changed.");
  await user.click(screen.getByRole("button", { name: "Remove: eve" }));
  expect(screen.getByText(/Their account and their other communities stay/)).toBeVisible();
  await user.click(screen.getByRole("button", { name: "Remove the member" }));
  await screen.findByText("eve is no longer a member.");
  const changes = asked.filter(({ method }) => method !== "GET");
  expect(changes.map(({ method, body }) => [method, body])).toEqual([
    ["PUT", { manager: true }],
    ["DELETE", undefined],
  ]);
});

test("somebody new is added with a link to give them, and invited again later", async () => {
  const invitation = {
    name: "zoe",
    first: true,
    address: "http://127.0.0.1/maths/hub/password-link?key=abc",
    until: "2026-12-01T08:00:00Z",
  };
  const { user, asked } = openPanel("/communities/3", {
    "GET /communities": LIST,
    "GET /communities/3/members": MEMBERS,
    "POST /communities/3/members": { body: { invitation } },
    "POST /communities/3/members/9/invitation": problem(403, "password-link.not-new", "Not new."),
  });
  await user.click(await screen.findByRole("button", { name: "Add a member" }));
  await user.type(screen.getByLabelText("User name"), "zoe");
  await user.click(screen.getByRole("button", { name: "Add" }));
  const dialog = within(await screen.findByRole("dialog", { name: "Invite zoe" }));
  expect(dialog.getByLabelText("Link")).toHaveValue(invitation.address);
  await user.click(dialog.getByRole("button", { name: "Done" }));
  await user.click(screen.getByRole("button", { name: "Invite: eve" }));
  expect(await screen.findByText("Not new.")).toBeVisible();
  expect(asked.filter(({ method }) => method === "POST").map(({ body }) => body)).toEqual([
    { name: "zoe", manager: false },
    undefined,
  ]);
});

test("a list is looked at, corrected, done, and gives a table of links", async () => {
  const line = { line: 2, name: "zoe", groups: ["lab"], problem: null, invitation: null };
  const { user, asked, platform } = openPanel("/communities/3", {
    "GET /communities": LIST,
    "GET /communities/3/members": MEMBERS,
    "POST /communities/3/members/import": problem(400, "roster.no-names", "No names."),
  });
  await user.click(await screen.findByRole("button", { name: "Add many people" }));
  await user.type(screen.getByLabelText("Or paste it here"), "who");
  await user.click(screen.getByRole("button", { name: "Look at the list" }));
  expect(await screen.findByText("No names.")).toBeVisible();

  platform["POST /communities/3/members/import"] = {
    body: { applied: false, ignored: ["mail"], lines: [{ ...line, effect: "ACCOUNT" }] },
  };
  await user.click(screen.getByRole("button", { name: "Look at the list" }));
  expect(await screen.findByText("gets an account")).toBeVisible();
  expect(screen.getByText(/1 person in the list.*Not used: mail/)).toBeVisible();
  const invitation = { name: "zoe", first: true, address: "http://a/b?key=c", until: "2026-12-01" };
  platform["POST /communities/3/members/import"] = {
    body: { applied: true, ignored: [], lines: [{ ...line, effect: "ACCOUNT", invitation }] },
  };
  await user.click(screen.getByRole("button", { name: "Add 1 person" }));
  const save = await screen.findByRole("link", { name: "Save the links as a table" });
  expect(decodeURIComponent(save.getAttribute("href") ?? "")).toContain('"zoe","http://a/b?key=c"');
  const sent = asked.filter(({ path }) => path.endsWith("/import")).map(({ body }) => body);
  expect(sent).toEqual([
    { csv: "who", apply: false },
    { csv: "who", apply: false },
    { csv: "who", apply: true },
  ]);
});

test("a deleted community can be restored, and nothing else", async () => {
  const { user } = openPanel("/communities/3", {
    "GET /communities": { body: { items: [aCommunity({ state: "DELETED" })] } },
    "GET /communities/3/members": MEMBERS,
    "POST /communities/3/restore": { body: aCommunity({ state: "PAUSED" }) },
  });
  const actions = await screen.findByRole("region", { name: "Actions" });
  expect(within(actions).getAllByRole("button")).toHaveLength(1);
  await user.click(within(actions).getByRole("button", { name: "Restore" }));
  expect(await screen.findByText(/it is still paused/)).toBeVisible();
});

test("a community of somebody else is not there", async () => {
  openPanel("/communities/8", { "GET /me": MANAGER, "GET /communities": LIST });
  expect(await screen.findByText(/not yours to administer/)).toBeVisible();
});

test("a member and a group get a limit on named servers; an empty field takes it back", async () => {
  const { user, asked } = openPanel("/communities/3", {
    "GET /communities": LIST,
    "GET /communities/3/members": MEMBERS,
    "GET /communities/3/groups": { body: { items: [LAB], next: null } },
    "PUT /communities/3/members/9/named-servers": { body: {} },
    "PUT /communities/3/groups/4/named-servers": { body: {} },
  });
  await user.click(await screen.findByRole("button", { name: "Limit named servers: eve" }));
  await user.type(screen.getByLabelText("Named servers, at most"), "3");
  await user.click(screen.getByRole("button", { name: "Save" }));
  expect(await screen.findByText("The limit is changed.")).toBeVisible();
  await user.click(screen.getByRole("button", { name: "Limit named servers: lab" }));
  expect(screen.getByLabelText("Named servers, at most")).toHaveValue(2);
  await user.clear(screen.getByLabelText("Named servers, at most"));
  await user.click(screen.getByRole("button", { name: "Save" }));
  await waitFor(() => {
    const sent = asked.filter(({ method }) => method === "PUT").map(({ body }) => body);
    expect(sent).toEqual([{ namedServers: 3 }, { namedServers: null }]);
  });
});

test("a group is made, and follows a group at a provider until it does no more", async () => {
  const { user, asked } = openPanel("/communities/3", {
    "GET /communities": LIST,
    "GET /communities/3/members": MEMBERS,
    "GET /communities/3/groups": {
      body: { items: [{ ...LAB, follows: [{ provider: 2, group: "old-lab" }] }], next: null },
    },
    "GET /communities/3/sign-in": {
      body: {
        providers: [{ provider: 2, title: "School", enabled: true, rule: null }],
        requests: [],
      },
    },
    "POST /communities/3/groups": { status: 201, body: LAB },
    "PUT /communities/3/groups/4/follows": { status: 204 },
  });
  await user.click(await screen.findByRole("button", { name: "New group" }));
  await user.type(screen.getByLabelText("Name"), "physics");
  await user.click(screen.getByRole("button", { name: "Make it" }));
  expect(await screen.findByText("It is made.")).toBeVisible();

  await user.click(screen.getByRole("button", { name: "Follow a provider’s group: lab" }));
  expect(await screen.findByText(/at School/)).toBeVisible();
  await user.click(screen.getByRole("button", { name: "Follow no more: old-lab" }));
  await user.type(screen.getByLabelText("Group there"), "lab-2027");
  await user.click(screen.getByRole("button", { name: "Save" }));
  expect(await screen.findByText(/counts from the next time/)).toBeVisible();
  const sent = asked.filter(({ method }) => method !== "GET").map(({ body }) => body);
  expect(sent).toEqual([{ name: "physics" }, { follows: [{ provider: 2, group: "lab-2027" }] }]);
});

const time = (seconds: number, origin: string, ownSeconds: number | null = null) => ({
  ownSeconds,
  seconds,
  origin,
});
const ENDS = {
  body: {
    community: {
      profile: null,
      title: "Mathematics",
      cullAfter: time(3600, "COMMUNITY", 3600),
      maxAge: time(0, "PLATFORM"),
      keepAtMost: time(43_200, "PLATFORM"),
      freezeAfter: time(1200, "PLATFORM"),
    },
    profiles: [
      {
        profile: 8,
        title: "Large",
        cullAfter: time(1800, "PROFILE", 1800),
        maxAge: time(0, "PLATFORM"),
        keepAtMost: time(0, "COMMUNITY"),
        freezeAfter: time(0, "PROFILE", 0),
      },
    ],
    bounds: {
      cullAfterSeconds: 86_400,
      maxAgeSeconds: 0,
      keepAtMostSeconds: 259_200,
      freezeAfterSeconds: 3600,
    },
  },
};

test("when servers end is told with whose decision it is, and decided for a profile", async () => {
  const { user, asked, platform } = openPanel("/communities/3", {
    "GET /me": MANAGER,
    "GET /communities": LIST,
    "GET /communities/3/members": MEMBERS,
    "GET /communities/3/ends": ENDS,
    "PUT /communities/3/profiles/8/ends": problem(400, "ends.beyond-bound", "Choose less."),
  });
  const row = (await screen.findByRole("rowheader", { name: "Large" })).closest("tr");
  const large = within(row as HTMLElement);
  expect(large.getByText("30 minutes, decided for the profile")).toBeVisible();
  expect(large.getByText("not at all, decided for the community")).toBeVisible();
  expect(large.getByText("never, decided for the profile")).toBeVisible();

  await user.click(large.getByRole("button", { name: /Decide/ }));
  const dialog = within(screen.getByRole("dialog", { name: "When servers of Large end" }));
  expect(dialog.getByLabelText("Without use")).toHaveValue(30);
  await user.clear(dialog.getByLabelText("Without use"));
  await user.type(dialog.getByLabelText("Used or not, after"), "480");
  const asleep = dialog.getByLabelText("Asleep when without use for");
  expect(asleep).toHaveValue(0);
  expect(asleep).toHaveAccessibleDescription(/At most 1 hour here\. Now: never/);
  await user.clear(asleep);
  await user.type(asleep, "0.5");
  await user.click(dialog.getByRole("button", { name: "Save" }));
  expect(await dialog.findByText("Choose less.")).toBeVisible();
  platform["PUT /communities/3/profiles/8/ends"] = ENDS;
  await user.click(dialog.getByRole("button", { name: "Save" }));
  await screen.findByText("It counts from now on, for servers that run as well.");
  expect(asked.filter(({ method }) => method === "PUT").at(-1)?.body).toEqual({
    cullAfterSeconds: null,
    maxAgeSeconds: 28_800,
    keepAtMostSeconds: null,
    freezeAfterSeconds: 30,
  });
});
