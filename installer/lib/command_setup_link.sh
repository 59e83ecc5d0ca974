# shellcheck shell=bash
# setup-link: the one-time link that creates the first administrator.

command_setup_link() {
  local link
  while (($#)); do
    case $1 in
      --data-dir) option_value setup-link "$@" && set_data_dir "$value" && shift 2 ;;
      -h | --help) setup_link_help && exit 0 ;;
      *) unknown_option setup-link "$1" ;;
    esac
  done
  require_root
  link=$(platform_setup_link)
  if [[ -s $link ]]; then
    head -n 1 "$link"
  elif platform_pid >/dev/null; then
    fail "$EX_RETRY" "no setup link: there is an administrator already, or the link has expired" \
      "if nobody is administrator yet, 'lyceum down' and 'lyceum up' make a new one"
  else
    fail "$EX_RETRY" "no setup link: the platform does not run; 'lyceum up' starts it"
  fi
}

setup_link_help() {
  cat <<'TEXT'
Usage: lyceum setup-link [--data-dir DIR]

Prints the link that creates the first administrator: it works once, for 30 minutes, and only while
there is no administrator. It is never written to the log.

Exit codes: 0 printed; 64 wrong usage; 75 there is none now; 77 not root.
TEXT
}
