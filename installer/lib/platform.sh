# shellcheck shell=bash
# The platform's process: started from one installed program, found again by its pid file, stopped
# without touching people's servers.

readonly platform_ready_seconds=60 platform_stop_seconds=30
readonly platform_log_keep_bytes=20971520

platform_pid_file() { printf '%s/run/platform.pid' "$data_dir"; }
platform_log() { printf '%s/log/platform.log' "$data_dir"; }
platform_config() { printf '%s/lyceum.toml' "$data_dir"; }
platform_setup_link() { printf '%s/run/setup-link' "$data_dir"; }

# Ours is what runs with our configuration file.
platform_mark() { printf 'org.lyceum.main.Main --config %s ' "$(platform_config)"; }

platform_pid() { pid_alive "$(platform_pid_file)" "$(platform_mark)"; }

# One value of what the running platform was started with: app_dir, image, port, java.
platform_state() { # key
  sed -n "s/^$1=//p" "$data_dir/run/platform.state" 2>/dev/null || true
}

platform_config_ensure() { # port
  local file
  file=$(platform_config)
  if [[ -f $file ]]; then
    say "configuration: unchanged ($file)"
    return
  fi
  cat >"$file.new" <<TOML
# Lyceum's settings, read at start. Every key can be overridden by the environment, for instance
# http.port by LYCEUM_HTTP__PORT.

[http]
address = "127.0.0.1"
port = $1

[hub-api]
port = 8081

[data]
directory = "$data_dir"

[docker]
socket = "/var/run/docker.sock"
TOML
  mv "$file.new" "$file"
  say "configuration: written ($file)"
}

