// What the hub's pages do beyond links and forms. Every page works without it, only less lively.

/** Shows that a form is on its way, and keeps it from being sent twice. */
function markBusyForms() {
    document.addEventListener("submit", (event) => {
        const button = event.submitter;
        if (!button) {
            return;
        }
        // After the browser has collected the fields, or the button's own value would be missing.
        setTimeout(() => {
            button.disabled = true;
            button.setAttribute("aria-busy", "true");
        });
    });
    // The page may come back from the browser's memory, with the button as it was left.
    addEventListener("pageshow", () => {
        for (const button of document.querySelectorAll("button[aria-busy]")) {
            button.disabled = false;
            button.removeAttribute("aria-busy");
        }
    });
}

/** How the platform says where somebody stands. */
const IN_LINE = /^You are number \d+ in line/;

/**
 * Follows a start: fills the list of steps and the bar inside `box`.
 *
 * @param {HTMLElement} box has data-progress-url
 * @param {(outcome: "ready" | "failed" | "lost", message: string) => void} ended
 */
function followStart(box, ended) {
    const bar = box.querySelector("progress");
    const steps = box.querySelector(".steps");
    const events = new EventSource(box.dataset.progressUrl);

    // The server tells everything from the beginning on each connection.
    events.onopen = () => steps.replaceChildren();
    events.onmessage = (frame) => {
        const event = JSON.parse(frame.data);
        if (event.progress !== undefined) {
            bar.value = event.progress;
        }
        const before = steps.lastElementChild;
        if (event.message && IN_LINE.test(event.message) && IN_LINE.test(before?.textContent)) {
            before.textContent = event.message; // one moves up; the list stays short
        } else if (event.message && before?.textContent !== event.message) {
            const step = document.createElement("li");
            step.textContent = event.message;
            steps.append(step);
        }
        if (event.ready || event.failed) {
            events.close();
            steps.classList.add(event.failed ? "failed" : "over");
            ended(event.failed ? "failed" : "ready", event.message ?? "");
        }
    };
    events.onerror = () => {
        if (events.readyState === EventSource.CLOSED) {
            ended("lost", "");
        }
    };
}

/** The page that waits for a start: goes on when it is over, says what to do when it failed. */
function waitForStart() {
    const box = document.querySelector("[data-page='starting']");
    if (!box) {
        return;
    }
    followStart(box, (outcome, message) => {
        if (outcome === "ready") {
            location.replace(location.href); // the hub answers with the way to the server
        } else if (outcome === "lost") {
            setTimeout(() => location.reload(), 3000);
        } else {
            box.querySelector("[data-failure]").textContent = message;
            box.querySelector("[data-waiting]").hidden = true;
            box.querySelector("[data-failed]").hidden = false;
            document.title = box.dataset.failedTitle;
            box.querySelector("[data-failed] a").focus();
        }
    });
}

/** The home page: shows what the servers do now, whoever started or stopped them. */
function watchHome() {
    const home = document.querySelector("[data-page='home']");
    if (!home) {
        return;
    }
    const every = 3000;
    const boxes = new Map();
    for (const box of home.querySelectorAll("[data-server]")) {
        boxes.set(box.dataset.server, box);
    }
    let following = false;

    const show = (box, state) => {
        if (state !== box.dataset.state) {
            box.dataset.state = state;
            for (const part of box.querySelectorAll("[data-when]")) {
                part.hidden = part.dataset.when !== state;
            }
            for (const button of box.querySelectorAll("button")) {
                button.disabled = false;
                button.removeAttribute("aria-busy");
            }
        }
        const steps = box.querySelector("[data-progress-url]");
        if (steps && state === "starting" && !following) {
            following = true;
            followStart(steps, (outcome) => {
                following = false;
                if (outcome === "failed") {
                    location.reload();
                } else {
                    look();
                }
            });
        }
    };

    /** A server was made or removed elsewhere; what is being typed here is worth more than that. */
    const showOthers = () => {
        if (!home.querySelector("input:focus") && !home.querySelector("[name=server]:not([type=hidden])")?.value) {
            location.reload();
        }
    };

    const look = async () => {
        try {
            const answer = await fetch(`${home.dataset.userUrl}?include_stopped_servers`, {
                headers: { "X-XSRFToken": home.dataset.xsrf },
                cache: "no-store",
            });
            if (answer.status === 403) {
                location.reload(); // signed out elsewhere: the hub shows the way back in
                return;
            }
            const servers = (await answer.json()).servers ?? {};
            home.querySelector("[data-offline]").hidden = true;
            for (const [name, box] of boxes) {
                show(box, stateOf(servers[name]));
            }
            const named = Object.keys(servers).filter((name) => name !== "");
            if (named.length !== boxes.size - 1 || named.some((name) => !boxes.has(name))) {
                showOthers();
            }
        } catch {
            home.querySelector("[data-offline]").hidden = false;
        }
    };

    for (const box of boxes.values()) {
        show(box, box.dataset.state);
    }
    setInterval(() => {
        if (!document.hidden) {
            look();
        }
    }, every);
    document.addEventListener("visibilitychange", () => {
        if (!document.hidden) {
            look();
        }
    });
}

function stateOf(server) {
    if (!server || server.stopped) {
        return "stopped";
    }
    if (server.ready) {
        return "ready";
    }
    return server.pending === "stop" ? "stopping" : "starting";
}

/** A page that waits for something asks again by itself, unless it follows a start anyway. */
function refreshSoon() {
    const page = document.querySelector("[data-refresh-seconds]");
    if (page && !document.querySelector("[data-page='starting']")) {
        setTimeout(() => location.reload(), Number(page.dataset.refreshSeconds) * 1000);
    }
}

/** Browsers let a page write to the clipboard over https and on this machine only. */
function offerCopies() {
    if (!navigator.clipboard) {
        return;
    }
    for (const button of document.querySelectorAll("[data-copy]")) {
        button.hidden = false;
        button.addEventListener("click", async () => {
            await navigator.clipboard.writeText(document.getElementById(button.dataset.copy).textContent);
            button.textContent = "Copied";
        });
    }
}

markBusyForms();
offerCopies();
waitForStart();
watchHome();
refreshSoon();
