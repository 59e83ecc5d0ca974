# What every part of a build begins with: where packages come from on this machine. /mnt is the
# operator's own, read-only, and in no image.
export DEBIAN_FRONTEND=noninteractive LC_ALL=C.UTF-8 HOME=/root
export PIP_NO_INPUT=1 PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_ROOT_USER_ACTION=ignore
export PIP_BREAK_SYSTEM_PACKAGES=1 PIP_NO_CACHE_DIR=1 PIP_PROGRESS_BAR=off
if [ -f /mnt/environment ]; then set -a; . /mnt/environment; set +a; fi
if [ -f /mnt/apt.conf ]; then export APT_CONFIG=/mnt/apt.conf; fi
if [ -f /mnt/pip.conf ]; then export PIP_CONFIG_FILE=/mnt/pip.conf; fi
if [ -f /mnt/Rprofile ]; then export R_PROFILE=/mnt/Rprofile; fi
if [ -s /mnt/ca.crt ]; then export SSL_CERT_FILE=/mnt/ca.crt PIP_CERT=/mnt/ca.crt; fi

lists=unread
install_debian() {
  if [ $lists = unread ]; then
    apt-get -o Dir::State::lists=/var/lib/apt/lists -o APT::Sandbox::User=root update
    lists=read
  fi
  apt-get -y --no-install-recommends -o Dir::State::lists=/var/lib/apt/lists \
    -o Dir::Cache::archives=/var/cache/apt/archives -o APT::Sandbox::User=root install "$@"
}

need() { # command package...
  if ! command -v "$1" >/dev/null; then
    shift
    install_debian "$@"
  fi
}

python_is() { # version where
  have=$(python3 -c 'import sys; print("%d.%d" % sys.version_info[:2])')
  case "$1." in
    "$have".*) ;;
    *)
      echo "LYCEUM-UNMET $2 asks for Python $1, and the environment it is built on has $have; leave the version out, or write $have"
      exit 1
      ;;
  esac
}
