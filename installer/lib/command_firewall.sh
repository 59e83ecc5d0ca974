# shellcheck shell=bash
# firewall: the rules by themselves, for whoever runs other firewall software on this machine.

command_firewall() {
  local action=show differs
  while (($#)); do
    case $1 in
      --check | --remove | --set) action=${1#--} && shift ;;
      --data-dir) option_value firewall "$@" && set_data_dir "$value" && shift 2 ;;
      -h | --help) firewall_help && exit 0 ;;
      *) unknown_option firewall "$1" ;;
    esac
  done
  require_root
  have iptables || fail "$EX_MISSING" "iptables is missing: apt-get install iptables"
  case $action in
    show) packets -S | grep -E 'LYCEUM|lyc\+' || say "firewall: no rules set" ;;
    set) firewall_ensure "$(platform_setting hub-api port 8081)" ;;
    remove) firewall_remove ;;
    check)
      differs=$(firewall_differences)
      [[ -z $differs ]] || fail "$EX_RETRY" "firewall: not as it should be; 'lyceum firewall --set' puts it right" "$differs"
      say "firewall: as it should be"
      ;;
  esac
}

firewall_help() {
  cat <<'TEXT'
Usage: lyceum firewall [--check | --set | --remove] [--data-dir DIR]

Servers of people reach the hub's API and the internet, and neither this machine, nor each other,
nor link-local and private addresses. Without an option: shows the rules.

  --check   compare with what should be there (exit 75 when it differs)
  --set     put it right; 'lyceum up' does this each time
  --remove  remove the rules; only when no server runs on this machine any more

Exit codes: 0 done; 64 wrong usage; 69 iptables is missing; 75 the rules differ; 77 not root.
TEXT
}
