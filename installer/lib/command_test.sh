# shellcheck shell=bash
# test: everything that can be tested, in order of cost, and one closing line.

readonly test_stages=(format java web installer browser)
readonly test_output=$repository_dir/test-output
test_started_engine='' test_done=''

command_test() {
  local stage stages=()
  test_parse "$@"
  require_root
  rm -rf "$test_output"
  mkdir -p "$test_output"
  : >"$test_output/results"
  trap test_end EXIT
  trap 'exit 143' TERM
  trap 'exit 130' INT
  test_prepare
  for stage in "${stages[@]}"; do test_stage "$stage"; done
  test_done=1
}

test_parse() {
  while (($#)); do
    case $1 in
      -h | --help) test_help && exit 0 ;;
      -*) unknown_option test "$1" ;;
      *)
        [[ " ${test_stages[*]} " == *" $1 "* ]] || usage_error test "no stage '$1'; there are: ${test_stages[*]}"
        stages+=("$1")
        shift
        ;;
    esac
  done
  ((${#stages[@]})) || stages=("${test_stages[@]}")
}

test_wants() { # stage...
  local stage
  for stage in "$@"; do
    if [[ " ${stages[*]} " == *" $stage "* ]]; then return 0; fi
  done
  return 1
}

# Everything the stages need, once, before the first: an engine, images, firewall, browser.
test_prepare() {
  local assume_yes=1 name slapd_was=
  if have slapd; then slapd_was=1; fi
  progress "preparing"
  packages_look
  package_for mvn maven
  package_for npm npm
  if test_wants format; then package_for shellcheck shellcheck; fi
  if test_wants browser; then
    package_for chromium chromium
    package_for sqlite3 sqlite3
    package_for unzip unzip
  fi
  if test_wants installer; then
    package_for qemu-system-x86_64 qemu-system-x86
    package_for busybox busybox-static
    package_for cpio cpio
    package_for mkfs.xfs xfsprogs
  fi
  if test_wants java; then
    package_for mkfs.btrfs btrfs-progs
    package_for runsc runsc
  fi
  if test_wants java browser; then
    package_for slapd slapd # the tests start their own; see test_prepare_keycloak for the other provider
    package_for openssl openssl
    package_for ip iproute2
    package_for pebble pebble # an authority for certificates
  fi
  if ! image_all_present "${image_names_for_tests[@]}"; then package_for debootstrap debootstrap; fi
  packages_install "${packages_wanted[@]}"
  if [[ -z $slapd_was ]] && have slapd; then test_slapd_off; fi
  java=$(java_home) || fail "$EX_MISSING" "no JDK $java_wanted found"
  export LYCEUM_TEST_OUTPUT=$test_output
  if test_wants java browser; then test_prepare_keycloak; fi
  test_wants java browser || return 0
  firewall_choose_kind
  if test_wants java; then test_prepare_runtime; fi
  if ! engine_answers && ! engine_ours; then test_started_engine=1; fi
  engine_ensure
  if test_wants java && ! docker info --format '{{json .Runtimes}}' | grep -q '"runsc"'; then
    warn "the engine that runs has no runtime runsc; what is said of gVisor is not tested (docs/operate/servers.md)"
  fi
  firewall_ensure "$(platform_setting hub-api port 8081)"
  for name in "${image_names_for_tests[@]}"; do image_ensure "$name"; done
  LYCEUM_TEST_IMAGE_5=$(image_ref scientific)
  LYCEUM_TEST_IMAGE_3=$(image_ref singleuser-3)
  LYCEUM_TEST_IMAGE_HUB=$(image_ref jupyterhub)
  export LYCEUM_TEST_IMAGE_5 LYCEUM_TEST_IMAGE_3 LYCEUM_TEST_IMAGE_HUB
  test_leftovers >"$test_output/before"
}

# gVisor for an engine that we start. Its own network is switched off: Debian 12's does not start on newer kernels
# with it, and the container has its network namespace all the same.
test_prepare_runtime() {
  have runsc || return 0
  printf '#!/bin/sh\nexec %s --network=host "$@"\n' "$(command -v runsc)" >"$test_output/runsc"
  chmod 755 "$test_output/runsc"
  # shellcheck disable=SC2034 # read by the engine's part
  engine_runtimes=("runsc=$test_output/runsc")
}

# Only its program is wanted: the service that Debian starts with it is nobody's.
test_slapd_off() {
  service slapd stop >/dev/null 2>&1 || true
  update-rc.d slapd disable >/dev/null 2>&1 || true
}

# A provider that people sign in by, 177 MB; from then on it lies in Maven's own store. Without it the tests fail
# that need it, and say so.
test_prepare_keycloak() {
  mvn -B -ntp -q org.apache.maven.plugins:maven-dependency-plugin:3.8.1:get -Dtransitive=false \
    -Dartifact=org.keycloak:keycloak-quarkus-dist:26.7.3:zip >"$test_output/keycloak.log" 2>&1 ||
    warn "Keycloak could not be fetched; the log is $test_output/keycloak.log"
}

# A stage writes its results itself; what it prints goes to its log.
test_stage() { # name
  local began=$SECONDS log=$test_output/$1.log before
  before=$(wc -l <"$test_output/results")
  progress "stage $1: started; details in test-output/$1.log"
  "test_stage_$1" "$log" </dev/null
  if tail -n "+$((before + 1))" "$test_output/results" | grep '^failed' >/dev/null; then
    sed 's/^/  | /' <(tail -n 60 "$log")
  fi
  progress "stage $1: $(test_counts <(tail -n "+$((before + 1))" "$test_output/results")), $((SECONDS - began)) s"
}

# Runs at the end of every run, whole or broken: cleans up, then reports; the closing line comes last.
test_end() {
  local code=$?
  trap - EXIT ERR
  set +e
  test_remove_leftovers
  if [[ -n $test_started_engine ]]; then engine_stop; fi
  if [[ -z $test_done ]]; then
    test_result failed run "the test run" "ended early (exit $code)"
  elif ! grep '^passed' "$test_output/results" >/dev/null; then
    test_result failed run "the test run" "ran no test"
  fi
  test_report
  if grep '^failed' "$test_output/results" >/dev/null; then exit 1; fi
  exit 0
}

# Containers and networks of platforms that tests made: of all but the machine's own platform and those
# that run.
test_leftovers() {
  local own label=label=org.lyceum.platform
  own=$(test_platforms_not_ours | tr '\n' ' ')
  {
    docker ps --all --filter "$label" --format 'container {{.ID}} {{.Label "org.lyceum.platform"}} {{.Names}}'
    docker network ls --filter "$label" --format 'network {{.ID}} {{.Label "org.lyceum.platform"}} {{.Name}}'
  } | awk -v own=" $own" '!index(own, " " $3 " ")' | sort
}

test_platforms_not_ours() {
  local pid config
  cat /var/lib/lyceum/keys/platform-id 2>/dev/null && echo
  for pid in $(pgrep -f 'org[.]lyceum[.]main[.]Main --config' || true); do
    config=$(tr '\0' '\n' 2>/dev/null <"/proc/$pid/cmdline" | tail -n 1) || continue
    cat "$(dirname "$config")/keys/platform-id" 2>/dev/null && echo
  done
  return 0
}

test_remove_leftovers() {
  local kind id platform name
  [[ -f $test_output/before ]] || return 0
  while read -r kind id platform name; do
    test_result failed leftover "$kind $name" "a test of platform $platform left it behind"
    if [[ $kind == container ]]; then docker rm -f "$id" >/dev/null; else docker network rm "$id" >/dev/null; fi
  done < <(test_leftovers | comm -13 "$test_output/before" -)
}

test_help() {
  cat <<'TEXT'
Usage: lyceum test [STAGE...]

Runs all tests, or only these stages, in this order:

  format     Java formatting, shell scripts by shellcheck
  java       unit, architecture, contract and Docker tests (mvn verify)
  web        lint, types and tests of the panel
  installer  installer/tests
  browser    journeys in Chromium against a platform started for them

Installs what they need (Chromium, shellcheck, the environment images), starts the engine if none
runs and stops it again. Logs and screenshots are in test-output/. Every failed and skipped test is
named with its reason; the last line is 'N passed, N failed, N skipped'.

Exit codes: 0 all passed; 1 a test failed; 64 wrong usage; 77 not root.
TEXT
}
