# JupyterLab and its single-user server
apt-get update
apt-get -y dist-upgrade
apt-get -y install \
  jupyterhub jupyterlab python3-ipykernel python3-ipywidgets python3-jupyterlab-widgets \
  python3-pip python3-venv \
  bash-completion curl file fonts-dejavu git less nano openssh-client procps unzip vim-tiny wget zip
# JupyterLab's pages were built when Debian built the package. The 900 MB of Node modules that it
# depends on were needed for that; nothing reads them at run time.
rm -rf /usr/share/nodejs
find /usr/bin -xtype l -delete
test -z "$(find /usr/share/jupyter /usr/share/jupyterhub /usr/lib/python3 -xtype l)"
rm -rf /var/log/* /var/cache/debconf/*-old /var/lib/dpkg/*-old
