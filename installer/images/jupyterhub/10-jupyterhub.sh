# JupyterHub, its proxy, and nbgitpuller
apt-get update
apt-get -y dist-upgrade
apt-get -y install jupyterhub python3-ipykernel python3-nbgitpuller git
rm -rf /var/log/* /var/cache/debconf/*-old /var/lib/dpkg/*-old
