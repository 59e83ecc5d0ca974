#!/usr/bin/env bash
# Parts of the installer by themselves: finding Java, knowing processes again, counting results.
# shellcheck source=harness.sh
. "$(dirname "$0")/harness.sh"

jdk() { # name version
  mkdir -p "$box/jvm/$1/bin"
  cp "$box/jdk/bin/java" "$box/jvm/$1/bin/java"
  cp "$box/jdk/bin/java" "$box/jvm/$1/bin/javac"
  printf 'JAVA_VERSION="%s"\n' "$2" >"$box/jvm/$1/release"
}

java_is_found_wherever_it_is() {
  load lib/java.sh
  export LYCEUM_JVM_DIR=$box/jvm
  [[ $(java_home) == "$box/jdk" ]]
  printf 'JAVA_VERSION="17.0.15"\n' >"$box/jdk/release"
  jdk java-17 17.0.15
  jdk other-25 25.0.3
  rm "$box/bin/platform.js"
  [[ $(java_home) == "$box/jvm/other-25" ]]
  rm -r "$box/jvm/other-25"
  jdk newer 26.0.1
  jdk early 25-ea
  [[ $(java_home) == "$box/jvm/early" ]]
  # A run-time environment without a compiler does not build Lyceum.
  rm "$box/jvm/early/bin/javac"
  unset JAVA_HOME
  local bare=$box/bare
  mkdir "$bare"
  for tool in find sort sed readlink dirname; do ln -s "$(command -v "$tool")" "$bare/$tool"; done
  if PATH=$bare java_home; then return 1; fi
}

the_engine_is_told_only_what_its_own_file_does_not_say() {
  export LYCEUM_ENGINE_SETTINGS=$box/daemon.json
  load lib/engine.sh
  [[ $(engine_flags | xargs) == "--live-restore=true --icc=false --log-driver=local" ]]
  printf '{"log-driver": "journald", "icc": true}\n' >"$box/daemon.json"
  [[ $(engine_flags | xargs) == "--live-restore=true" ]]
  engine_runtimes=(boxed=/usr/bin/boxed)
  [[ $(engine_flags | xargs) == "--add-runtime=boxed=/usr/bin/boxed --live-restore=true" ]]
  printf '{"log-driver": "journald", "icc": true, "runtimes": {}}\n' >"$box/daemon.json"
  [[ $(engine_flags | xargs) == "--live-restore=true" ]]
}

a_process_is_known_again_only_as_itself() {
  load lib/process.sh
  sleep 300 &
  local pid=$!
  pid_write "$box/pid" "$pid"
  [[ $(pid_alive "$box/pid" sleep) == "$pid" ]]
  if pid_alive "$box/pid" nothing-like-it; then return 1; fi
  # The number is the same, the process is another: its start time tells.
  printf '%s %s\n' "$pid" "$(($(process_born "$pid") - 1))" >"$box/pid"
  if pid_alive "$box/pid" sleep; then return 1; fi
  kill "$pid"
}

a_process_that_ignores_the_request_is_ended_in_the_end() {
  load lib/process.sh
  bash -c 'trap "" TERM; while :; do sleep 0.1; done' &
  local pid=$!
  pid_write "$box/pid" "$pid"
  pid_stop "$box/pid" sleep 1
  if kill -0 "$pid" 2>/dev/null; then return 1; fi
  [[ ! -e $box/pid ]]
}

a_listener_is_found_without_tools() {
  load lib/machine.sh
  [[ -z $(port_listener "$port") ]]
  node -e "require('net').createServer().listen($port, '127.0.0.1')" &
  local listener=$!
  within 10 bash -c "exec 3<>/dev/tcp/127.0.0.1/$port"
  [[ $(port_listener "$port") == "process $listener (node)" ]]
  kill "$listener"
}

results_of_junit_are_counted() {
  load lib/test_results.sh
  test_output=$box
  cat >"$box/report.xml" <<'XML'
<testsuite name="a.BTest" tests="6" errors="1" skipped="2" failures="1">
  <testcase name="passes" classname="a.BTest" time="0.1"/>
  <testcase name="prints" classname="a.BTest"><system-out><![CDATA[<testcase name="no"/> <failure>]]></system-out></testcase>
  <testcase name="fails" classname="a.BTest"><failure message="expected &lt;1&gt;" type="x">trace</failure></testcase>
  <testcase name="breaks" classname="a.BTest"><error message="boom" type="x"/></testcase>
  <testcase name="skips" classname="a.BTest"><skipped message="no engine"/></testcase>
  <testcase name="assumes" classname="a.BTest"><skipped type="x"><![CDATA[no
AppArmor]]></skipped></testcase>
</testsuite>
XML
  test_results_junit java "$box/report.xml"
  [[ $(test_counts "$box/results") == "2 passed, 2 failed, 2 skipped" ]]
  grep -P 'skipped\tjava\ta.BTest assumes\tno AppArmor' "$box/results"
  grep -P 'failed\tjava\ta.BTest fails\texpected <1>' "$box/results"
  grep -P 'skipped\tjava\ta.BTest skips\tno engine' "$box/results"
  [[ $(test_report | tail -n 1) == "2 passed, 2 failed, 2 skipped" ]]
}

results_of_tap_are_counted() {
  load lib/test_results.sh
  test_output=$box
  printf 'TAP version 13\nok 1 - signs in\n    not ok 1 - runs a cell\nok 2 - stops # SKIP not reached\nok 3 - /x/main-job.test.mjs\n1..3\n' >"$box/log"
  test_results_tap browser "$box/log"
  [[ $(test_counts "$box/results") == "1 passed, 1 failed, 1 skipped" ]]
}

a_runner_that_ran_nothing_has_failed() {
  load lib/test_results.sh
  test_output=$box
  : >"$box/results"
  test_result_of_runner web 0 vitest
  test_result_of_runner java 1 "[ERROR] does not compile"
  [[ $(test_counts "$box/results") == "0 passed, 2 failed, 0 skipped" ]]
  grep "does not compile" "$box/results"
}

check java_is_found_wherever_it_is
check the_engine_is_told_only_what_its_own_file_does_not_say
check a_process_is_known_again_only_as_itself
check a_process_that_ignores_the_request_is_ended_in_the_end
check a_listener_is_found_without_tools
check results_of_junit_are_counted
check results_of_tap_are_counted
check a_runner_that_ran_nothing_has_failed
finish
