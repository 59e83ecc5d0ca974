# JupyterHub, its proxy, and JupyterLab
apt-get update
apt-get -y dist-upgrade
apt-get -y install jupyterhub jupyterlab python3-ipykernel python3-ipywidgets python3-jupyterlab-widgets git
rm -rf /var/log/* /var/cache/debconf/*-old /var/lib/dpkg/*-old
