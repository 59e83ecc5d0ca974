"""The JupyterHub that Lyceum is compared with: the same people, services and limits."""

c = get_config()  # noqa: F821

c.JupyterHub.bind_url = "http://0.0.0.0:8000"
c.JupyterHub.db_url = "sqlite:////tmp/jupyterhub.sqlite"
c.JupyterHub.cookie_secret_file = "/tmp/cookie-secret"
c.ConfigurableHTTPProxy.pid_file = "/tmp/proxy.pid"
c.ConfigurableHTTPProxy.auth_token = "between-hub-and-proxy"

c.JupyterHub.authenticator_class = "dummy"
c.DummyAuthenticator.password = "@password@"
c.Authenticator.allow_all = True
c.Authenticator.admin_users = {"root"}

c.JupyterHub.spawner_class = "simple"
c.SimpleLocalProcessSpawner.home_dir_template = "/tmp/homes/{username}"
c.Spawner.cmd = ["jupyterhub-singleuser"]
c.Spawner.default_url = "/lab"

# What a Lyceum does without being told.
c.JupyterHub.allow_named_servers = True
c.JupyterHub.named_server_limit_per_user = 1
c.JupyterHub.redirect_to_server = False

c.JupyterHub.load_groups = {"lab": {"users": []}}
c.JupyterHub.services = [
    {"name": "operator", "api_token": "@operator@", "admin": True},
    {"name": "culler", "api_token": "@culler@"},
    {"name": "reader", "api_token": "@reader@"},
    {"name": "groupie", "api_token": "@groupie@"},
    {"name": "whoami", "api_token": "@whoami@", "url": "http://127.0.0.1:9"},
]
c.JupyterHub.load_roles = [
    {
        "name": "culling",
        "scopes": ["list:users", "read:users:activity", "read:servers", "delete:servers"],
        "services": ["culler"],
    },
    {"name": "reading", "scopes": ["list:users", "read:users"], "services": ["reader"]},
    {
        "name": "grouping",
        "scopes": ["list:users!group=lab", "read:users:name!group=lab", "read:servers!group=lab"],
        "services": ["groupie"],
    },
    {"name": "visiting", "scopes": ["access:services!service=whoami"], "users": ["ada"]},
]
