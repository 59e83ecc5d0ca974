# shellcheck shell=bash
# bench thaw and bench fair: what a visit to a frozen server takes, and what the hub's answers take while ten
# servers make trouble.

readonly bench_naps_servers=8 bench_naps_rounds=4 bench_fair_servers=12 bench_fair_seconds=30

bench_thaw() { # java-home
  local numbers
  bench_naps_begin "$1" "$bench_naps_servers" 10s || return 0
  numbers=$(bench_naps "$1" thaw "$bench_naps_servers" "$bench_naps_rounds")
  read -r -a numbers <<<"$numbers"
  say "bench: first visit of a frozen server, ms, median p95 max of $((bench_naps_servers * bench_naps_rounds)): ${numbers[*]:0:3}; of the same awake: ${numbers[3]}"
  say "bench: of that the engine's share, ms, median p95 max: $(bench_thaw_engine)"
  bench_naps_end
}

bench_thaw_engine() {
  sed -n 's/.* server.thawed .* took=\([0-9]*\)ms.*/\1/p' "$(platform_log)" | sort -n |
    awk '{ v[NR] = $1 } END { print v[int((NR + 1) / 2)], v[int((NR * 95 + 99) / 100)], v[NR] }'
}

bench_fair() { # java-home
  local container n=0
  bench_naps_begin "$1" "$bench_fair_servers" 0s || return 0
  say "bench: the hub, quiet: $(bench_fair_ask "$1")"
  for container in $(platform_servers | head -n 10); do
    docker exec -d "$container" python3 -c "$(bench_fair_trouble $((n % 4)))"
    n=$((n + 1))
  done
  say "bench: the hub, $n of $bench_fair_servers servers in trouble: $(bench_fair_ask "$1")"
  for container in $(platform_servers | tail -n 2); do
    docker exec "$container" true || say "bench: a neighbour has ended: $container"
  done
  bench_naps_end
}

bench_fair_ask() { # java-home
  local numbers
  read -r -a numbers <<<"$(bench_naps "$1" hub "$bench_fair_seconds")"
  printf '%s answers, ms, median p99 max: %s' "${numbers[0]}" "${numbers[*]:1}"
}

# A fork bomb, a hog of memory, a busy loop, a writer to the disk.
bench_fair_trouble() { # number
  case $1 in
    0) printf 'import os\nwhile True:\n try: os.fork()\n except OSError: pass\n' ;;
    1) printf 'import os\nwhile True:\n if os.fork() == 0:\n  held = []\n  while True: held.append(bytearray(64 << 20))\n os.wait()\n' ;;
    2) printf 'import os\nfor _ in range(7): os.fork()\nwhile True: pass\n' ;;
    3) printf 'import os\nwhile True:\n with open(os.path.expanduser("~/big"), "wb") as file:\n  for _ in range(256): file.write(b"x" * (1 << 20)); os.fsync(file.fileno())\n' ;;
  esac
}

bench_naps_begin() { # java-home servers freeze-after
  local port
  image_present "$(image_ref scientific)" || { say "bench: no ${FUNCNAME[1]#bench_}: the image scientific is missing" && return 1; }
  port=$(platform_setting http port 8000)
  platform_stop
  bench_remove_containers
  export LYCEUM_SERVERS__FREEZE_AFTER=$3 LYCEUM_SERVERS__NAMED_PER_USER=20 LYCEUM_SERVERS__MEMORY_PERCENT=1000
  bench_start "$1" "$port"
  unset LYCEUM_SERVERS__FREEZE_AFTER LYCEUM_SERVERS__NAMED_PER_USER LYCEUM_SERVERS__MEMORY_PERCENT
  bench_sign_up "$port"
  bench_naps "$1" start "$2"
}

bench_naps() { # java-home what numbers…
  "$1/bin/java" -XX:TieredStopAtLevel=1 "$installer_dir/bench/Naps.java" \
    "http://127.0.0.1:$(platform_setting http port 8000)" "$bench_token" "${@:2}"
}

bench_naps_end() {
  platform_stop
  bench_remove_containers
}
