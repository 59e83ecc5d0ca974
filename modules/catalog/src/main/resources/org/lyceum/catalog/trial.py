"""Tries an environment from inside its container and prints what it found, as one line of JSON.

Runs in a container as people's servers do, without a network: the environment's own command, a
hub of a few lines that knows one user, a kernel over the real WebSocket protocol, and a file; of a
program that knows nothing of Jupyter, its first answer. Notebooks that a teacher has put into the
repository for this are run from their first cell to their last. The last line begins with "LYCEUM-TRIAL ".
"""

import asyncio
import glob
import http.server
import json
import os
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request

PREFIX = "/user/trial/"
PORT = int(os.environ.get("TRIAL_PORT", "8888"))
HUB = 8081
TOKEN = "trial"
PATIENCE = float(os.environ.get("TRIAL_SECONDS", "120"))
MAX_PACKAGES = 800
WEB = os.environ.get("TRIAL_READY_PATH")
MAX_WORDS = 600
NOTEBOOKS = ("trial", "binder/trial", ".binder/trial")
MAX_NOTEBOOKS = 10
CELL_SECONDS = 60

USER = {
    "kind": "user", "name": "trial", "admin": False, "groups": [], "servers": {},
    "scopes": ["access:servers!server=trial/", "access:servers!user=trial"],
    "session_id": None, "created": "2020-01-01T00:00:00Z",
}

began = time.monotonic()
report = {"steps": [], "failure": None, "startMillis": None, "memoryBytes": None, "packages": []}


class Hub(http.server.BaseHTTPRequestHandler):
    """As much of a hub as a server asks for."""

    def do_GET(self):
        path = self.path.split("?")[0]
        self.answer(USER if path.endswith("/user") else {"version": "5.2.1"})

    def do_POST(self):
        self.rfile.read(int(self.headers.get("Content-Length") or 0))
        self.answer({})

    def answer(self, body):
        text = json.dumps(body).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(text)))
        self.end_headers()
        self.wfile.write(text)

    def log_message(self, *_):
        pass


def environment():
    if WEB:
        return dict(os.environ, PORT=str(PORT), LYCEUM_PREFIX=PREFIX, LYCEUM_USER="trial")
    scopes = json.dumps(["access:servers!server=trial/", "access:servers!user=trial"])
    hub = f"http://127.0.0.1:{HUB}/hub/"
    return dict(
        os.environ,
        JUPYTERHUB_API_TOKEN=TOKEN, JPY_API_TOKEN=TOKEN, JUPYTERHUB_CLIENT_ID="jupyterhub-user-trial",
        JUPYTERHUB_API_URL=hub + "api", JUPYTERHUB_ACTIVITY_URL=hub + "api/users/trial/activity",
        JUPYTERHUB_BASE_URL="/", JUPYTERHUB_SERVICE_PREFIX=PREFIX, JUPYTERHUB_USER="trial",
        JUPYTERHUB_SERVER_NAME="", JUPYTERHUB_HOST="", JUPYTERHUB_OAUTH_SCOPES=scopes,
        JUPYTERHUB_OAUTH_ACCESS_SCOPES=scopes, JUPYTERHUB_OAUTH_CLIENT_ALLOWED_SCOPES="[]",
        JUPYTERHUB_OAUTH_CALLBACK_URL=PREFIX + "oauth_callback",
        JUPYTERHUB_SERVICE_URL=f"http://0.0.0.0:{PORT}{PREFIX}",
    )


def command():
    words = json.loads(os.environ["TRIAL_COMMAND"])
    for name, value in {"prefix": PREFIX, "port": str(PORT), "user": "trial"}.items():
        words = [word.replace("{" + name + "}", value) for word in words] if WEB else words
    return words


def ask(method, path, body=None):
    data = None if body is None else json.dumps(body).encode()
    request = urllib.request.Request(
        f"http://127.0.0.1:{PORT}{PREFIX}{path}", data, method=method,
        headers={"Authorization": "token " + TOKEN, "Content-Type": "application/json"})
    with urllib.request.urlopen(request, timeout=30) as answer:
        return json.loads(answer.read() or b"null")


def look():
    """Any answer below 500 counts, as it does for people's servers."""
    path = WEB if os.environ.get("TRIAL_STRIPS_PREFIX") else PREFIX + WEB[1:]
    try:
        urllib.request.urlopen(f"http://127.0.0.1:{PORT}{path}", timeout=10).close()
    except urllib.error.HTTPError as answer:
        if answer.code >= 500:
            raise


def passed(step):
    report["steps"].append({"name": step, "millis": round((time.monotonic() - began) * 1000)})


def answers(server):
    last = "nothing listens"
    while time.monotonic() - began < PATIENCE:
        if server.poll() is not None:
            raise RuntimeError(f"the server ended with code {server.returncode}")
        try:
            look() if WEB else ask("GET", "api")
            report["startMillis"] = round((time.monotonic() - began) * 1000)
            return
        except OSError as problem:
            last = str(problem)
            time.sleep(0.05)
    raise RuntimeError(f"the server did not answer well within {PATIENCE:.0f} s: {last}")


