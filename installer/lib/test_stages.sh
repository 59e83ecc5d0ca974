# shellcheck shell=bash
# One function for each stage: runs it, with its output in the log, and hands its results over.

test_stage_format() { # log
  test_check format "Java sources are formatted" "$1" format_java --dry-run --set-exit-if-changed || true
  test_check format "shell scripts pass shellcheck" "$1" test_shellcheck || true
}

test_shellcheck() {
  cd "$installer_dir" && shellcheck -x lyceum places.sh lib/*.sh tests/*.sh ../.ci/run &&
    shellcheck --shell=sh images/base/policy-rc.d images/*/[0-9]*.sh
}

# Everything Maven runs. A good build is as good as one made by `lyceum up`, so it gets its mark.
test_stage_java() { # log
  local code=0 reports
  find "$repository_dir" -path '*/target/surefire-reports' -prune -exec rm -rf {} +
  rm -rf "$(dirname "$build_output")"
  # A failure in one module must not keep those above it from being tested.
  (cd "$repository_dir" && mvn -B -ntp --fail-never verify) >"$1" 2>&1 || code=$?
  if grep -q '^\[INFO\] .* FAILURE \[' "$1" || ! grep -q '^\[INFO\] Reactor Summary' "$1"; then code=1; fi
  mapfile -t reports < <(find "$repository_dir" -path '*/target/surefire-reports/TEST-*.xml')
  test_results_junit java "${reports[@]}"
  test_result_of_runner java "$code" "$(grep -m 1 '^\[ERROR\]' "$1" || true)"
  if ((code == 0)) && [[ -d $build_output ]]; then build_hash >"$build_stamp"; fi
}

test_stage_web() { # log
  local code=0 report=$test_output/web.xml
  if [[ ! -f $repository_dir/web/package.json ]]; then
    test_result failed web "the run itself" "there is no web/package.json"
    return
  fi
  cd "$repository_dir/web" || return
  if test_check web "packages install as locked" "$1" npm ci --no-audit --no-fund --ignore-scripts; then
    test_check web lint "$1" npm run lint || true
    test_check web types "$1" npm run typecheck || true
    npm test -- --reporter=default --reporter=junit --outputFile.junit="$report" >>"$1" 2>&1 || code=$?
    if [[ -f $report ]]; then test_results_junit web "$report"; fi
    test_result_of_runner web "$code" "vitest"
  fi
  cd "$repository_dir" || return
}

test_stage_installer() { # log
  local file code
  for file in "$installer_dir"/tests/*_test.sh; do
    code=0
    bash "$file" >"$test_output/installer.tap" 2>>"$1" || code=$?
    cat "$test_output/installer.tap" >>"$1"
    test_results_tap installer "$test_output/installer.tap"
    test_result_of_runner installer "$code" "$(basename "$file")"
  done
}

# The journeys start their own platform with `lyceum up` on a free port and a new data directory.
test_stage_browser() { # log
  local code=0
  cd "$repository_dir/web" || return
  [[ -d node_modules ]] || npm ci --no-audit --no-fund --ignore-scripts >>"$1" 2>&1 || true
  npm run e2e >>"$1" 2>&1 || code=$?
  if [[ -d test-output ]]; then cp -r test-output "$test_output/browser"; fi
  test_results_tap browser "$1"
  test_result_of_runner browser "$code" "$(tail -n 1 "$1")"
  cd "$repository_dir" || return
}
