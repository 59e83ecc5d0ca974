# classic notebook and its single-user server
apt-get update
apt-get -y dist-upgrade
apt-get -y install jupyterhub jupyter-notebook python3-ipykernel
rm -rf /var/log/* /var/cache/debconf/*-old /var/lib/dpkg/*-old
