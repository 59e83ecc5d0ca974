# shellcheck shell=bash
# What a person reads: one line per thing done or found, and the one way to end with a reason.

# Exit codes of every subcommand, after sysexits.h so that scripts can tell the cases apart.
readonly EX_USAGE=64 EX_MISSING=69 EX_INTERNAL=70 EX_RETRY=75 EX_PERMISSION=77 EX_CONFIG=78
export EX_USAGE EX_MISSING EX_INTERNAL EX_RETRY EX_PERMISSION EX_CONFIG

say() { printf 'lyceum: %s\n' "$*"; }

warn() { printf 'lyceum: warning: %s\n' "$*" >&2; }

fail() { # code sentence...
  local code=$1
  shift
  printf 'lyceum: %s\n' "$@" >&2
  exit "$code"
}

now() { date +%H:%M:%S; }

# A line with a time stamp, for long work: the log then tells which stage took how long.
progress() { printf 'lyceum: [%s] %s\n' "$(now)" "$*"; }

have() { command -v "$1" >/dev/null 2>&1; }
