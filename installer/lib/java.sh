# shellcheck shell=bash
# The JDK that builds and runs Lyceum: a 25, wherever it is. Not a newer one: the build is fixed to it.

readonly java_wanted=25

# Prints the first fitting home of: JAVA_HOME, /usr/lib/jvm/* (newest first), the java on the PATH.
java_home() {
  local home homes
  mapfile -t homes < <(java_candidates)
  for home in "${homes[@]}"; do
    if [[ -x $home/bin/java && -x $home/bin/javac ]] && (($(java_major "$home") == java_wanted)); then
      printf '%s' "$home"
      return 0
    fi
  done
  return 1
}

java_candidates() {
  local java
  if [[ -n ${JAVA_HOME:-} ]]; then printf '%s\n' "$JAVA_HOME"; fi
  find "${LYCEUM_JVM_DIR:-/usr/lib/jvm}" -mindepth 1 -maxdepth 1 -type d ! -name '.*' 2>/dev/null | sort -rV
  if java=$(command -v java); then dirname "$(dirname "$(readlink -f "$java")")"; fi
}

# Read from the `release` file that every JDK carries: starting java takes 40 ms for each.
java_version() { # home
  sed -n 's/^JAVA_VERSION="\(.*\)"$/\1/p' "$1/release" 2>/dev/null || true
}

java_major() { # home
  local version
  version=$(java_version "$1")
  version=${version%%[.+-]*}
  [[ $version =~ ^[0-9]+$ ]] || version=0
  printf '%s' "$version"
}
