"""Starts the image's single-user server beside a stand-in hub and asks it what a person would.

Runs inside the finished image, as its user, with a read-only root and no network. Prints what it
measured; exits 1 with the server's log when the server does not come up within the deadline.
"""

import http.server
import json
import os
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request

DEADLINE_SECONDS = 120  # a first start on two busy cores has taken 20
PREFIX = "/user/check/"
LOG = "/tmp/single-user.log"


class StandInHub(http.server.BaseHTTPRequestHandler):
    """Answers what a single-user server asks at its start."""

    def do_GET(self):
        self.answer({"version": "5.5.1"})

    def do_POST(self):
        self.rfile.read(int(self.headers.get("Content-Length", 0)))
        self.answer({})

    def answer(self, body):
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("X-JupyterHub-Version", "5.5.1")
        self.end_headers()
        self.wfile.write(json.dumps(body).encode())

    def log_message(self, *_):
        pass


class NoRedirect(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_):
        return None


def ask(path):
    """Status and redirect target of a page; None while nobody listens."""
    opener = urllib.request.build_opener(NoRedirect)
    try:
        with opener.open("http://127.0.0.1:8888" + path, timeout=5) as answer:
            return answer.status, None
    except urllib.error.HTTPError as error:
        return error.code, error.headers.get("Location")
    except OSError:
        return None


def environment():
    return dict(
        os.environ,
        JUPYTERHUB_API_TOKEN="0" * 32,
        JUPYTERHUB_API_URL="http://127.0.0.1:8081/hub/api",
        JUPYTERHUB_ACTIVITY_URL="http://127.0.0.1:8081/hub/api/users/check/activity",
        JUPYTERHUB_BASE_URL="/",
        JUPYTERHUB_CLIENT_ID="jupyterhub-user-check",
        JUPYTERHUB_HOST="",
        JUPYTERHUB_OAUTH_CALLBACK_URL=PREFIX + "oauth_callback",
        JUPYTERHUB_OAUTH_SCOPES='["access:servers!server=check/"]',
        JUPYTERHUB_OAUTH_ACCESS_SCOPES='["access:servers!server=check/"]',
        JUPYTERHUB_SERVER_NAME="",
        JUPYTERHUB_SERVICE_PREFIX=PREFIX,
        JUPYTERHUB_SERVICE_URL="http://127.0.0.1:8888" + PREFIX,
        JUPYTERHUB_USER="check",
    )


def wait_ready(server, began):
    while time.monotonic() - began < DEADLINE_SECONDS:
        if server.poll() is not None:
            return False
        answer = ask(PREFIX + "api")
        if answer and answer[0] == 200:
            return True
        time.sleep(0.02)
    return False


def run_cell():
    """A kernel starts and computes: the reason why people come."""
    from jupyter_client.manager import start_new_kernel

    manager, client = start_new_kernel(startup_timeout=DEADLINE_SECONDS)
    try:
        answer = client.execute_interactive("print(6 * 7)", timeout=60, output_hook=lambda _: None)
        if answer["content"]["status"] != "ok":
            sys.exit(f"a cell failed: {answer['content']}")
    finally:
        client.stop_channels()
        manager.shutdown_kernel(now=True)


def main():
    if os.getuid() == 0:
        sys.exit("the image runs as root")
    hub = http.server.ThreadingHTTPServer(("127.0.0.1", 8081), StandInHub)
    threading.Thread(target=hub.serve_forever, daemon=True).start()
    began = time.monotonic()
    with open(LOG, "w") as log:
        server = subprocess.Popen(["jupyterhub-singleuser"], env=environment(), stdout=log, stderr=log)
    try:
        if not wait_ready(server, began):
            sys.exit("the single-user server did not start:\n" + open(LOG).read()[-8000:])
        print(f"ready after {time.monotonic() - began:.2f} s")
        page = ask(PREFIX)
        print(f"{PREFIX} -> {page}")
        if not page or page[0] != 302:
            sys.exit("the start page neither opens nor sends to sign in")
        run_cell()
        print("a cell ran")
    finally:
        server.terminate()
        server.wait(15)
    with open(LOG) as log:
        sys.stdout.write(log.read()[-8000:])


if __name__ == "__main__":
    main()
