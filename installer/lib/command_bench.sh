# shellcheck shell=bash
# bench: start time, memory and proxy beside its peers, on this machine, now.

readonly bench_rounds=11 bench_idle_seconds=10

command_bench() {
  local java quick=() parts=()
  while (($#)); do
    case $1 in
      --quick) quick=(--quick) && shift ;;
      -h | --help) bench_help && exit 0 ;;
      start | servers | thaw | fair | crowd | scale | storage | proxy) parts+=("$1") && shift ;;
      *) unknown_option bench "$1" ;;
    esac
  done
  ((${#parts[@]})) || parts=(start servers thaw fair crowd scale storage proxy)
  require_root
  have curl || fail "$EX_MISSING" "curl is missing: apt-get install curl"
  java=$(java_home) || fail "$EX_MISSING" "no JDK $java_wanted found"
  engine_ensure
  bench=$(mktemp -d /tmp/lyceum-bench.XXXXXX)
  data_dir=$bench/data
  trap 'bench_end' EXIT
  trap 'exit 130' INT TERM
  if bench_wants start || bench_wants servers || bench_wants thaw || bench_wants fair || bench_wants crowd || bench_wants scale; then bench_platform "$java"; fi
  if bench_wants storage; then bench_storage "$java"; fi
  bench_end
  # Asks for nginx and wrk by itself; installing a web server is not for a benchmark to decide.
  if bench_wants proxy; then "$installer_dir/bench/proxy.sh" "${quick[@]}"; fi
}

bench_wants() { [[ " ${parts[*]} " == *" $1 "* ]]; }

bench_platform() { # java-home
  platform_lock
  build_ensure "$1"
  platform_config_ensure "$(bench_free_port)"
  # What waits for somebody is measured by itself, and would be in the way of the rest.
  export LYCEUM_SLOTS__ENABLED=false
  if bench_wants start; then
    bench_starts "$1" "without the AOT cache" plain
    bench_starts "$1" "with it" aot
    bench_memory
  elif bench_wants servers; then
    bench_start "$1" "$(platform_setting http port 8000)"
  fi
  if bench_wants servers; then bench_servers; fi
  if bench_wants thaw; then bench_thaw "$1"; fi
  if bench_wants fair; then bench_fair "$1"; fi
  if bench_wants crowd; then bench_crowd "$1"; fi
  if bench_wants scale; then bench_scale "$1"; fi
}

bench_free_port() {
  local port=18000
  while [[ -n $(port_listener "$port") ]]; do port=$((port + 1)); done
  printf '%s' "$port"
}

# Milliseconds from starting the process to its first answer, the median of some rounds, and the time
# of all its threads on the processor until then, which says the same on a machine that does other things.
bench_starts() { # java-home what aot|plain
  local n times=() used=() port aot
  port=$(platform_setting http port 8000)
  aot=$(build_app_dir)/lyceum.aot
  if [[ $3 == plain ]]; then mv "$aot" "$aot.aside" 2>/dev/null || true; fi
  for ((n = 0; n < bench_rounds; n++)); do
    platform_stop
    bench_start "$1" "$port"
    times+=("$(bench_age_millis "$platform_child")")
    used+=("$(bench_processor_millis "$platform_child")")
  done
  if [[ $3 == plain ]]; then mv "$aot.aside" "$aot" 2>/dev/null || true; fi
  say "bench: start to first answer, $2: $(bench_median "${times[@]}") ms (of ${times[*]}), on the processor $(bench_median "${used[@]}") ms"
}

bench_median() { printf '%s\n' "$@" | sort -n | sed -n "$(($# / 2 + 1))p"; }

bench_start() { # java-home port
  local deadline=$((SECONDS + platform_ready_seconds)) pause
  platform_start "$1" "$2"
  # A fresh connection every 5 ms: what is measured ends with the first whole answer. Waits without a
  # process of its own each time, which would take a quarter of a core from what is measured.
  exec {pause}<> <(:)
  until bench_answers "$2"; do
    if ((SECONDS >= deadline)) || ! kill -0 "$platform_child" 2>/dev/null; then
      platform_show_end
      fail "$EX_INTERNAL" "the platform ended or did not answer within $platform_ready_seconds s"
    fi
    read -r -t 0.005 -u "$pause" || true
  done
  exec {pause}>&-
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

# Its threads' time in user and kernel mode, to the 10 ms that the kernel counts in.
bench_processor_millis() { # pid
  local line fields
  read -r line <"/proc/$1/stat"
  read -ra fields <<<"${line##*) }"
  printf '%s' $(((fields[11] + fields[12]) * 10))
}

bench_memory() {
  sleep "$bench_idle_seconds"
  say "bench: resident memory after $bench_idle_seconds s idle: $(awk '$1 == "VmRSS:" { print int($2 / 1024) }' "/proc/$(platform_pid)/status") MiB"
}

# Where the time of a server's start goes, on the platform that runs now.
bench_servers() {
  local port
  port=$(platform_setting http port 8000)
  image_present "$(image_ref scientific)" || { say "bench: no starts of servers: the image scientific is missing" && return; }
  bench_sign_up "$port"
  "$installer_dir/bench/starts.sh" "http://127.0.0.1:$port" "$bench_token" "$(platform_log)"
}

# Sets bench_token, once for all parts.
bench_sign_up() { # port
  [[ -z ${bench_token:-} ]] || return 0
  local link=$data_dir/run/setup-link deadline=$((SECONDS + 20))
  until [[ -s $link ]]; do
    ((SECONDS < deadline)) || fail "$EX_INTERNAL" "the platform wrote no setup link within 20 s"
    sleep 0.1
  done
  bench_token=$("$installer_dir/bench/sign_up.sh" "http://127.0.0.1:$1" "$(cat "$link")")
}

bench_end() {
  trap - EXIT
  bench_peer_end
  platform_stop
  bench_remove_containers
  local networks=()
  mapfile -t networks < <(platform_networks)
  ((${#networks[@]} == 0)) || docker network rm "${networks[@]}" >/dev/null || true
  rm -rf "$bench"
}

# Servers that wait for somebody outlive their platform, for ten minutes.
bench_remove_containers() {
  local containers=()
  mapfile -t containers < <(platform_servers --all)
  ((${#containers[@]} == 0)) || docker rm --force "${containers[@]}" >/dev/null
}

bench_help() {
  cat <<'TEXT'
Usage: lyceum bench [--quick] [PART...]

Measures the platform on this machine, in a data directory of its own, and prints what it finds.
Parts, all of them when none is named:

  start     how long a start takes to the first answered request, without and with the AOT cache,
            and the resident memory when idle
  servers   where the time goes when a server is started, several times
  thaw      the first visit of servers that sleep, and the next one
  fair      the hub's answers while ten servers hold fork bombs, hogs of memory, busy loops and
            writers to the disk
  crowd     a server that waits is claimed, one at a time and 20 at once, beside a real JupyterHub
            with its local-process spawner; wants the image jupyterhub-lab for that
  scale     start, memory and the API with 50,000 people, 5,000 servers and 200 communities, beside
            a real JupyterHub with 1,000 users; wants the image jupyterhub for that
  storage   reading what 10,000 homes hold and setting a limit, beside btrfs-progs and du; takes 3 GiB
            and half a minute
  proxy     our proxy beside nginx and configurable-http-proxy; wants the Debian packages
            nginx-light and wrk, and takes 4 minutes, or 90 seconds with --quick

Exit codes: 0 done; 64 wrong usage; 69 a program is missing; 70 the platform did not start; 77 not root.
TEXT
}
