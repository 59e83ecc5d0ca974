# Settings of every JupyterLab started from this image; a person's own ~/.jupyter wins over them.
c = get_config()  # noqa: F821 (Jupyter provides it)

c.ServerApp.default_url = "/lab"
# No questions to outside servers: neither for news nor for newer versions.
c.LabApp.news_url = None
c.LabApp.check_for_updates_class = "jupyterlab.NeverCheckForUpdate"
c.LabApp.extension_manager = "readonly"
