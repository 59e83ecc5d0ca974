# shellcheck shell=bash
# up: from a bare machine to a running platform.

command_up() {
  local detach='' port='' assume_yes='' java
  up_parse "$@"
  require_root
  platform_lock
  port=${port:-$(platform_setting http port 8000)}

  machine_check "$port"
  packages_look
  packages_install "${packages_wanted[@]}"
  java=$(java_home) || fail "$EX_MISSING" "no JDK $java_wanted found; install one, then run this again"
  say "java: $(java_version "$java") ($java)"

  firewall_choose_kind
  engine_ensure
  firewall_ensure "$(platform_setting hub-api port 8081)"
  image_ensure scientific
  build_ensure "$java"
  platform_config_ensure "$port"
  builds_settings_ensure "$data_dir"
  storage_ensure "$java"
  keeper_ensure "$java"
  up_start "$java" "$port"
}

up_parse() {
  while (($#)); do
    case $1 in
      --detach) detach=1 && shift ;;
      --port) option_value up "$@" && port=$value && shift 2 ;;
      --data-dir) option_value up "$@" && set_data_dir "$value" && shift 2 ;;
      --yes | -y) assume_yes=1 && shift ;;
      -h | --help) up_help && exit 0 ;;
      *) unknown_option up "$1" ;;
    esac
  done
  [[ -z $port ]] || { [[ $port =~ ^[0-9]{1,5}$ ]] && ((port >= 1 && port <= 65535)); } ||
    usage_error up "--port must be a number from 1 to 65535"
}

up_start() { # java-home port
  if platform_up_to_date "$1" "$2"; then
    say "platform: already running at $(platform_address)"
    up_show_setup_link
    return
  fi
  if platform_pid >/dev/null; then
    say "platform: running, but not what would be started now; restarting it (servers keep running)"
    platform_stop
  fi
  platform_start "$1" "$2"
  # Somebody who interrupts before the platform is ready wants it gone, not half there.
  trap 'platform_stop; exit 130' INT TERM
  platform_wait_ready "$2"
  build_forget_old
  platform_unlock
  say "platform: ready at $(platform_address)"
  up_show_setup_link
  if [[ -n $detach ]]; then
    trap - INT TERM
    disown "$platform_child"
  else
    up_stay
  fi
}

up_show_setup_link() {
  local link
  link=$(platform_setup_link)
  [[ -s $link ]] || return 0
  say "create the first administrator here (once, within 30 minutes):"
  say "  $(head -n 1 "$link")"
}

# In the foreground: shows the log; Ctrl-C stops the platform, people's servers keep running.
up_stay() {
  local code=0 follower
  tail -n 0 -F "$(platform_log)" 2>/dev/null &
  follower=$!
  # Before the words that invite it: whoever reads them may be quick.
  trap 'up_end "$follower"' INT TERM
  say "press Ctrl-C to stop it (servers keep running); --detach would have returned here"
  wait "$platform_child" || code=$?
  kill "$follower" 2>/dev/null || true
  rm -f "$(platform_pid_file)"
  # 143 is SIGTERM, 0 a stop by other means: somebody ran `lyceum down`.
  ((code == 0 || code == 143)) || fail "$(platform_exit_code "$code")" "the platform ended (exit $code); its log is $(platform_log)"
  say "platform: stopped"
  exit 0
}

up_end() { # follower
  trap '' INT TERM
  kill "$1" 2>/dev/null || true
  platform_stop
  keeper_stop
  say "platform: stopped"
  exit 0
}

up_help() {
  cat <<'TEXT'
Usage: lyceum up [--detach] [--port N] [--data-dir DIR] [--yes]

Checks the machine, installs what is missing, builds Lyceum and the environment image, starts the
platform and prints its address, and the one-time setup link while there is no administrator.
Run it again at any time: what is up to date is left alone.

  --detach        return as soon as the platform answers; without it, stay and show the log.
                  Ctrl-C then stops the platform; people's servers keep running
  --port N        port on 127.0.0.1 (default: http.port of lyceum.toml, 8000 at first)
  --data-dir DIR  people's files, database, settings (default /var/lib/lyceum)
  --yes, -y       install missing packages without asking

Environment: LYCEUM_IMAGE_REGISTRY names a registry to pull the environment image from; JAVA_HOME a
JDK 25 to use; LYCEUM_SECTION__KEY overrides a key of lyceum.toml.

Exit codes: 0 running; 64 wrong usage; 69 something the machine must have is missing; 70 a build or
the start failed; 75 not now (port taken, disk full, another 'lyceum' at work); 77 not root;
78 wrong configuration.
TEXT
}
