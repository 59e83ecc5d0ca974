/*
 * An extension of JupyterLab 4 and Notebook 7, in the form that their builder gives to extensions: a
 * container of modules under window._JUPYTERLAB. It is so small that nothing has to be built.
 *
 * It shows the notices that the platform writes into a file of this server, as notifications of
 * JupyterLab's own, and takes them back when their reason is gone.
 */
(() => {
  const EVERY_MS = 15_000;
  const source = new URL("notices.json", document.currentScript.src);
  // Unlike the notices, which are read by themselves, whoever reads this counts as using the server.
  const used = new URL("used.json", document.currentScript.src);

  const page = JSON.parse(document.getElementById("jupyter-config-data")?.textContent || "{}");
  const hub = (page.hubHost || "") + (page.hubPrefix || "/hub/");

  async function read() {
    // Never from a cache: this file changes under its name.
    const answer = await fetch(source, { cache: "no-store", redirect: "error" });
    return answer.ok ? (await answer.json()).notices : [];
  }

  function activate(app) {
    const OPEN = "lyceum:open";
    app.commands.addCommand(OPEN, {
      label: "Open a page of the hub",
      execute: (args) => window.open(hub + args.path, "_blank", "noopener"),
    });

    const USE = "lyceum:use";
    app.commands.addCommand(USE, {
      label: "Go on using this server",
      execute: () => fetch(used, { cache: "no-store", redirect: "error" }),
    });

    const shown = new Map();

    async function show(notice) {
      const actions = notice.actions.map((action) =>
        action.path
          ? {
              label: action.label,
              caption: "Opens in a new tab",
              commandId: OPEN,
              args: { path: action.path },
            }
          : { label: action.label, commandId: USE },
      );
      const at = notice.at && new Date(notice.at).toLocaleTimeString([], { timeStyle: "short" });
      const id = await app.commands.execute("apputils:notify", {
        message: notice.message.replace("{at}", at),
        type: notice.type,
        options: { autoClose: false, actions },
      });
      shown.set(notice.id, id);
    }

    async function look() {
      if (document.visibilityState !== "visible") {
        return;
      }
      const notices = await read();
      const current = new Set(notices.map((notice) => notice.id));
      for (const [id, notification] of shown) {
        if (!current.has(id)) {
          shown.delete(id);
          await app.commands.execute("apputils:dismiss-notification", { id: notification });
        }
      }
      for (const notice of notices) {
        if (!shown.has(notice.id)) {
          await show(notice);
        }
      }
    }

    async function keepLooking() {
      try {
        await look();
      } catch {
        // The server is away for a moment, or stops: JupyterLab says so itself.
      }
      setTimeout(keepLooking, EVERY_MS);
    }

    document.addEventListener("visibilitychange", () => look().catch(() => {}));
    app.restored.then(keepLooking);
  }

  const plugin = {
    id: "lyceum:notices",
    description: "Shows what the platform has to say to whoever works in this server.",
    autoStart: true,
    activate,
  };
  window._JUPYTERLAB = window._JUPYTERLAB || {};
  window._JUPYTERLAB.lyceum = {
    init: () => {},
    get: async () => () => ({ __esModule: true, default: plugin }),
  };
})();
