"""Waits, with all its modules imported, for the one person this server will be for.

Run in a container of its own, as the user that the server will run as, before anybody has asked for
it. Importing is nearly all of a single-user server's start; what is left is done when the platform
says for whom. From then on this is the program itself, in this very process: it is run unchanged,
finds the environment it would have found, and cannot tell that it was waited for.

  slot.py wait PROGRAM [ARGUMENT...]   imports, connects to the platform, waits, becomes PROGRAM
  slot.py learn PROGRAM [ARGUMENT...]  runs PROGRAM for nobody and tells which modules it has loaded

The platform listens; this end calls, so no path that a container controls is ever opened by it.
One line of JSON each way. Anything out of the ordinary ends in a normal start of PROGRAM.
"""

import gc
import importlib
import json
import os
import runpy
import shutil
import site
import socket
import sys
import threading
import time

DIRECTORY = "/run/lyceum/"

# How long a slot waits for a platform that is not there: an upgrade takes seconds, a crash a minute.
PATIENCE_SECONDS = 600

# The cyclic collector rests until the server answers; with it, a start takes three times as long,
# because every few hundred new objects it looks at the 700,000 that importing has made.
GC_RESTS_SECONDS = 5

# These make Python itself start otherwise, so it has to start again.
STARTS_OTHERWISE = ("PYTHONPATH", "PYTHONHOME", "PYTHONSTARTUP", "PYTHONOPTIMIZE", "PYTHONUSERBASE")


def import_all():
    """Imports what a run of this program had loaded. One that fails now would fail later."""
    with open(DIRECTORY + "modules.json", encoding="utf-8") as file:
        names = json.load(file)
    gc.disable()
    for name in names:
        if name not in sys.modules:
            try:
                importlib.import_module(name)
            except Exception:  # half of a package made at run time, or a name with no file
                pass
    gc.collect()
    gc.freeze()
    gc.enable()


def call():
    """Connects to the platform, again and again while it is away; None when it stays away."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < deadline:
        channel = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        try:
            channel.connect(DIRECTORY + "s")
            return channel
        except OSError:
            channel.close()
            time.sleep(0.2)
    return None


def say(channel, **words):
    channel.sendall(json.dumps(words).encode() + b"\n")


def hear(channel):
    """One line, or None when the platform has gone before its end."""
    line = bytearray()
    while not line.endswith(b"\n"):
        piece = channel.recv(65536)
        if not piece:
            return None
        line += piece
    return json.loads(line)


def wait(program):
    """Returns with the order and the open channel, or ends."""
    import_all()
    while True:
        channel = call()
        if channel is None:
            sys.exit("slot: no platform has come back")
        try:
            say(channel, ready=len(sys.modules))
            order = hear(channel)
        except OSError:
            order = None
        if order is not None:
            return order, channel
        channel.close()


def own_packages():
    """Whether this home brings Python packages that a new Python would prefer to those imported."""
    directory = site.getusersitepackages()
    if not site.ENABLE_USER_SITE or not os.path.isdir(directory):
        return False
    imported = {name.partition(".")[0] for name in sys.modules}
    for entry in os.listdir(directory):
        name = entry.partition(".")[0]
        if entry.endswith(".pth") or name in imported or name == "usercustomize":
            return True
    return False


def add_own_packages():
    """Puts the home's packages where Python looks for them, before those of the image."""
    directory = site.getusersitepackages()
    if site.ENABLE_USER_SITE and os.path.isdir(directory) and directory not in sys.path:
        at = [n for n, path in enumerate(sys.path) if path.endswith("-packages")]
        sys.path.insert(at[0] if at else len(sys.path), directory)
    importlib.invalidate_caches()


def link_folders():
    """Links to folders from the home, as the home's owner; what they put in the way stays."""
    for name in ("shared", "shared-readwrite", "scratch", "groups"):
        try:
            if not os.path.exists(name) and os.readlink(name).startswith(("/scratch", "/folders/")):
                os.unlink(name)  # one that this person had once
        except OSError:
            pass
    for folder in os.environ.get("LYCEUM_FOLDERS", "").split():
        try:
            os.symlink(folder, os.path.basename(folder))
        except OSError:
            pass


def become(program):
    """Runs the program as its own interpreter would; does not return."""
    script = shutil.which(program[0])
    sys.argv = [script] + program[1:]
    sys.path[0] = os.path.dirname(os.path.realpath(script))
    gc.disable()
    later = threading.Timer(GC_RESTS_SECONDS, gc.enable)
    later.daemon = True
    later.start()
    runpy.run_path(script, run_name="__main__")


def serve(program):
    order, channel = wait(program)
    os.environ.update(order["env"])
    os.chdir(order["cwd"])
    link_folders()
    warm = (
        order["command"] == program
        and not any(name in order["env"] for name in STARTS_OTHERWISE)
        and not own_packages()
    )
    say(channel, started="warm" if warm else "cold")
    channel.close()
    if not warm:
        os.execvp(order["command"][0], order["command"])
    add_own_packages()
    become(program)


def learn(program):
    """Runs the program beside a hub that says yes to everything, and tells what it has loaded."""
    channel = call()
    order = hear(channel)
    os.environ.update(order["env"])
    os.chdir(order["cwd"])
    before = set(sys.modules)
    hub = pretend_hub()
    os.environ["JUPYTERHUB_API_URL"] = hub
    os.environ["JUPYTERHUB_ACTIVITY_URL"] = hub + "/activity"
    threading.Thread(target=tell_modules, args=(channel, before), daemon=True).start()
    become(program)


def pretend_hub():
    from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

    scopes = json.loads(os.environ["JUPYTERHUB_OAUTH_ACCESS_SCOPES"])
    name = os.environ["JUPYTERHUB_USER"]
    answer = {"version": "", "kind": "user", "name": name, "admin": False, "groups": [], "scopes": scopes}

    class Hub(BaseHTTPRequestHandler):
        def do_GET(self):
            body = json.dumps(answer).encode()
            self.send_response(200)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        do_POST = do_GET

        def log_message(self, *words):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Hub)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return "http://127.0.0.1:%d/hub/api" % server.server_port


def tell_modules(channel, before):
    """Waits for the first answer, does what a browser does first, and ends the process."""
    for tries in range(3000):
        if ask("GET", "api"):
            break
        time.sleep(0.02)
    for method, path in (("GET", "lab"), ("GET", "api/contents"), ("POST", "api/kernels")):
        ask(method, path)
    time.sleep(0.5)
    own = ("__main__", "http.server", "slot")
    say(channel, modules=[name for name in sys.modules if name not in before and name not in own])
    os._exit(0)


def ask(method, path):
    from http.client import HTTPConnection
    from urllib.parse import urlsplit

    there = urlsplit(os.environ["JUPYTERHUB_SERVICE_URL"])
    connection = HTTPConnection("127.0.0.1", there.port, timeout=20)
    try:
        headers = {"Authorization": "token " + os.environ["JUPYTERHUB_API_TOKEN"]}
        connection.request(method, there.path + path, headers=headers)
        return connection.getresponse().status < 500
    except OSError:
        return False
    finally:
        connection.close()


if __name__ == "__main__":
    mode, *program = sys.argv[1:]
    {"wait": serve, "learn": learn}[mode](program)