async def execute(kernel, cells):
    """Runs cells one after the other; says what each has printed. The first that fails ends it."""
    from tornado.httpclient import HTTPRequest
    from tornado.websocket import websocket_connect

    url = f"ws://127.0.0.1:{PORT}{PREFIX}api/kernels/{kernel}/channels"
    socket = await websocket_connect(
        HTTPRequest(url, headers={"Authorization": "token " + TOKEN}), max_message_size=2**26)
    printed = []
    for number, code in enumerate(cells, 1):
        try:
            printed.append(await asyncio.wait_for(ran(socket, number, code), CELL_SECONDS))
        except asyncio.TimeoutError:
            raise RuntimeError(f"cell {number} did not end within {CELL_SECONDS} s") from None
    socket.close()
    return printed


async def ran(socket, number, code):
    message = f"trial-{number}"
    header = {"msg_id": message, "msg_type": "execute_request", "username": "trial",
              "session": "trial", "version": "5.3", "date": "2020-01-01T00:00:00Z"}
    content = {"code": code, "silent": False, "store_history": False,
               "user_expressions": {}, "allow_stdin": False, "stop_on_error": True}
    await socket.write_message(json.dumps(
        {"header": header, "parent_header": {}, "metadata": {}, "content": content,
         "channel": "shell", "buffers": []}))
    printed = ""
    replied = idle = False
    while not (replied and idle):
        text = await socket.read_message()
        if text is None:
            raise RuntimeError("the kernel's WebSocket was closed")
        if isinstance(text, bytes):
            continue
        answer = json.loads(text)
        if answer["parent_header"].get("msg_id") != message:
            continue
        kind = answer.get("msg_type") or answer["header"]["msg_type"]
        if kind == "error":
            said = answer["content"]
            raise RuntimeError(f"cell {number} failed: {said['ename']}: {said['evalue']}")
        if kind == "stream":
            printed += answer["content"]["text"]
        replied = replied or kind == "execute_reply"
        idle = idle or kind == "status" and answer["content"]["execution_state"] == "idle"
    return printed


def a_cell_runs():
    printed = asyncio.run(execute(ask("POST", "api/kernels", {})["id"], ["print(6 * 7)"]))
    if "42" not in printed[0]:
        raise RuntimeError("6 * 7 came to " + repr(printed[0]))


def notebooks():
    """Those a teacher has put there for this, from the repository that the image was built from."""
    root = os.environ.get("REPO_DIR", "")
    found = [file for place in NOTEBOOKS if root
             for file in sorted(glob.glob(os.path.join(root, place, "*.ipynb")))]
    if len(found) > MAX_NOTEBOOKS:
        raise RuntimeError(f"there are {len(found)} notebooks to try; {MAX_NOTEBOOKS} is the most")
    return found


def notebook_runs(file):
    with open(file) as stream:
        notebook = json.load(stream)
    cells = ["".join(each["source"]) for each in notebook["cells"] if each["cell_type"] == "code"]
    wanted = notebook.get("metadata", {}).get("kernelspec", {}).get("name")
    request = {"path": os.path.relpath(os.path.dirname(file))}
    kernel = ask("POST", "api/kernels", dict(request, name=wanted) if wanted else request)["id"]
    asyncio.run(execute(kernel, cells))
    ask("DELETE", "api/kernels/" + kernel)


def file_is_written():
    name = "lyceum-trial.txt"
    ask("PUT", "api/contents/" + name, {"type": "file", "format": "text", "content": "written"})
    with open(name) as file:
        if file.read() != "written":
            raise RuntimeError("the file holds something else")
    os.unlink(name)


def memory():
    for place in ("/sys/fs/cgroup/memory.peak", "/sys/fs/cgroup/memory.current",
                  "/sys/fs/cgroup/memory/memory.max_usage_in_bytes"):
        try:
            with open(place) as file:
                return int(file.read())
        except (OSError, ValueError):
            continue
    return None


def packages():
    import importlib.metadata

    names = {}
    for found in importlib.metadata.distributions():
        name = found.metadata["Name"]
        if name:
            names.setdefault(name.lower(), f"{name} {found.version}")
    return [names[name] for name in sorted(names)][:MAX_PACKAGES]


def main():
    hub = http.server.ThreadingHTTPServer(("127.0.0.1", HUB), Hub)
    threading.Thread(target=hub.serve_forever, daemon=True).start()
    server = subprocess.Popen(
        command(), env=environment(),
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    words = []
    reader = threading.Thread(target=lambda: words.extend(server.stdout), daemon=True)
    reader.start()
    step = "the server answers"
    try:
        answers(server)
        passed(step)
        if not WEB:
            step = "a kernel runs a cell over its WebSocket"
            a_cell_runs()
            passed(step)
            step = "a file is written"
            file_is_written()
            passed(step)
            for file in notebooks():
                step = "the notebook " + os.path.basename(file)[:100] + " runs"
                notebook_runs(file)
                passed(step)
        report["memoryBytes"] = memory()
        report["packages"] = packages()
    except BaseException as problem:
        server.kill()
        reader.join(2)  # what it said last may still be on its way
        last = b"".join(words[-20:]).decode(errors="replace").strip()[-MAX_WORDS:]
        report["failure"] = f"{step}: {type(problem).__name__}: {problem}"[:MAX_WORDS]
        report["words"] = last
    server.kill()
    sys.stdout.write("LYCEUM-TRIAL " + json.dumps(report, separators=(",", ":")) + "\n")


main()
