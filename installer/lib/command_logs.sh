# shellcheck shell=bash
# logs: what the platform wrote.

command_logs() {
  local follow=() lines=200
  while (($#)); do
    case $1 in
      -f | --follow) follow=(-F) && shift ;;
      -n | --lines) option_value logs "$@" && lines=$value && shift 2 ;;
      --data-dir) option_value logs "$@" && set_data_dir "$value" && shift 2 ;;
      -h | --help) logs_help && exit 0 ;;
      *) unknown_option logs "$1" ;;
    esac
  done
  [[ $lines =~ ^[0-9]+$ ]] || usage_error logs "--lines needs a number"
  [[ ! -e $data_dir || -r $data_dir/log ]] || [[ ! -e $data_dir/log ]] || require_root
  [[ -r $(platform_log) ]] || fail "$EX_RETRY" "no log at $(platform_log) yet; 'lyceum up' starts the platform"
  exec tail -n "$lines" "${follow[@]}" "$(platform_log)"
}

logs_help() {
  cat <<'TEXT'
Usage: lyceum logs [-f] [-n LINES] [--data-dir DIR]

Shows the end of the platform's log.

  -f, --follow     go on showing what is added
  -n, --lines N    how many lines (default 200)

Exit codes: 0 shown; 64 wrong usage; 75 there is no log yet; 77 not root.
TEXT
}
