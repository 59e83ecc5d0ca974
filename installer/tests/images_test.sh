#!/usr/bin/env bash
# Building images, with a stand-in engine: what is named when a step fails, and what is done again.
# shellcheck source=harness.sh
. "$(dirname "$0")/harness.sh"

a_failing_step_is_named_with_the_way_on() {
  touch "$box/step-fails"
  expect_lyceum 70 images build scientific
  says "step 1 of 5: Debian trixie"
  says "step 3 of 5: scientific packages failed"
  says "Unable to locate package python3-numpy"
  says "$box/cache/log/scientific.log"
  says "lyceum images build scientific"
}

the_next_run_goes_on_behind_the_last_finished_step() {
  touch "$box/step-fails"
  expect_lyceum 70 images build scientific
  rm "$box/step-fails"
  : >"$box/calls"
  expect_lyceum 0 images build scientific
  says "step 2 of 5: JupyterLab and its single-user server: done before"
  says "image scientific: ready"
  [[ $(calls debootstrap) == 0 && $(calls "docker run --name") == 2 ]]
  expect_lyceum 0 images build scientific
  says "present"
}

a_changed_recipe_is_another_image() {
  load lib/process.sh lib/images.sh
  local before other
  before=$(image_ref scientific)
  other=$(image_ref singleuser-3)
  echo '# a comment' >>"$installer_dir/images/scientific/overrides.json"
  [[ $before != "$(image_ref scientific)" && $other == "$(image_ref singleuser-3)" ]]
}

a_step_is_made_again_when_a_file_it_installs_changes() {
  load lib/process.sh lib/images.sh
  local step=$installer_dir/images/scientific/30-person.sh before
  before=$(image_step_inputs "$step" | sha256sum)
  echo '# a comment' >>"$installer_dir/images/scientific/jupyter_server_config.py"
  [[ $before != "$(image_step_inputs "$step" | sha256sum)" ]]
}

a_registry_is_asked_first() {
  export LYCEUM_IMAGE_REGISTRY=registry.example/lyceum
  expect_lyceum 0 images build scientific
  grep -E '^docker pull --quiet registry.example/lyceum/scientific:[0-9a-f]{12}$' "$box/calls"
  [[ $(calls debootstrap) == 0 ]]
}

packages_come_from_this_machines_mirror_and_leave_no_trace_of_it() {
  load lib/process.sh lib/mirror.sh
  local release
  release=$(. /etc/os-release && echo "$VERSION_CODENAME")
  printf '%s main https://mirror.example/debian/\n%s-security main https://mirror.example/security/\n' \
    "$release" "$release" >"$box/indextargets"
  mirror_settings trixie "$box/workspace"
  grep -Fx "deb https://mirror.example/debian trixie main" "$box/workspace/sources.list"
  grep -Fx "deb https://mirror.example/security trixie-security main" "$box/workspace/sources.list"
  expect_lyceum 0 images build scientific
  grep -F "debootstrap" "$box/calls" | grep -F "https://mirror.example/debian"
  if grep -E '^docker (run|commit|create)' "$box/calls" | grep -F mirror.example; then return 1; fi
}

check a_failing_step_is_named_with_the_way_on
check the_next_run_goes_on_behind_the_last_finished_step
check a_changed_recipe_is_another_image
check a_step_is_made_again_when_a_file_it_installs_changes
check a_registry_is_asked_first
check packages_come_from_this_machines_mirror_and_leave_no_trace_of_it
finish
