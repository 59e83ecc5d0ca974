#!/usr/bin/env bash
# up, down, status, logs on a throwaway machine with a stand-in platform.
# shellcheck source=harness.sh
. "$(dirname "$0")/harness.sh"

image_made() {
  load lib/process.sh lib/images.sh
  touch "$box/docker/$(image_ref scientific | tr / _)"
}

up() { expect_lyceum "$1" up --detach --yes --port "$port" "${@:2}"; }

first_up_ends_with_a_running_platform() {
  image_made
  up 0
  says "platform: ready at http://127.0.0.1:$port/"
  says "http://127.0.0.1/hub/setup?secret=1"
  curl -fsS --noproxy '*' "http://127.0.0.1:$port/hub/health"
  expect_lyceum 0 status
  says "running at http://127.0.0.1:$port/"
  expect_lyceum 0 setup-link
  [[ $output == "http://127.0.0.1/hub/setup?secret=1" ]]
  if grep secret= "$data/log/platform.log"; then return 1; fi
  [[ $(stat -c %a "$data") == 750 ]]
  expect_lyceum 0 down
  expect_lyceum 3 status
}

second_up_changes_nothing() {
  image_made
  up 0
  local before after pid began
  before=$(cd "$data" && find . -type f ! -path './log/*' -printf '%p %T@\n' | sort)
  pid=$(cat "$data/run/platform.pid")
  began=$(date +%s%N)
  up 0
  says "already running"
  says "firewall: unchanged"
  echo "took $((($(date +%s%N) - began) / 1000000)) ms"
  after=$(cd "$data" && find . -type f ! -path './log/*' -printf '%p %T@\n' | sort)
  [[ $before == "$after" ]]
  [[ $pid == "$(cat "$data/run/platform.pid")" ]]
  [[ $(calls "mvn") == 1 && $(calls iptables-restore) == 2 && $(calls "apt-get -q") == 0 ]]
  lyceum down
}

changed_sources_are_built_and_the_platform_restarted() {
  image_made
  up 0
  local pid
  pid=$(cat "$data/run/platform.pid")
  echo changed >"$box/repository/modules/main/Main.java"
  up 0
  says "restarting it (servers keep running)"
  [[ $pid != "$(cat "$data/run/platform.pid")" && $(calls mvn) == 2 ]]
  lyceum down
}

two_at_once_are_one_too_many() {
  image_made
  up 0
  lyceum down
  touch "$data/slow"
  lyceum up --detach --yes --port "$port" >"$box/first" 2>&1 &
  local first=$!
  within 30 grep -F "configuration: unchanged" "$box/first"
  up 75
  says "another lyceum command is at work on $data"
  wait "$first"
  lyceum down
}

a_foreign_listener_is_named() {
  image_made
  node -e "require('net').createServer().listen($port, '127.0.0.1')" &
  local listener=$!
  within 10 bash -c "exec 3<>/dev/tcp/127.0.0.1/$port"
  up 75
  kill "$listener"
  says "port $port is taken by process $listener (node)"
  says "--port"
}

a_wrong_configuration_is_passed_on() {
  image_made
  mkdir -p "$data"
  touch "$data/bad-config"
  up 78
  says "did you mean http.port?"
  says "$data/log/platform.log"
  expect_lyceum 3 status
}

a_failed_build_shows_its_errors() {
  image_made
  touch "$box/build-fails"
  up 70
  says "something is wrong"
  rm "$box/build-fails"
  up 0
  lyceum down
}

