# scientific packages
apt-get update
apt-get -y install \
  python3-numpy python3-scipy python3-pandas python3-matplotlib python3-sympy python3-sklearn \
  python3-seaborn python3-networkx python3-pil python3-openpyxl python3-requests \
  python3-bs4 python3-lxml python3-yaml python3-tqdm fonts-liberation
rm -rf /var/log/* /var/cache/debconf/*-old /var/lib/dpkg/*-old
