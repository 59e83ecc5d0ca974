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
// Files that managers have chosen come without a question; once, so that "back" leads back.
function submitAtOnce() {
    const form = document.querySelector("form[data-at-once]");
    const type = performance.getEntriesByType("navigation")[0]?.type;
    if (form && type !== "back_forward") {
        form.requestSubmit();
    }
}

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

/** The page of a folder: sends files that are chosen or dropped, one after the other. */
function uploadFiles() {
    const box = document.querySelector("[data-page='files']");
    if (!box) {
        return;
    }
    const list = box.querySelector("[data-uploads]");
    const input = box.querySelector("input[type=file]");
    for (const part of box.querySelectorAll("[data-upload]")) {
        part.hidden = false;
    }
    let line = Promise.resolve();
    let waiting = 0;
    let failed = 0;

    const enqueue = (files) => {
        for (const file of files) {
            const shown = uploadLine(file.name);
            list.append(shown.item);
            waiting += 1;
            line = line.then(() => one(file, shown, "")).then(over);
        }
    };
    const over = () => {
        waiting -= 1;
        if (waiting === 0 && failed === 0) {
            location.assign(location.href.replace(/&(did|name|after)=[^&]*/g, ""));
        }
    };
    const one = async (file, shown, more) => {
        const url = `${box.dataset.put}&name=${encodeURIComponent(file.name)}${more}`;
        const answer = await send(url, box.dataset.xsrf, file, shown.bar);
        if (answer.status === 201) {
            shown.say("arrived");
            return;
        }
        failed += 1;
        shown.say(answer.message);
        if (answer.code === "files.exists") {
            shown.offer("Replace it (the old one goes to the trash)", () => {
                failed -= 1;
                waiting += 1;
                line = line.then(() => one(file, shown, "&replace=1")).then(over);
            });
        }
    };

    input.addEventListener("change", () => {
        enqueue(input.files);
        input.value = "";
    });
    box.addEventListener("dragover", (event) => event.preventDefault());
    box.addEventListener("drop", (event) => {
        event.preventDefault();
        enqueue(event.dataTransfer.files);
    });
    addEventListener("beforeunload", (event) => {
        if (waiting > 0) {
            event.preventDefault(); // the browser asks whether to leave
        }
    });
}

/** One file on its way, as people see it. */
function uploadLine(name) {
    const item = document.createElement("li");
    const about = document.createElement("div");
    const title = document.createElement("strong");
    const bar = document.createElement("progress");
    const words = document.createElement("p");
    about.className = "about";
    title.textContent = name;
    bar.max = 1;
    bar.value = 0;
    bar.setAttribute("aria-label", `Upload of ${name}`);
    about.append(title, bar, words);
    item.append(about);
    let button;
    return {
        item,
        bar,
        say: (text) => {
            button?.remove();
            words.textContent = text;
            bar.hidden = true;
        },
        offer: (text, action) => {
            button = document.createElement("button");
            button.className = "button";
            button.type = "button";
            button.textContent = text;
            button.addEventListener("click", () => {
                button.remove();
                words.textContent = "";
                bar.hidden = false;
                action();
            });
            item.append(button);
        },
    };
}

/** Only this old way of asking tells how much has gone. */
function send(url, xsrf, file, bar) {
    return new Promise((done) => {
        const request = new XMLHttpRequest();
        request.open("PUT", url);
        request.setRequestHeader("X-XSRFToken", xsrf);
        request.setRequestHeader("Content-Type", "application/octet-stream");
        request.upload.onprogress = (event) => {
            bar.value = event.total > 0 ? event.loaded / event.total : 0;
        };
        request.onload = () => done(answerOf(request));
        request.onerror = () =>
            done({ status: 0, message: "The connection broke off; nothing of it was kept. Send it again." });
        request.send(file);
    });
}

function answerOf(request) {
    try {
        const { message, code } = JSON.parse(request.responseText);
        return { status: request.status, message, code };
    } catch {
        return { status: request.status, message: "You are signed out, or the platform is not there. Load the page again." };
    }
}

markBusyForms();
submitAtOnce();
uploadFiles();
offerCopies();
waitForStart();
watchHome();
refreshSoon();