the_program_runs_on_a_runtime_of_its_own() {
  image_made
  up 0
  local own
  own=$(echo "$data"/app/*/java-25.0.3)
  grep -F -- "jlink --add-modules java.base,java.sql " "$box/calls"
  grep -Fx "java=$own/bin/java" "$data/run/platform.state"
  # A newer JDK in the same place is a newer runtime, and the platform changes to it.
  printf 'JAVA_VERSION="25.0.4"\n' >"$box/jdk/release"
  up 0
  says "restarting it (servers keep running)"
  grep -Fx "java=${own/.3/.4}/bin/java" "$data/run/platform.state"
  lyceum down
}

without_the_tools_for_a_runtime_the_jdk_serves() {
  image_made
  touch "$box/no-jlink"
  up 0
  says "warning: no Java runtime of its own"
  grep -Fx "java=$box/jdk/bin/java" "$data/run/platform.state"
  up 0
  if says "no Java runtime of its own" >/dev/null; then return 1; fi
  lyceum down
}

a_failed_training_run_is_only_a_warning() {
  image_made
  touch "$box/bin/no-training"
  up 0
  says "warning: no fast start"
  up 0
  if says "no fast start" >/dev/null; then return 1; fi
  lyceum down
}

settings_of_the_operator_are_kept() {
  image_made
  up 0
  lyceum down
  local other
  other=$(free_port)
  sed -i "s/^port = $port/port = $other # ours/" "$data/lyceum.toml"
  expect_lyceum 0 up --detach --yes
  says "ready at http://127.0.0.1:$other/"
  says "configuration: unchanged"
  lyceum down
}

secrets_of_the_callers_environment_stay_outside() {
  image_made
  MY_API_TOKEN=secret up 0
  within 10 grep '^environment' "$data/log/platform.log"
  if grep MY_API_TOKEN "$data/log/platform.log"; then return 1; fi
  grep LYCEUM_CATALOG__DEFAULT_IMAGE "$data/log/platform.log"
  lyceum down
}

in_the_foreground_an_interrupt_stops_the_platform() {
  image_made
  # A shell starts background jobs with SIGINT ignored; setsid --fork would hide the exit code.
  (
    trap - INT
    exec env --default-signal=INT "$box/repository/installer/lyceum" up --yes --port "$port"
  ) >"$box/foreground" 2>&1 &
  local up=$!
  within 30 grep -F "press Ctrl-C" "$box/foreground"
  kill -INT "$up"
  wait "$up"
  grep -F "platform: stopped" "$box/foreground"
  expect_lyceum 3 status
}

down_never_ends_a_foreign_process() {
  mkdir -p "$data/run"
  sleep 300 &
  local other=$!
  printf '%s 12345\n' "$other" >"$data/run/platform.pid"
  expect_lyceum 0 down
  says "not running"
  kill -0 "$other"
  load lib/process.sh
  pid_write "$data/run/platform.pid" "$other"
  expect_lyceum 0 down
  says "not running"
  kill -0 "$other"
  kill "$other"
}

the_pool_is_made_before_the_first_start_and_only_then() {
  image_made
  up 0
  says "storage: pool: pretended"
  [[ $(calls "java .*--storage set-up --config $data/lyceum.toml") == 1 ]]
  up 0
  says "storage: as it was made (btrfs)"
  [[ $(calls "java .*--storage") == 1 ]]
  expect_lyceum 0 storage
  [[ $(calls "java .*--storage status") == 1 ]]
  expect_lyceum 0 storage grow 200GiB
  [[ $(calls "java .*--storage grow 200GiB") == 1 ]]
  lyceum down
}

without_a_pool_nothing_is_started() {
  image_made
  mkdir -p "$data"
  touch "$data/no-pool"
  up 75
  says "storage: lyceum: The pool that holds people's files: nothing works here"
  expect_lyceum 3 status
}

a_keeper_apart_is_started_first_found_again_and_stopped_last() {
  image_made
  up 0
  [[ ! -e $data/run/keeper.pid ]]
  expect_lyceum 78 keeper
  says "storage.keeper"
  expect_lyceum 0 down
  printf '\n[storage]\nkeeper = "apart"\n' >>"$data/lyceum.toml"
  up 0
  says "keeper: running, apart from the platform"
  local pid
  pid=$(cut -d' ' -f1 "$data/run/keeper.pid")
  kill -0 "$pid"
  up 0
  says "keeper: already running"
  [[ $(calls "java .*--keeper --config $data/lyceum.toml") == 1 ]]
  expect_lyceum 0 down
  [[ ! -e $data/run/keeper.pid && -z $(tr -d '\0' 2>/dev/null <"/proc/$pid/cmdline") ]]
}

without_the_keeper_that_was_asked_for_nothing_is_started() {
  image_made
  up 0
  expect_lyceum 0 down
  printf '\n[storage]\nkeeper = "apart"\n' >>"$data/lyceum.toml"
  touch "$data/no-keeper"
  up 70
  says "the keeper ended while starting"
  expect_lyceum 3 status
}

servers_are_stopped_only_when_asked_for() {
  image_made
  up 0
  mkdir -p "$data/keys"
  echo 0123456789ab >"$data/keys/platform-id"
  printf 'c1\nc2\n' >"$box/servers"
  expect_lyceum 0 down
  [[ $(calls "docker stop") == 0 ]]
  expect_lyceum 0 down --servers
  says "servers: 2 stopped"
  grep -F "docker ps --quiet --filter label=org.lyceum.platform=0123456789ab" "$box/calls"
  grep -F "docker stop --time 10 c1 c2" "$box/calls"
}

for test in first_up_ends_with_a_running_platform second_up_changes_nothing \
  changed_sources_are_built_and_the_platform_restarted two_at_once_are_one_too_many \
  a_foreign_listener_is_named a_wrong_configuration_is_passed_on a_failed_build_shows_its_errors \
  a_failed_training_run_is_only_a_warning the_program_runs_on_a_runtime_of_its_own \
  without_the_tools_for_a_runtime_the_jdk_serves settings_of_the_operator_are_kept \
  secrets_of_the_callers_environment_stay_outside in_the_foreground_an_interrupt_stops_the_platform \
  the_pool_is_made_before_the_first_start_and_only_then without_a_pool_nothing_is_started \
  a_keeper_apart_is_started_first_found_again_and_stopped_last \
  without_the_keeper_that_was_asked_for_nothing_is_started \
  down_never_ends_a_foreign_process servers_are_stopped_only_when_asked_for; do
  check "$test"
done
finish
