# shellcheck shell=bash
# Rules that hold for every server of every community, whatever address it has: our bridges are
# named lyc..., and everything that comes in from one is judged here.
#   to this machine:  only the hub's API, on the address of the server's own bridge
#   to other servers: nothing
#   to the world:     yes, but not to link-local (cloud metadata), private or shared address ranges;
#                     the machine's own name servers are the one exception
# IPv6 is not offered to servers, so everything of it is dropped.

firewall_asked=''
readonly firewall_in=LYCEUM-INPUT firewall_out=LYCEUM-FORWARD firewall_bridges=lyc+
readonly firewall_private=(169.254.0.0/16 10.0.0.0/8 172.16.0.0/12 192.168.0.0/16 100.64.0.0/10)

firewall_ensure() { # hub-api-port
  local differs
  firewall_asked=$1
  firewall_register "$1"
  differs=$(firewall_differences)
  if [[ -z $differs ]]; then
    say "firewall: unchanged"
    return
  fi
  firewall_fill "$firewall_in" < <(firewall_input_rules)
  firewall_fill "$firewall_out" < <(firewall_forward_rules)
  firewall_jump INPUT "$firewall_in"
  firewall_jump DOCKER-USER "$firewall_out"
  firewall_drop_v6
  say "firewall: set for bridges $firewall_bridges ($(wc -l <<<"$differs") rules differed)"
}

# The rules are the machine's, so they know the port of every platform on it: a file for each.
firewall_register() { # hub-api-port
  mkdir -p "$run_dir/hub-api"
  printf '%s %s\n' "$1" "$data_dir" >"$run_dir/hub-api/$(sha256sum <<<"$data_dir" | cut -c1-12)"
}

# Ports of platforms whose data directory is still there, and the one that is asked for now: its
# directory may be yet to come, and tests have directories of their own.
firewall_ports() {
  local file port directory
  {
    [[ -z $firewall_asked ]] || echo "$firewall_asked"
    for file in "$run_dir"/hub-api/*; do
      [[ -f $file ]] || continue
      read -r port directory <"$file"
      if [[ -d $directory ]]; then echo "$port"; fi
    done
  } | sort -un
}

firewall_input_rules() {
  local port
  echo "-m conntrack --ctstate RELATED,ESTABLISHED -j ACCEPT"
  for port in $(firewall_ports); do
    echo "-p tcp -m tcp --dport $port -m conntrack --ctstate NEW -m addrtype --dst-type LOCAL --limit-iface-in -j ACCEPT"
  done
  echo "-j DROP"
}

firewall_forward_rules() {
  local server range
  printf '%s\n' "-m conntrack --ctstate RELATED,ESTABLISHED -j RETURN" "-o $firewall_bridges -j DROP"
  while IFS= read -r server; do
    printf '%s\n' "-d $server/32 -p udp -m udp --dport 53 -j RETURN" \
      "-d $server/32 -p tcp -m tcp --dport 53 -j RETURN"
  done < <(firewall_name_servers)
  for range in "${firewall_private[@]}"; do printf '%s\n' "-d $range -j DROP"; done
}

# The name servers Docker hands to containers: the machine's, behind systemd-resolved where it runs.
firewall_name_servers() {
  local file=/etc/resolv.conf
  if [[ -r /run/systemd/resolve/resolv.conf ]]; then file=/run/systemd/resolve/resolv.conf; fi
  awk '$1 == "nameserver" && $2 ~ /^[0-9.]+$/ && $2 !~ /^127\./ { print $2 }' "$file" 2>/dev/null || true
}

# One line for each rule that should be there and is not, or the other way round.
firewall_differences() {
  firewall_chain_differences "$firewall_in" < <(firewall_input_rules)
  firewall_chain_differences "$firewall_out" < <(firewall_forward_rules)
  firewall_has_jump INPUT "$firewall_in" || echo "INPUT does not lead to $firewall_in"
  firewall_has_jump DOCKER-USER "$firewall_out" || echo "DOCKER-USER does not lead to $firewall_out"
  firewall_has_v6 || echo "IPv6 is not dropped"
}

firewall_chain_differences() { # chain; rules on standard input
  local rule wanted=0 found
  while IFS= read -r rule; do
    wanted=$((wanted + 1))
    # shellcheck disable=SC2086 # a rule is a list of words
    packets -C "$1" $rule 2>/dev/null || echo "$1 lacks: $rule"
  done
  found=$(packets -S "$1" 2>/dev/null | grep -c '^-A' || true)
  ((found == wanted)) || echo "$1 has $found rules instead of $wanted"
}

# All rules of a chain change in one step, so no packet meets half of them.
firewall_fill() { # chain; rules on standard input
  {
    printf '*filter\n:%s - [0:0]\n' "$1"
    sed "s/^/-A $1 /"
    printf 'COMMIT\n'
  } | iptables-restore --noflush -w 10
}

# First in the chain: no earlier rule of anybody may let a packet pass.
firewall_has_jump() { # chain target
  [[ $(packets -S "$1" 2>/dev/null | grep -m 1 '^-A') == "-A $1 -i $firewall_bridges -j $2" ]]
}

firewall_jump() { # chain target
  firewall_has_jump "$1" "$2" && return
  firewall_unjump "$1" "$2"
  packets -I "$1" 1 -i "$firewall_bridges" -j "$2"
}

firewall_unjump() { # chain target
  while packets -D "$1" -i "$firewall_bridges" -j "$2" 2>/dev/null; do :; done
}

firewall_v6_chains() { if [[ -d /proc/sys/net/ipv6 ]] && have ip6tables; then echo INPUT FORWARD; fi; }

firewall_has_v6() {
  local chain
  for chain in $(firewall_v6_chains); do
    ip6tables -w 10 -C "$chain" -i "$firewall_bridges" -j DROP 2>/dev/null || return 1
  done
}

firewall_drop_v6() {
  local chain
  for chain in $(firewall_v6_chains); do
    ip6tables -w 10 -C "$chain" -i "$firewall_bridges" -j DROP 2>/dev/null ||
      ip6tables -w 10 -I "$chain" 1 -i "$firewall_bridges" -j DROP
  done
}

firewall_remove() {
  local chain
  firewall_unjump INPUT "$firewall_in"
  firewall_unjump DOCKER-USER "$firewall_out"
  for chain in "$firewall_in" "$firewall_out"; do
    packets -F "$chain" 2>/dev/null && packets -X "$chain"
  done
  for chain in $(firewall_v6_chains); do
    while ip6tables -w 10 -D "$chain" -i "$firewall_bridges" -j DROP 2>/dev/null; do :; done
  done
  say "firewall: rules removed"
}

packets() { iptables -w 10 "$@"; }

# Debian has two kinds of iptables; a kernel may do only one. Docker uses the same program, so the
# choice is made before the engine starts.
firewall_choose_kind() {
  local kind
  packets -S INPUT >/dev/null 2>&1 && return
  for kind in nft legacy; do
    if "iptables-$kind" -w 10 -S INPUT >/dev/null 2>&1; then
      update-alternatives --set iptables "/usr/sbin/iptables-$kind" >/dev/null
      update-alternatives --set ip6tables "/usr/sbin/ip6tables-$kind" >/dev/null || true
      say "firewall: iptables switched to $kind, the kind this kernel knows"
      return
    fi
  done
  fail "$EX_MISSING" "iptables does not work on kernel $(uname -r): $(packets -S INPUT 2>&1 | head -n 1)"
}
