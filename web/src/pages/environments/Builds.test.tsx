import { screen, within } from "@testing-library/react";
import { expect, test } from "vitest";
import type { Build, Image, Source } from "../../api/builds";
import type { EnvironmentDetail } from "../../api/catalog";
import { openPanel, problem } from "../../testing/panel";
import { aCommunity } from "../../testing/samples";

const COURSE: EnvironmentDetail = {
  id: 2,
  name: "course",
  title: "Course",
  image: "lyceum/not-built:yet",
  imageId: null,
  command: ["jupyterhub-singleuser"],
  defaultUrl: "/lab",
  web: null,
  ofPlatform: false,
  trials: [],
  version: 0,
};

const FAILED: Build = {
  id: 7,
  pulled: null,
  url: "git@git.example:course.git",
  reference: "main",
  state: "FAILED",
  step: "Python's packages (1 of 2)",
  ahead: 0,
  askedAt: "2026-01-01T08:00:00Z",
  beganAt: "2026-01-01T08:00:00Z",
  endedAt: "2026-01-01T08:01:00Z",
  commit: "0123456789abcdef0123",
  image: null,
  failure: "requirements.txt line 2: “nosuch” is not to be had.",
};

const SOURCE: Source = {
  environment: 2,
  url: "git@git.example:course.git",
  reference: "main",
  publicKey: "ssh-ed25519 AAAA lyceum",
  token: false,
  builds: [FAILED],
};

const OLD: Image = {
  id: "sha256:1",
  image: "lyceum/built:old",
  bytes: 3 * 2 ** 20,
  createdAt: "2026-01-01T08:00:00Z",
  pulled: false,
  spare: true,
  uses: [],
};

function environments(sources: Source[]) {
  return {
    "GET /communities": { body: { items: [aCommunity({ id: 1, title: "Main" })] } },
    "GET /communities/1/catalog": {
      body: {
        environments: [COURSE],
        profiles: [],
        groups: [],
        roles: [],
        runtimes: [],
        machine: { capacityBytes: 1, cores: 1, sizes: [], devices: [] },
      },
    },
    "GET /communities/1/builds": { body: { sources } },
    "GET /images": { body: { budgetBytes: 2 ** 30, takenBytes: 3 * 2 ** 20, items: [OLD] } },
  };
}

test("a repository is named, with a key that the platform makes", async () => {
  const { user, asked } = openPanel("/environments", {
    ...environments([]),
    "PUT /communities/1/environments/2/source": { body: SOURCE },
  });
  await user.click(
    await screen.findByRole("button", { name: "Build from a repository for Course" }),
  );
  await user.type(screen.getByLabelText("Repository"), "git@git.example:course.git");
  await user.selectOptions(screen.getByLabelText("How it is reached"), "DEPLOY_KEY");
  await user.click(screen.getByRole("button", { name: "Save" }));

  expect(asked.find(({ method }) => method === "PUT")?.body).toEqual({
    url: "git@git.example:course.git",
    reference: "",
    access: "DEPLOY_KEY",
    token: null,
  });
});

test("a build that failed says why, and its log can be read", async () => {
  const { user } = openPanel("/environments", {
    ...environments([SOURCE]),
    "GET /communities/1/environments/2/builds/7/log": {
      text: 'data: {"text":"one\\n"}\n\n\n\ndata: {"text":"two\\n"}\n\n',
    },
  });
  expect(await screen.findByText(/requirements.txt line 2/)).toBeVisible();
  expect(screen.getByText("ssh-ed25519 AAAA lyceum")).toBeInTheDocument();
  await user.click(screen.getByRole("button", { name: "Show the log" }));
  expect(await screen.findByRole("log")).toHaveTextContent("one two");
});

test("one that waits says how many come before it, and is cancelled", async () => {
  const waiting: Build = { ...FAILED, state: "WAITING", ahead: 2, endedAt: null, failure: null };
  const { user, asked } = openPanel("/environments", {
    ...environments([{ ...SOURCE, builds: [waiting] }]),
    "POST /communities/1/environments/2/builds/7/cancel": problem(
      404,
      "build.unknown",
      "There is no such build.",
    ),
  });
  const builds = within(await screen.findByRole("region", { name: "Repository of Course" }));
  expect(await builds.findByText("2 builds before it.")).toBeVisible();
  expect(builds.getByRole("button", { name: "Build now Course" })).toBeDisabled();
  await user.click(builds.getByRole("button", { name: "Cancel this build" }));
  expect(await screen.findByText("There is no such build.")).toBeVisible();
  expect(asked.some(({ path }) => path.endsWith("/builds/7/cancel"))).toBe(true);
});

test("an image that is not here is fetched from its registry", async () => {
  const { user, asked } = openPanel("/environments", {
    ...environments([]),
    "POST /communities/1/environments/2/trials": problem(503, "image.missing", "It is not here."),
    "POST /communities/1/environments/2/pulls": { status: 202, body: FAILED },
  });
  await user.click(await screen.findByRole("button", { name: "Try another image for Course" }));
  await user.clear(screen.getByLabelText("Image"));
  await user.type(screen.getByLabelText("Image"), "registry.example/r:1");
  await user.click(screen.getByRole("button", { name: "Try it" }));
  await user.click(await screen.findByRole("button", { name: "Fetch it from its registry" }));

  expect(asked.find(({ path }) => path.endsWith("/pulls"))?.body).toEqual({
    image: "registry.example/r:1",
  });
});

test("images are shown with what they take and what needs them", async () => {
  openPanel("/environments", environments([]));
  const table = within(await screen.findByRole("table", { name: /built or fetched here/ }));
  expect(table.getByRole("rowheader", { name: /old/ })).toBeVisible();
  expect(table.getByText("3 MiB")).toBeVisible();
  expect(table.getByText("Nothing")).toBeVisible();
});
