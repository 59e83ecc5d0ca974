#!/usr/bin/env bash
# Makes the first administrator, bench, of a throwaway platform; prints an API token of theirs.
#   installer/bench/sign_up.sh ORIGIN SETUP_LINK
set -euo pipefail

main() {
  (($# == 2)) || { echo "usage: sign_up.sh ORIGIN SETUP_LINK" >&2 && exit 64; }
  work=$(mktemp -d /tmp/lyceum-bench-sign-up.XXXXXX)
  trap 'rm -rf "$work"' EXIT
  sign_up "$1" "$2"
}

sign_up() { # origin link
  local secret xsrf jar=$work/cookies password=benchmark-only-password
  secret=${2##*token=}
  xsrf=$(curl -fsS -c "$jar" "$2" | sed -n 's/.*name="_xsrf" value="\([^"]*\)".*/\1/p' | head -n 1)
  curl -fsS -o /dev/null -b "$jar" -c "$jar" --data-urlencode "_xsrf=$xsrf" --data-urlencode "token=$secret" \
    --data-urlencode username=bench --data-urlencode "password=$password" --data-urlencode "again=$password" "$1/setup"
  curl -fsS -H 'Content-Type: text/plain' --data '{"auth":{"username":"bench","password":"'"$password"'"}}' \
    "$1/hub/api/users/bench/tokens" | sed -n 's/.*"token": *"\([0-9a-f]*\)".*/\1/p'
}

main "$@"
