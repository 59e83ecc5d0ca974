# shellcheck shell=bash
# bench: start time, memory and proxy beside its peers, on this machine, now.

readonly bench_rounds=5 bench_idle_seconds=10

command_bench() {
  local java bench quick=()
  while (($#)); do
    case $1 in
      --quick) quick=(--quick) && shift ;;
      -h | --help) bench_help && exit 0 ;;
      *) unknown_option bench "$1" ;;
    esac
  done
  require_root
  have curl || fail "$EX_MISSING" "curl is missing: apt-get install curl"
  java=$(java_home) || fail "$EX_MISSING" "no JDK $java_wanted found"
  engine_ensure
  bench=$(mktemp -d /tmp/lyceum-bench.XXXXXX)
  data_dir=$bench/data
  trap 'bench_end' EXIT
  trap 'exit 130' INT TERM
  platform_lock
  build_ensure "$java"
  platform_config_ensure "$(bench_free_port)"
  bench_starts "$java" "with the AOT cache" aot
  bench_memory
  bench_servers
  bench_starts "$java" "without" plain
  bench_end
  # Asks for nginx and wrk by itself; installing a web server is not for a benchmark to decide.
  "$installer_dir/bench/proxy.sh" "${quick[@]}"
}

bench_free_port() {
  local port=18000
  while [[ -n $(port_listener "$port") ]]; do port=$((port + 1)); done
  printf '%s' "$port"
}

# Milliseconds from starting the process to its first answer, the median of some rounds.
bench_starts() { # java-home what aot|plain
  local n times=() deadline port aot
  port=$(platform_setting http port 8000)
  aot=$(build_app_dir)/lyceum.aot
  if [[ $3 == plain ]]; then mv "$aot" "$aot.aside" 2>/dev/null || true; fi
  platform_stop
  for ((n = 0; n < bench_rounds; n++)); do
    deadline=$((SECONDS + platform_ready_seconds))
    platform_start "$1" "$port"
    # A fresh connection every 5 ms: what is measured ends with the first whole answer.
    until bench_answers "$port"; do
      if ((SECONDS >= deadline)) || ! kill -0 "$platform_child" 2>/dev/null; then
        platform_show_end
        fail "$EX_INTERNAL" "the platform ended or did not answer within $platform_ready_seconds s"
      fi
      sleep 0.005
    done
    times+=("$(bench_age_millis "$platform_child")")
    ((n + 1 == bench_rounds)) || platform_stop
  done
  if [[ $3 == plain ]]; then mv "$aot.aside" "$aot" 2>/dev/null || true; fi
  say "bench: start to first answer, $2: $(printf '%s\n' "${times[@]}" | sort -n | sed -n "$((bench_rounds / 2 + 1))p") ms (of ${times[*]})"
}

# Without a process of its own for each try: starting curl takes longer than the answer.
bench_answers() { # port
  local line=''
  exec 5<>"/dev/tcp/127.0.0.1/$1" || return 1
  printf 'GET /hub/health HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n' >&5
  read -r -t 5 line <&5 || true
  exec 5>&-
  [[ $line == *" 200 "* ]]
} 2>/dev/null

# Milliseconds since the kernel started a process, to the 10 ms that it counts in.
bench_age_millis() { # pid
  local now
  read -r now _ </proc/uptime
  printf '%s' $((10#${now/./} * 10 - $(process_born "$1") * 10))
}

bench_memory() {
  sleep "$bench_idle_seconds"
  say "bench: resident memory after $bench_idle_seconds s idle: $(awk '$1 == "VmRSS:" { print int($2 / 1024) }' "/proc/$(platform_pid)/status") MiB"
}

# Where the time of a server's start goes, on the platform that runs now.
bench_servers() {
  local port link=$data_dir/run/setup-link
  port=$(platform_setting http port 8000)
  image_present "$(image_ref scientific)" || { say "bench: no starts of servers: the image scientific is missing" && return; }
  "$installer_dir/bench/starts.sh" "http://127.0.0.1:$port" "$(cat "$link")" "$(platform_log)"
}

bench_end() {
  trap - EXIT
  platform_stop
  local networks=()
  mapfile -t networks < <(platform_networks)
  ((${#networks[@]} == 0)) || docker network rm "${networks[@]}" >/dev/null || true
  rm -rf "$bench"
}

bench_help() {
  cat <<'TEXT'
Usage: lyceum bench [--quick]

Starts the platform several times in a data directory of its own and prints how long it takes to
the first answered request, with and without the AOT cache, and its resident memory when idle.
Starts a server several times and prints where the time goes. Then compares the proxy with nginx and configurable-http-proxy; that part wants the Debian packages
nginx-light and wrk, and takes 4 minutes, or 90 seconds with --quick.

Exit codes: 0 done; 64 wrong usage; 69 a program is missing; 70 the platform did not start; 77 not root.
TEXT
}
