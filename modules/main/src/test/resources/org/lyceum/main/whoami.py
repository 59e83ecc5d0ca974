"""A web service that knows its visitors by JupyterHub's own HubOAuth, as the distribution ships it."""

import os
from urllib.parse import urlparse

from jupyterhub.services.auth import HubOAuthCallbackHandler, HubOAuthenticated
from tornado.ioloop import IOLoop
from tornado.web import Application, RequestHandler, authenticated


class Visitor(HubOAuthenticated, RequestHandler):
    """Answers with the model of whoever asks, once they have signed in at the hub."""

    @authenticated
    def get(self):
        self.write(self.current_user)


if __name__ == "__main__":
    prefix = os.environ["JUPYTERHUB_SERVICE_PREFIX"]
    here = urlparse(os.environ["JUPYTERHUB_SERVICE_URL"])
    pages = [(prefix + "oauth_callback", HubOAuthCallbackHandler), (prefix + ".*", Visitor)]
    Application(pages, cookie_secret=os.urandom(32)).listen(here.port, here.hostname)
    IOLoop.current().start()
