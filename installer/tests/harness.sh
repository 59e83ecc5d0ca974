# shellcheck shell=bash
# For tests of the installer: each test is a function, runs in a subshell of its own with a
# throwaway machine around it, and prints one line of the Test Anything Protocol.
#
# The throwaway machine: a repository with the real installer and no sources, a data directory, and
# stand-ins first on the PATH for what is too heavy or would change this machine (tests/stubs). Each
# stand-in writes its arguments to $box/calls.

set -uo pipefail

tests_dir=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
test_number=0
tests_failed=0

check() { # function name with underscores
  local output box code
  test_number=$((test_number + 1))
  box=$(mktemp -d "${TMPDIR:-/tmp}/lyceum-test.XXXXXX")
  # Not as a condition: bash would ignore `set -e` in everything that the test calls.
  output=$( (
    set -eE
    trap 'echo "line $LINENO of ${BASH_SOURCE[0]##*/} ended with $?: $BASH_COMMAND"' ERR
    machine_make "$box"
    "$1"
  ) 2>&1)
  code=$?
  if ((code == 0)); then
    printf 'ok %d - %s\n' "$test_number" "${1//_/ }"
  else
    tests_failed=$((tests_failed + 1))
    printf 'not ok %d - %s\n' "$test_number" "${1//_/ }"
    sed 's/^/# /' <<<"$output" | tail -n 40
  fi
  machine_end "$box"
  rm -rf "$box"
}

skip_all() { # reason function...
  local reason=$1
  shift
  for test in "$@"; do
    test_number=$((test_number + 1))
    printf 'ok %d - %s # SKIP %s\n' "$test_number" "${test//_/ }" "$reason"
  done
}

finish() { exit $((tests_failed > 0)); }

machine_make() { # box
  box=$1
  mkdir -p "$box/repository/modules/main" "$box/bin" "$box/jdk/bin" "$box/docker"
  cp -r "$tests_dir/.." "$box/repository/installer"
  printf '<project/>' >"$box/repository/pom.xml"
  cp "$tests_dir"/stubs/* "$box/bin/"
  for tool in mkfs.xfs mkfs.btrfs mkfs.ext4; do printf '#!/bin/sh\n' >"$box/bin/$tool" && chmod +x "$box/bin/$tool"; done
  mv "$box/bin/java" "$box/jdk/bin/java"
  cp "$box/jdk/bin/java" "$box/jdk/bin/javac"
  mv "$box/bin/jdeps" "$box/bin/jlink" "$box/jdk/bin/"
  printf 'JAVA_VERSION="25.0.3"\n' >"$box/jdk/release"
  : >"$box/calls"
  data=$box/data
  port=$(free_port)
  export box PATH="$box/bin:$PATH" JAVA_HOME=$box/jdk LYCEUM_DATA_DIR=$data
  export LYCEUM_RUN_DIR=$box/run LYCEUM_LOG_DIR=$box/log LYCEUM_CACHE_DIR=$box/cache
  unset LYCEUM_IMAGE_REGISTRY
}

# Ends the stand-in platform of a test that did not, by its own pid file.
machine_end() { # box
  local pid
  for file in "$1"/data/run/platform.pid "$1"/run/engine.pid; do
    [[ -r $file ]] || continue
    read -r pid _ <"$file"
    if grep -F "$1" "/proc/$pid/cmdline" >/dev/null 2>&1; then kill -KILL "$pid" 2>/dev/null; fi
  done
}

lyceum() { "$box/repository/installer/lyceum" "$@"; }

# Runs a command that must end with this code; its output is in $output.
expect() { # code command...
  local wanted=$1 code=0
  shift
  output=$(timeout 60 "$@" 2>&1) || code=$?
  printf '%s\n' "$output"
  [[ $code == "$wanted" ]] || {
    echo "expected exit $wanted, got $code: $*"
    return 1
  }
}

expect_lyceum() { # code argument...
  local wanted=$1
  shift
  expect "$wanted" "$box/repository/installer/lyceum" "$@"
}

says() { # text
  grep -F -- "$1" <<<"$output" >/dev/null || {
    echo "does not say: $1"
    return 1
  }
}

calls() { grep -c "^$1" "$box/calls" || true; } # what

within() { # seconds command...
  local deadline=$((SECONDS + $1))
  shift
  until "$@" >/dev/null 2>&1; do
    ((SECONDS < deadline)) || {
      echo "not within the deadline: $*"
      return 1
    }
    sleep 0.05
  done
}

# A port of the range below the ephemeral ones that nobody listens on now.
free_port() {
  local candidate
  while :; do
    candidate=$((20000 + RANDOM % 10000))
    (exec 3<>"/dev/tcp/127.0.0.1/$candidate") 2>/dev/null || break
  done
  echo "$candidate"
}

# Functions of the installer by themselves.
load() { # file of lib...
  installer_dir=$box/repository/installer repository_dir=$box/repository
  # shellcheck source=/dev/null
  for file in places.sh lib/say.sh "$@"; do . "$installer_dir/$file"; done
}
