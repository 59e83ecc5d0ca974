# shellcheck shell=bash
# down: the platform ends; people's servers only when asked for.

command_down() {
  local servers='' engine='' firewall=''
  down_parse "$@"
  require_root
  down_platform
  [[ -z $servers ]] || down_servers
  [[ -z $firewall ]] || firewall_remove
  [[ -z $engine ]] || engine_stop
}

down_parse() {
  while (($#)); do
    case $1 in
      --servers) servers=1 && shift ;;
      --purge-firewall) firewall=1 && shift ;;
      --engine) engine=1 && shift ;;
      --data-dir) option_value down "$@" && set_data_dir "$value" && shift 2 ;;
      -h | --help) down_help && exit 0 ;;
      *) unknown_option down "$1" ;;
    esac
  done
}

down_platform() {
  if [[ ! -d $data_dir/run ]]; then
    say "platform: not running"
    return
  fi
  platform_lock
  if platform_pid >/dev/null; then
    platform_stop
    say "platform: stopped"
  else
    rm -f "$(platform_pid_file)"
    say "platform: not running"
  fi
  keeper_stop
  platform_unlock
}

# Stopped, not removed: the platform records why each one ended when it starts again.
down_servers() {
  local containers networks
  mapfile -t containers < <(platform_servers)
  if ((${#containers[@]})); then
    docker stop --time 10 "${containers[@]}" >/dev/null
  fi
  say "servers: ${#containers[@]} stopped"
  mapfile -t networks < <(platform_networks)
  if ((${#networks[@]})); then
    # One that somebody is still connected to stays.
    docker network rm "${networks[@]}" >/dev/null || true
  fi
}

down_help() {
  cat <<'TEXT'
Usage: lyceum down [--servers] [--purge-firewall] [--engine] [--data-dir DIR]

Stops the platform: asks it to end, waits 30 s, only then kills it. People's servers keep running,
and the next 'lyceum up' finds them again.

  --servers         stop this platform's servers as well
  --purge-firewall  remove the firewall rules; only when no server runs on this machine any more
  --engine          stop the Docker engine, if 'lyceum' started it (never one that systemd runs)
  --data-dir DIR    which platform (default /var/lib/lyceum)

Exit codes: 0 stopped or not running; 64 wrong usage; 75 another 'lyceum' is at work; 77 not root.
TEXT
}
