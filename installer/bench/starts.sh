#!/usr/bin/env bash
# Starts the server of the user bench several times on a running platform, with a token of theirs, and prints where
# the time went: ours, the engine's, the single-user server's own boot. Asks the gateway all along, so
# that the time between "ready" and the first answer through the route is measured too.
#   installer/bench/starts.sh ORIGIN TOKEN LOG [ROUNDS]
set -euo pipefail

main() {
  (($# >= 3)) || { echo "usage: starts.sh ORIGIN TOKEN LOG [ROUNDS]" >&2 && exit 64; }
  local origin=$1 log=$3 rounds=${4:-8} n
  token=$2
  for ((n = 0; n < rounds; n++)); do
    one_start "$origin"
  done
  report "$log" "$rounds"
}

one_start() { # origin
  local began=$SECONDS
  call "$1" POST
  until curl -fsS -o /dev/null --max-time 5 "$1/user/bench/api" 2>/dev/null; do
    ((SECONDS - began < 120)) || { echo "the server did not answer within 120 s" >&2 && exit 70; }
    sleep 0.002
  done
  call "$1" DELETE
  until [[ $(curl -fsS -H "Authorization: token $token" "$1/hub/api/users/bench") == *'"servers":{}'* ]]; do
    ((SECONDS - began < 180)) || { echo "the server did not stop" >&2 && exit 70; }
    sleep 0.1
  done
}

call() { curl -fsS -o /dev/null -X "$2" -H "Authorization: token $token" "$1/hub/api/users/bench/server"; }

report() { # log rounds
  local what
  for what in took own docker boot; do
    printf 'bench: start of a server, %-6s ms, min median max of %d: %s\n' "$what" "$2" \
      "$(grep spawn.ready "$1" | sed -n "s/.* $what=\([0-9]*\)ms.*/\1/p" | tail -n "$2" | sort -n |
        awk '{ v[NR] = $1 } END { print v[1], v[int(NR / 2) + 1], v[NR] }')"
  done
  printf 'bench: from the first answer to the route in place, us, min median max of %d: %s\n' "$2" \
    "$(grep spawn.ready "$1" | sed -n 's/.* route=\([0-9]*\)us.*/\1/p' | tail -n "$2" | sort -n |
      awk '{ v[NR] = $1 } END { print v[1], v[int(NR / 2) + 1], v[NR] }')"
  printf 'bench: our own share of the first start, in a cold JVM: %s ms\n' \
    "$(grep spawn.ready "$1" | sed -n 's/.* own=\([0-9]*\)ms.*/\1/p' | head -n 1)"
}

main "$@"
