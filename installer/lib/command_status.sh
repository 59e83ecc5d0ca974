# shellcheck shell=bash
# status: whether the platform runs, for a person and for a script.

command_status() {
  local pid
  while (($#)); do
    case $1 in
      --data-dir) option_value status "$@" && set_data_dir "$value" && shift 2 ;;
      -h | --help) status_help && exit 0 ;;
      *) unknown_option status "$1" ;;
    esac
  done
  [[ ! -e $data_dir || -r $data_dir/run ]] || require_root
  if ! pid=$(platform_pid); then
    say "platform: not running"
    exit 3
  fi
  if platform_answers "$(platform_port)"; then
    say "platform: running at $(platform_address)"
  else
    say "platform: running, but not ready at $(platform_address)"
  fi
  say "process: $pid, $(awk '$1 == "VmRSS:" { print int($2 / 1024) }' "/proc/$pid/status") MiB, up $(ps -o etime= -p "$pid" | tr -d ' ')"
  say "program: $(basename "$(platform_state app_dir)")"
  say "image: $(platform_state image)"
  if engine_answers; then say "servers: $(platform_servers | wc -l), those that wait for somebody among them"; else say "engine: does not answer"; fi
}

status_help() {
  cat <<'TEXT'
Usage: lyceum status [--data-dir DIR]

Says whether the platform runs, where, from which program and image, and how many servers it has.

Exit codes: 0 running; 3 not running; 64 wrong usage; 77 not root.
TEXT
}
