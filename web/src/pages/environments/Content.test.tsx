import { screen, within } from "@testing-library/react";
import { expect, test } from "vitest";
import { openPanel, problem } from "../../testing/panel";
import { aCommunity } from "../../testing/samples";

const CATALOG = {
  body: {
    environments: [],
    profiles: [],
    runtimes: [],
    machine: { capacityBytes: 8, cores: 4, sizes: [], devices: [] },
    audiences: { groups: [], roles: [] },
    groups: [],
    roles: [],
  },
};
const COURSE = {
  id: 4,
  profile: null,
  url: "git@git.example.org:maths/course.git",
  reference: "main",
  folder: "course",
  publicKey: "ssh-ed25519 AAAA lyceum",
};
const offers = (items: unknown[]) => ({
  "GET /communities": { body: { items: [aCommunity({ id: 3, url: "/maths/hub/home" })] } },
  "GET /communities/3/catalog": CATALOG,
  "GET /communities/3/content": { body: { items } },
});

test("a repository is attached, and a refusal stays beside what was typed", async () => {
  const { user, asked, platform } = openPanel("/environments", {
    ...offers([]),
    "POST /communities/3/content": problem(409, "content.folder-taken", "Choose another folder."),
  });
  expect(await screen.findByText(/There are none yet/)).toBeVisible();
  await user.click(screen.getByRole("button", { name: "Attach a repository" }));
  const dialog = within(screen.getByRole("dialog", { name: "Attach a repository" }));
  await user.type(dialog.getByLabelText("Repository"), "https://git.example.org/c");
  await user.type(dialog.getByLabelText("Folder"), "c");
  await user.click(dialog.getByRole("button", { name: "Save" }));
  expect(await dialog.findByText("Choose another folder.")).toBeVisible();
  platform["POST /communities/3/content"] = { status: 201, body: COURSE };
  await user.click(dialog.getByRole("button", { name: "Save" }));
  await screen.findByText("It is brought when servers start from now on.");
  expect(asked.filter(({ method }) => method === "POST").at(-1)?.body).toEqual({
    profile: null,
    url: "https://git.example.org/c",
    reference: "",
    folder: "c",
    deployKey: false,
  });
});

test("what is attached shows its key, makes a link of nbgitpuller's form, and is removed", async () => {
  const { user, asked } = openPanel("/environments", {
    ...offers([COURSE]),
    "DELETE /communities/3/content/4": { status: 204 },
  });
  expect(await screen.findByText("ssh-ed25519 AAAA lyceum")).toBeInTheDocument();
  await user.click(screen.getByRole("button", { name: "Link to course" }));
  const dialog = within(screen.getByRole("dialog", { name: "A link that brings files" }));
  await user.type(dialog.getByLabelText("Opens"), "week 1/start.ipynb");
  await user.click(dialog.getByRole("button", { name: "Make the link and copy it" }));
  const link = new URL((dialog.getByLabelText("The link") as HTMLInputElement).value);
  expect(link.pathname).toBe("/maths/hub/user-redirect/git-pull");
  expect(Object.fromEntries(link.searchParams)).toEqual({
    repo: "git@git.example.org:maths/course.git",
    branch: "main",
    urlpath: "lab/tree/course/week 1/start.ipynb",
    targetPath: "course",
  });
  await user.click(dialog.getByRole("button", { name: "Cancel" }));

  await user.click(screen.getByRole("button", { name: "Remove course" }));
  await user.click(screen.getByRole("button", { name: "Remove it" }));
  await screen.findByText("It is brought no more.");
  expect(asked.some(({ method }) => method === "DELETE")).toBe(true);
});
