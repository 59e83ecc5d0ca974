/** What a person does in JupyterLab, for JupyterLab 4. Its selectors live here and nowhere else. */

const CELL = ".jp-Notebook .jp-CodeCell";

/** Waits until JupyterLab is there and its file list is filled. */
export async function laboratory(page) {
  await page.locator("#jp-main-dock-panel").waitFor({ timeout: 60_000 });
  await page.locator(".jp-LauncherCard, .jp-Notebook").first().waitFor({ timeout: 60_000 });
}

/** Opens a new notebook from the launcher and waits for its kernel. */
export async function newNotebook(page) {
  const card = page.locator('.jp-LauncherCard[data-category="Notebook"]', { hasText: "Python 3" });
  await card.first().click();
  await page.locator(CELL).first().waitFor();
  // The round indicator says "idle" before there is a kernel, and a cell run then is forgotten.
  await page.getByText(/\| Idle$/).waitFor();
}

/** Types into the last, empty cell, runs it, and gives back what it prints. */
export async function run(page, code) {
  const cell = page.locator(CELL).last();
  const index = (await page.locator(CELL).count()) - 1;
  await cell.locator(".cm-content").click();
  await page.keyboard.type(code);
  await page.keyboard.press("Shift+Enter");
  const output = page.locator(CELL).nth(index).locator(".jp-OutputArea-output").first();
  return (await output.innerText()).trim();
}

/** Saves under a name. JupyterLab asks for one when an untitled notebook is saved first. */
export async function saveAs(page, name) {
  await page.locator(CELL).last().locator(".cm-content").click();
  await page.keyboard.press("Control+s");
  const field = page.locator(".jp-Dialog input:not([type=checkbox])");
  await field.waitFor();
  await field.fill(name);
  await page.locator(".jp-Dialog .jp-mod-accept").click();
  await page.locator(".jp-Dialog").waitFor({ state: "detached" });
}

/** What JupyterLab shows in its corner. */
export function notification(page, words) {
  return page.locator(".Toastify__toast", { hasText: words });
}

/** How many questions and complaints JupyterLab has put in front of the person. */
export function dialogs(page) {
  return page.locator(".jp-Dialog").count();
}

/** Whether the file list shows a file. */
export function fileNamed(page, name) {
  return page.locator(".jp-DirListing-item", { hasText: name });
}

/** One file, read as JupyterLab's own scripts read it: with the browser's cookies. */
export function contents(page, prefix, name) {
  return page.evaluate(
    async ([url]) => {
      const xsrf = document.cookie.match(/(?:^|; )_xsrf=([^;]*)/)?.[1] ?? "";
      const answer = await fetch(url, { headers: { "X-XSRFToken": xsrf }, cache: "no-store" });
      if (!answer.ok) throw new Error(`${url}: ${answer.status}`);
      return (await answer.json()).content;
    },
    [`${prefix}api/contents/${name}?content=1`],
  );
}
