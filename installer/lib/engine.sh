# shellcheck shell=bash
# Docker Engine: left to systemd where there is one; started by us where there is none. The engine
# belongs to the machine, not to a data directory, so its pid file and log are the machine's too.

readonly engine_pid_file=$run_dir/engine.pid
readonly engine_log=$log_dir/engine.log
readonly engine_settings=${LYCEUM_ENGINE_SETTINGS:-/etc/docker/daemon.json} # the engine's own, where somebody made one
engine_runtimes=() # NAME=PROGRAM, beside the engine's own; only tests want any
readonly engine_wait_seconds=60 # a first start creates its storage; on a slow disk that takes a while
readonly engine_log_keep_bytes=10485760

engine_answers() { timeout 10 docker info >/dev/null 2>&1; }

engine_ensure() {
  if engine_answers; then
    say "engine: running ($(engine_version))"
    return
  fi
  if [[ -d /run/systemd/system ]]; then
    systemctl start docker || fail "$EX_RETRY" "Docker does not start: see 'journalctl -u docker', then run this again"
  else
    engine_start
  fi
  engine_wait
  say "engine: started ($(engine_version))"
}

engine_version() { docker version --format '{{.Server.Version}}'; }

# --live-restore: people's servers go on while the engine is restarted. The other two are for
# containers of others; ours have networks and bounds of their own.
engine_flags() {
  local flag runtime
  for runtime in "${engine_runtimes[@]}"; do
    grep -qs '"runtimes"' "$engine_settings" || printf -- "--add-runtime=%s\n" "$runtime"
  done
  for flag in live-restore=true icc=false log-driver=local; do
    # The engine refuses to start when its file and its command line both say something.
    grep -qs "\"${flag%%=*}\"" "$engine_settings" || printf -- '--%s\n' "$flag"
  done
}

engine_start() {
  have dockerd || fail "$EX_MISSING" "dockerd is missing: apt-get install docker.io"
  pid_alive "$engine_pid_file" dockerd >/dev/null && return 0
  mkdir -p "$(dirname "$engine_log")" "$(dirname "$engine_pid_file")"
  engine_log_trim
  local flags
  mapfile -t flags < <(engine_flags)
  setsid dockerd "${flags[@]}" </dev/null >>"$engine_log" 2>&1 9>&- &
  pid_write "$engine_pid_file" "$!"
}

# dockerd appends; what an earlier run wrote is kept only up to a bound.
engine_log_trim() {
  [[ -f $engine_log ]] || return 0
  (($(stat -c %s "$engine_log") > engine_log_keep_bytes)) || return 0
  mv "$engine_log" "$engine_log.old"
}

engine_wait() {
  local deadline=$((SECONDS + engine_wait_seconds))
  until engine_answers; do
    if ((SECONDS >= deadline)) || ! engine_may_come; then
      tail -n 15 "$engine_log" >&2 2>/dev/null || true
      fail "$EX_RETRY" "Docker does not answer; its log is $engine_log. Put that right, then run this again"
    fi
    sleep 0.2
  done
}

engine_may_come() { [[ -d /run/systemd/system ]] || engine_ours; }

engine_ours() { pid_alive "$engine_pid_file" dockerd >/dev/null; }

# Ends the engine only when we started it.
engine_stop() {
  if engine_ours; then
    pid_stop "$engine_pid_file" dockerd 30
    say "engine: stopped"
  else
    say "engine: not started by lyceum, left alone"
  fi
}
