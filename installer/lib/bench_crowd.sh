# shellcheck shell=bash
# bench crowd: servers that wait, claimed one at a time and by 20 people at once, and the same people at
# a real JupyterHub that starts its servers as processes of its own.

readonly bench_crowd_people=20 bench_crowd_alone=12 bench_crowd_rounds=3 bench_crowd_fill_seconds=600
# Every JupyterHub start takes seconds; these many say enough.
readonly bench_crowd_peer_alone=5

bench_crowd() { # java-home
  local port token n alone first together=() peer_alone peer=()
  image_present "$(image_ref scientific)" || { say "bench: no crowd: the image scientific is missing" && return; }
  port=$(platform_setting http port 8000)
  platform_stop
  # Twenty of 2 GiB are more than many machines have; these use a tenth of it.
  export LYCEUM_SERVERS__MEMORY_PERCENT=1000
  export LYCEUM_SLOTS__ENABLED=true LYCEUM_SLOTS__SPARE=$bench_crowd_people LYCEUM_SLOTS__MAX=$bench_crowd_people LYCEUM_SLOTS__MEMORY=6GiB
  bench_start "$1" "$port"
  export LYCEUM_SLOTS__ENABLED=false
  unset LYCEUM_SERVERS__MEMORY_PERCENT LYCEUM_SLOTS__SPARE LYCEUM_SLOTS__MAX LYCEUM_SLOTS__MEMORY
  bench_sign_up "$port"
  token=$bench_token
  bench_crowd_await_slots
  alone=$(bench_stampede "$1" "http://127.0.0.1:$port" "$token" alone "$bench_crowd_alone")
  bench_crowd_await_slots
  first=$(bench_stampede "$1" "http://127.0.0.1:$port" "$token" together "$bench_crowd_people")
  for ((n = 0; n < bench_crowd_rounds; n++)); do
    bench_crowd_await_slots
    together+=("$(bench_stampede "$1" "http://127.0.0.1:$port" "$token" together "$bench_crowd_people")")
  done
  bench_crowd_report
  platform_stop
  bench_remove_containers
  bench_peer_begin "$token" jupyterhub-lab || return 0
  peer_alone=$(bench_stampede "$1" "$bench_peer_host:8000" "$token" alone "$bench_crowd_peer_alone")
  # A crowd of its own to get warm, too.
  bench_stampede "$1" "$bench_peer_host:8000" "$token" together "$bench_crowd_people" >/dev/null
  for ((n = 0; n < bench_crowd_rounds; n++)); do
    peer+=("$(bench_stampede "$1" "$bench_peer_host:8000" "$token" together "$bench_crowd_people")")
  done
  bench_peer_end
  bench_crowd_compare
}

# Prints min, median, 95th of a hundred and max, in milliseconds.
bench_stampede() { # java-home origin token alone|together people
  "$1/bin/java" -XX:TieredStopAtLevel=1 "$installer_dir/bench/Stampede.java" "$2" "$3" "$4" "$5"
}

# As many wait as there are people, and nothing more is being prepared: the log says each one that is ready
# and each one that was taken.
bench_crowd_await_slots() {
  local deadline=$((SECONDS + bench_crowd_fill_seconds)) ready taken
  while true; do
    ready=$(bench_crowd_said slot.ready)
    taken=$(bench_crowd_said 'spawn.ready.* from=slot')
    ((ready - taken < bench_crowd_people)) || break
    ((SECONDS < deadline)) || fail "$EX_INTERNAL" "only $((ready - taken)) servers wait after $bench_crowd_fill_seconds s; the log is $(platform_log)"
    sleep 1
  done
}

bench_crowd_said() { tail -c "+$platform_log_start" "$(platform_log)" | grep -c "$1" || true; } # pattern

bench_crowd_report() {
  local line
  say "bench: a server that waits, claimed by one at a time, $bench_crowd_alone starts, ms, min median 95th max: $alone"
  say "bench: of that, from the claim to its answer, ms, min median max: $(tail -c "+$platform_log_start" "$(platform_log)" |
    grep 'spawn.ready.* from=slot' | head -n "$bench_crowd_alone" | sed -n 's/.* took=\([0-9]*\)ms.*/\1/p' | sort -n |
    awk '{ v[NR] = $1 } END { print v[1], v[int((NR + 1) / 2)], v[NR] }')"
  say "bench: $bench_crowd_people at once, the first crowd of a process that has started $bench_crowd_alone servers, ms, min median 95th max: $first"
  for line in "${together[@]}"; do
    say "bench: $bench_crowd_people at once after that, ms, min median 95th max: $line"
  done
  say "bench: of all starts $(bench_crowd_said 'spawn.ready.* from=slot') were from those that waited, $(bench_crowd_said 'spawn.ready.* from=cold') were not"
}

bench_crowd_compare() {
  local line
  say "bench: JupyterHub, one at a time, $bench_crowd_peer_alone starts, ms, min median 95th max: $peer_alone"
  for line in "${peer[@]}"; do
    say "bench: JupyterHub, $bench_crowd_people at once, ms, min median 95th max: $line"
  done
  say "bench: JupyterHub takes $(bench_ratio "$(bench_crowd_middle "${peer[@]}")" "$(bench_crowd_middle "${together[@]}")") times as long for $bench_crowd_people at once (median of $bench_crowd_rounds medians), $(bench_ratio "$(bench_crowd_middle "$peer_alone")" "$(bench_crowd_middle "$alone")") times as long for one"
}

bench_crowd_middle() { printf '%s\n' "$@" | awk '{ print $2 }' | sort -n | sed -n "$((($# + 1) / 2))p"; } # line...
