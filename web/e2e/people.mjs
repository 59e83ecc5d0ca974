/** The person both journeys are about: the first administrator. */
export const ADA = { name: "ada", password: "lantern-harbour-thimble-7" };

/** Opens the sign-in page and fills the form; where that leads is the caller's to see. */
export async function signIn(page, { name, password }, path = "/hub/login") {
  await page.goto(path);
  await page.getByLabel("User name").fill(name);
  await page.getByLabel("Password", { exact: true }).fill(password);
  await page.getByRole("button", { name: "Sign in" }).click();
}

/** Fills the form behind a setup link. */
export async function createAdministrator(page, link, { name, password }) {
  await page.goto(link);
  await page.getByLabel("User name").fill(name);
  await page.getByLabel("Password", { exact: true }).fill(password);
  await page.getByLabel(/repeat the password|password again/i).fill(password);
  await page.getByRole("button", { name: /create (the )?administrator/i }).click();
}