# One setting as the platform will see it: the environment wins over the file, which is simple enough
# to read line by line.
platform_setting() { # section key default
  local found='' variable=LYCEUM_${1^^}__${2^^}
  variable=${variable//-/_}
  found=${!variable:-}
  if [[ -z $found && -f $(platform_config) ]]; then
    found=$(awk -v section="[$1]" -v key="$2" '
      /^[[:space:]]*\[/ { inside = ($1 == section) }
      inside && $1 == key { sub(/^[^=]*=[[:space:]]*/, ""); sub(/[[:space:]]*(#.*)?$/, ""); gsub(/"/, ""); print; exit }
    ' "$(platform_config)")
  fi
  printf '%s' "${found:-$3}"
}

# The port of the running platform, else the configured one.
platform_port() {
  local port
  port=$(platform_state port)
  [[ -n $port ]] && platform_pid >/dev/null || port=$(platform_setting http port 8000)
  printf '%s' "$port"
}

platform_address() { printf 'http://127.0.0.1:%s/' "$(platform_port)"; }

# The public door opens last, so whoever gets an answer meets a platform that is ready.
platform_answers() { # port
  [[ $(curl -s --noproxy '*' --max-time 5 -o /dev/null -w '%{http_code}' "http://127.0.0.1:$1/hub/health" 2>/dev/null) == 200 ]]
}

platform_wanted_state() { # java-home port
  printf 'app_dir=%s\nimage=%s\nport=%s\njava=%s\n' "$(build_app_dir)" "$(image_ref scientific)" "$2" "$(runtime_java "$1")"
}

# Runs, answers, and was started from what we would start now.
platform_up_to_date() { # java-home port
  platform_pid >/dev/null && platform_answers "$2" &&
    [[ $(cat "$data_dir/run/platform.state" 2>/dev/null) == "$(platform_wanted_state "$1" "$2")" ]]
}

# Sets platform_child. The environment is made anew: nothing of the caller's shell reaches it.
platform_start() { # java-home port
  local app log java image class_path aot=() variable environment=()
  app=$(build_app_dir)
  java=$(runtime_java "$1")
  image=$(image_ref scientific)
  class_path=$(build_class_path "$app")
  log=$(platform_log)
  [[ ! -s $app/lyceum.aot ]] || aot=("-XX:AOTCache=$app/lyceum.aot")
  while IFS= read -r variable; do environment+=("$variable=${!variable}"); done < <(compgen -e | grep '^LYCEUM_.*__' || true)
  mkdir -p "$(dirname "$log")"
  [[ -f $log ]] || install -m 0640 /dev/null "$log"
  if [[ -f $log ]] && (($(stat -c %s "$log") > platform_log_keep_bytes)); then mv "$log" "$log.old"; fi
  platform_log_start=$(($(stat -c %s "$log" 2>/dev/null || echo 0) + 1))
  platform_wanted_state "$1" "$2" >"$data_dir/run/platform.state"
  (
    cd "$data_dir" || exit
    # Containers read what is bound into them as another user; the data directory itself keeps everybody
    # else on this machine out.
    umask 022
    # When memory runs out, the kernel takes a server's process (500) before it takes the platform.
    echo -500 >/proc/self/oom_score_adj 2>/dev/null || true
    exec setsid env -i PATH="$PATH" HOME="${HOME:-/root}" LANG=C.UTF-8 "${environment[@]}" \
      LYCEUM_HTTP__PORT="$2" LYCEUM_CATALOG__DEFAULT_IMAGE="$image" \
      "$java" "@$app/jvm.args" "${aot[@]}" -cp "$class_path" \
      org.lyceum.main.Main --config "$(platform_config)" </dev/null >>"$log" 2>&1 7>&- 8>&- 9>&-
  ) &
  platform_child=$!
  pid_write "$(platform_pid_file)" "$platform_child"
}

platform_wait_ready() { # port
  local deadline=$((SECONDS + platform_ready_seconds)) code=0
  until platform_answers "$1"; do
    if ! kill -0 "$platform_child" 2>/dev/null; then
      wait "$platform_child" || code=$?
      platform_show_end
      rm -f "$(platform_pid_file)"
      fail "$(platform_exit_code "$code")" "the platform ended while starting (exit $code); its log is $(platform_log)"
    fi
    if ((SECONDS >= deadline)); then
      platform_show_end
      platform_stop
      fail "$EX_INTERNAL" "the platform did not answer within $platform_ready_seconds s; its log is $(platform_log)"
    fi
    sleep 0.05
  done
}

# The platform's own exit codes mean the same as ours; anything else is a failed start.
platform_exit_code() { # code
  case $1 in
    75 | 77 | 78) printf '%s' "$1" ;;
    *) printf '%s' "$EX_INTERNAL" ;;
  esac
}

# What this start wrote, not the ones before.
platform_show_end() { tail -c "+$platform_log_start" "$(platform_log)" | tail -n 25 | sed 's/^/  | /' >&2 || true; }

platform_stop() { pid_stop "$(platform_pid_file)" "$(platform_mark)" "$platform_stop_seconds"; }

# Containers of this platform's people, by the label every one of them carries.
platform_servers() { # docker-ps-option...
  local id
  id=$(cat "$data_dir/keys/platform-id" 2>/dev/null) || return 0
  [[ -n $id ]] || return 0
  docker ps --quiet --filter "label=org.lyceum.platform=$id" "$@"
}

# Networks of this platform that nobody is connected to; the next start of a server makes them again.
platform_networks() {
  local id
  id=$(cat "$data_dir/keys/platform-id" 2>/dev/null) || return 0
  [[ -n $id ]] || return 0
  docker network ls --quiet --filter "label=org.lyceum.platform=$id"
}

platform_lock() {
  # Nobody else on this machine may look into people's files.
  [[ -d $data_dir ]] || install -d -m 0750 "$data_dir"
  [[ -d $data_dir/run ]] || install -d -m 0700 "$data_dir/run"
  exec 9>>"$data_dir/run/installer.lock"
  flock -n 9 || fail "$EX_RETRY" "another lyceum command is at work on $data_dir; wait for it, then run this again"
}

platform_unlock() { exec 9>&-; }
