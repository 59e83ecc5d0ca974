# shellcheck shell=bash
# Programs from the distribution. Looked for by what they do, not by package name, so that another
# vendor's Docker or Java counts as well.

packages_wanted=()

# Fills packages_wanted with what is missing, and says what that is.
packages_look() {
  packages_wanted=()
  package_for dockerd docker.io
  package_for docker "$(package_of_docker_client)"
  package_for iptables iptables
  package_for curl curl
  package_for flock util-linux
  [[ -s /etc/ssl/certs/ca-certificates.crt ]] || packages_wanted+=(ca-certificates)
  if [[ $(cat /sys/module/apparmor/parameters/enabled 2>/dev/null) == Y ]]; then
    package_for apparmor_parser apparmor
  fi
  image_all_present scientific || package_for debootstrap debootstrap
  java_home >/dev/null || packages_wanted+=(openjdk-25-jdk-headless)
  if ! storage_made; then
    package_for mkfs.xfs xfsprogs
    package_for mkfs.btrfs btrfs-progs
    package_for mkfs.ext4 e2fsprogs
  fi
  if build_needed; then
    package_for mvn maven
    package_for npm npm
  fi
  if ((${#packages_wanted[@]})); then
    say "programs: missing, will be installed: ${packages_wanted[*]}"
  else
    say "programs: all there"
  fi
}

package_for() { # program package
  have "$1" || [[ " ${packages_wanted[*]} " == *" $2 "* ]] || packages_wanted+=("$2")
}

# Debian 13 has the client in a package of its own.
package_of_docker_client() {
  if apt-cache show docker-cli >/dev/null 2>&1; then printf docker-cli; else printf docker.io; fi
}

packages_install() { # package...
  (($#)) || return 0
  packages_agreed "$@"
  progress "installing $*"
  local log=$log_dir/packages.log
  mkdir -p "$log_dir"
  apt_get update >"$log" 2>&1 || warn "apt-get update failed; going on with the lists that are there ($log)"
  packages_exist "$@"
  apt_get -y --no-install-recommends install "$@" >>"$log" 2>&1 || {
    tail -n 8 "$log" | sed 's/^/  | /' >&2
    fail "$EX_MISSING" "apt-get could not install: $*; the log is $log. Put that right, then run this again"
  }
}

apt_get() { DEBIAN_FRONTEND=noninteractive apt-get -q -o DPkg::Lock::Timeout=300 "$@" </dev/null; }

packages_agreed() {
  [[ -z ${assume_yes:-} && -t 0 ]] || return 0
  local answer
  read -rp "lyceum: install $* with apt-get now? [Y/n] " answer
  [[ ${answer:-y} == [yYjJ]* ]] || fail "$EX_MISSING" "not installed: $*; install them yourself, then run this again"
}

# Names what the distribution does not have before apt refuses all of them together.
packages_exist() {
  local package
  for package in "$@"; do
    apt-cache show "$package" >/dev/null 2>&1 && continue
    [[ $package != openjdk-25-* ]] ||
      fail "$EX_MISSING" "no JDK 25 found (JAVA_HOME, /usr/lib/jvm, PATH), and this Debian has no package $package." \
        "Unpack a JDK 25, for instance Eclipse Temurin, to /usr/lib/jvm/ or set JAVA_HOME, then run this again"
    fail "$EX_MISSING" "apt knows no package $package; check /etc/apt/sources.list, then run this again"
  done
}
