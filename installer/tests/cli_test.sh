#!/usr/bin/env bash
# The command line: help everywhere, and a clear refusal of what is wrong.
# shellcheck source=harness.sh
. "$(dirname "$0")/harness.sh"

readonly commands=(up down status logs setup-link images firewall storage keeper test bench format)

help_is_there_for_every_command() {
  local command
  expect_lyceum 0 --help
  for command in "${commands[@]}"; do
    says "  $command "
  done
  for command in "${commands[@]}"; do
    expect_lyceum 0 "$command" --help
    says "Usage: lyceum $command"
    says "Exit codes:"
  done
}

unknown_words_are_usage_errors() {
  local command
  expect_lyceum 64
  expect_lyceum 64 upp
  says "unknown command 'upp'"
  for command in "${commands[@]}"; do
    expect_lyceum 64 "$command" --nope
    says "--nope"
    says "lyceum $command --help"
  done
}

values_of_options_are_checked() {
  expect_lyceum 64 up --port
  says "--port needs a value"
  expect_lyceum 64 up --port abc
  expect_lyceum 64 up --port 70000
  expect_lyceum 64 up --data-dir 'a"b'
  expect_lyceum 64 logs --lines some
  expect_lyceum 64 images build nothing
  says "scientific"
  expect_lyceum 64 test everything
  expect_lyceum 64 storage grow
  expect_lyceum 64 storage grow 20
  says "grow needs a size such as 200GiB"
}

only_root_may_change_the_machine() {
  chmod -R a+rX "$box"
  expect 77 setpriv --reuid 65534 --clear-groups "$box/repository/installer/lyceum" up
  says "as root"
  expect 77 setpriv --reuid 65534 --clear-groups "$box/repository/installer/lyceum" down
}

check help_is_there_for_every_command
check unknown_words_are_usage_errors
check values_of_options_are_checked
check only_root_may_change_the_machine
finish
