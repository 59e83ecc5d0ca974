# shellcheck shell=bash
# The keeper as a process of its own (storage.keeper = "apart"): root's, found again by its pid file,
# started before the platform and stopped after it.

readonly keeper_ready_seconds=20 keeper_stop_seconds=30

keeper_pid_file() { printf '%s/run/keeper.pid' "$data_dir"; }
keeper_log() { printf '%s/log/keeper.log' "$data_dir"; }
keeper_socket() { printf '%s/keeper.sock' "$(storage_dir)"; }
keeper_mark() { printf 'org.lyceum.main.Main --keeper --config %s ' "$(platform_config)"; }
keeper_pid() { pid_alive "$(keeper_pid_file)" "$(keeper_mark)"; }

keeper_apart() { [[ $(platform_setting storage keeper inside) == apart ]]; }

# Sets keeper_command: the program with its environment, which is made anew as the platform's is.
keeper_words() { # java-home
  local app variable environment=()
  app=$(build_app_dir)
  while IFS= read -r variable; do environment+=("$variable=${!variable}"); done < <(compgen -e | grep '^LYCEUM_.*__' || true)
  keeper_command=(env -i PATH="$PATH" HOME="${HOME:-/root}" LANG=C.UTF-8 "${environment[@]}"
    "$(runtime_java "$1")" "@$app/jvm.args" -Xmn4m -Xmx64m -cp "$(build_class_path "$app")"
    org.lyceum.main.Main --keeper --config "$(platform_config)")
}

# Runs what is wanted and nothing else. One of an earlier program is replaced; who asks meanwhile is
# told that no keeper answers.
keeper_ensure() { # java-home
  local wanted
  if ! keeper_apart; then
    keeper_stop
    return
  fi
  wanted=$(build_app_dir)
  if keeper_pid >/dev/null && [[ $(cat "$data_dir/run/keeper.state" 2>/dev/null) == "$wanted" ]]; then
    say "keeper: already running, apart from the platform"
    return
  fi
  keeper_stop
  keeper_start "$1"
  printf '%s\n' "$wanted" >"$data_dir/run/keeper.state"
  say "keeper: running, apart from the platform (pid $(keeper_pid))"
}

keeper_start() { # java-home
  local log keeper_command=() child deadline=$((SECONDS + keeper_ready_seconds))
  log=$(keeper_log)
  mkdir -p "$(dirname "$log")"
  keeper_words "$1"
  (
    cd / || exit
    umask 022
    exec setsid "${keeper_command[@]}" </dev/null >>"$log" 2>&1 7>&- 8>&- 9>&-
  ) &
  child=$!
  pid_write "$(keeper_pid_file)" "$child"
  until grep -q " $(keeper_socket)\$" /proc/net/unix; do
    kill -0 "$child" 2>/dev/null || keeper_failed "ended while starting"
    ((SECONDS < deadline)) || keeper_failed "did not listen within $keeper_ready_seconds s"
    sleep 0.05
  done
  disown "$child"
}

keeper_failed() { # words
  tail -n 10 "$(keeper_log)" | sed 's/^/  | /' >&2 || true
  keeper_stop
  fail "$EX_INTERNAL" "the keeper $1; its log is $(keeper_log)"
}

keeper_stop() {
  [[ -e $(keeper_pid_file) ]] || return 0
  pid_stop "$(keeper_pid_file)" "$(keeper_mark)" "$keeper_stop_seconds"
}
