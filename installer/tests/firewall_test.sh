#!/usr/bin/env bash
# The firewall's rules, by the real iptables in a network of its own: nothing reaches this machine's.
# shellcheck source=harness.sh
. "$(dirname "$0")/harness.sh"

# Functions run behind `unshare --net`, so each is a program of its own.
in_own_network() { # function
  rm "$box"/bin/*tables*
  mkdir -p "$data"
  # shellcheck disable=SC2016 # for the inner shell
  unshare --net bash -euo pipefail -c '
    . "$1/tests/harness.sh"
    set -e
    load lib/process.sh lib/options.sh lib/firewall.sh
    iptables -w 10 -N DOCKER-USER
    '"$(declare -f "$1")"'
    '"$1" inner "$box/repository/installer"
}

set_twice() {
  firewall_ensure 8081 | grep "firewall: set"
  firewall_ensure 8081 | grep "firewall: unchanged"
  iptables -S LYCEUM-INPUT | grep -- "--dport 8081 .*--limit-iface-in -j ACCEPT"
  [[ $(iptables -S LYCEUM-INPUT | tail -n 1) == "-A LYCEUM-INPUT -j DROP" ]]
  iptables -S LYCEUM-FORWARD | grep -Fx -- "-A LYCEUM-FORWARD -d 169.254.0.0/16 -j DROP"
  iptables -S LYCEUM-FORWARD | grep -Fx -- "-A LYCEUM-FORWARD -o lyc+ -j DROP"
  [[ ! -d /proc/sys/net/ipv6 ]] || ip6tables -S FORWARD | grep -Fx -- "-A FORWARD -i lyc+ -j DROP"
}

disturbed() {
  firewall_ensure 8081
  iptables -D LYCEUM-INPUT -j DROP
  iptables -I INPUT 1 -j ACCEPT
  firewall_differences | grep "LYCEUM-INPUT lacks: -j DROP"
  firewall_differences | grep "INPUT does not lead to LYCEUM-INPUT"
  firewall_ensure 8081
  [[ -z $(firewall_differences) ]]
  [[ $(iptables -S INPUT | grep -m 1 ^-A) == "-A INPUT -i lyc+ -j LYCEUM-INPUT" ]]
  [[ $(iptables -S INPUT | grep -c LYCEUM) == 1 ]]
}

two_platforms() {
  firewall_ensure 8081
  mkdir "$box/other"
  data_dir=$box/other firewall_ensure 9081
  iptables -S LYCEUM-INPUT | grep -- "--dport 8081"
  iptables -S LYCEUM-INPUT | grep -- "--dport 9081"
  rmdir "$box/other"
  firewall_ensure 8081
  if iptables -S LYCEUM-INPUT | grep -- "--dport 9081"; then return 1; fi
}

removed() {
  local before
  before=$(iptables -S)
  firewall_ensure 8081
  firewall_remove
  [[ $(iptables -S) == "$before" ]]
  firewall_remove
}

rules_are_set_once_and_then_left_alone() { in_own_network set_twice; }
rules_that_were_disturbed_are_put_right() { in_own_network disturbed; }
every_platform_of_the_machine_keeps_its_port() { in_own_network two_platforms; }
removing_leaves_nothing_behind() { in_own_network removed; }

tests=(rules_are_set_once_and_then_left_alone rules_that_were_disturbed_are_put_right
  every_platform_of_the_machine_keeps_its_port removing_leaves_nothing_behind)
if unshare --net iptables -w 10 -S INPUT >/dev/null 2>&1; then
  for test in "${tests[@]}"; do check "$test"; done
elif [[ ${1:-} != inner ]]; then
  skip_all "no iptables in a network namespace here" "${tests[@]}"
fi
finish
