import { screen, within } from "@testing-library/react";
import { expect, test } from "vitest";
import { openPanel, problem } from "../../testing/panel";

const JUPYTER = {
  id: 1,
  name: "JupyterLab",
  image: "lyceum/scientific:1",
  imageId: "sha256:0123456789abcdef",
  profiles: [{ name: "Standard", memoryBytes: 2 * 1024 ** 3, cpus: 1.5 }],
};

test("an environment shows its image and the sizes it comes in", async () => {
  openPanel("/environments", { "GET /environments": { body: { items: [JUPYTER] } } });
  const card = within(await screen.findByRole("region", { name: "JupyterLab" }));
  expect(card.getByText("Ready to start")).toBeVisible();
  expect(card.getByText((_, node) => node?.textContent === "sha256:0123456789ab")).toBeVisible();
  expect(card.getByRole("rowheader", { name: "Standard" })).toBeVisible();
  expect(card.getByText("2 GiB")).toBeVisible();
});

test("a missing image is said with the command that makes it", async () => {
  openPanel("/environments", {
    "GET /environments": { body: { items: [{ ...JUPYTER, imageId: null, profiles: [] }] } },
  });
  expect(await screen.findByText("Image missing")).toBeVisible();
  expect(screen.getByText(/installer\/lyceum images build scientific/)).toBeVisible();
  expect(screen.getByText(/nobody can pick it/)).toBeVisible();
});

test("no environment yet is explained", async () => {
  openPanel("/environments");
  expect(await screen.findByRole("heading", { name: "There is no environment yet" })).toBeVisible();
});

test("a failed list shows the platform's sentence", async () => {
  openPanel("/environments", {
    "GET /environments": problem(400, "environments.odd", "Ask again."),
  });
  expect(await screen.findByText("Ask again.")).toBeVisible();
});
