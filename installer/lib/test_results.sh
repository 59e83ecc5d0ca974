# shellcheck shell=bash
# Results of all runners in one file, a line for each test: outcome, stage, name, reason, separated
# by tabs. Counting and reporting need no more.

test_result() { # passed|failed|skipped stage name [reason]
  printf '%s\t%s\t%s\t%s\n' "$1" "$2" "$3" "$(tr '\n\t' '  ' <<<"${4:-}" | cut -c1-300)" >>"$test_output/results"
}

# One check that is a command: passed or failed by its exit code.
test_check() { # stage name log command...
  local stage=$1 name=$2 log=$3 code=0
  shift 3
  "$@" >>"$log" 2>&1 || code=$?
  if ((code == 0)); then
    test_result passed "$stage" "$name"
  else
    test_result failed "$stage" "$name" "exit $code"
  fi
  return "$code"
}

# JUnit's XML, as Surefire and Vitest write it. Tags are told apart by splitting at "<"; what stands in
# CDATA is output of the tests and looks like tags at times.
test_results_junit() { # stage file...
  local stage=$1
  shift
  (($#)) || return 0
  awk -v RS='<' -v stage="$stage" '
    function attribute(tag, name,    at, rest) {
      at = index(tag, " " name "=\"")
      if (!at) return ""
      rest = substr(tag, at + length(name) + 3)
      rest = substr(rest, 1, index(rest, "\"") - 1)
      gsub(/&lt;/, "<", rest); gsub(/&gt;/, ">", rest); gsub(/&quot;/, "\"", rest)
      gsub(/&#10;|\n|\t/, " ", rest); gsub(/&apos;/, "\047", rest); gsub(/&amp;/, "\\&", rest)
      return substr(rest, 1, 300)
    }
    function finish() {
      if (name != "") printf "%s\t%s\t%s\t%s\n", outcome, stage, name, reason
      name = ""
    }
    cdata { if (index($0, "]]>")) cdata = 0; next }
    # An assumption that does not hold gives its reason as text.
    /^!\[CDATA\[/ && name != "" && outcome == "skipped" && reason == "" {
      reason = substr($0, 9, 250); gsub(/[\n\t]+/, " ", reason); sub(/\]\]>.*/, "", reason)
    }
    /^!\[CDATA\[/ { if (!index($0, "]]>")) cdata = 1; next }
    /^testcase[ \n]/ {
      finish()
      name = attribute($0, "classname") " " attribute($0, "name"); outcome = "passed"; reason = ""
      if ($0 ~ /\/>[ \n]*$/) finish()
      next
    }
    /^(failure|error)[ \n>\/]/ { outcome = "failed"; reason = attribute($0, "message") }
    /^skipped[ \n>\/]/ { outcome = "skipped"; reason = attribute($0, "message") }
    /^\/testcase>/ { finish() }
    END { finish() }
  ' "$@" >>"$test_output/results"
}

# The Test Anything Protocol, as node --test and our shell tests write it. Files are no tests.
test_results_tap() { # stage file
  awk -v stage="$1" '
    match($0, /^ *(not )?ok [0-9]+( - )?/) {
      name = substr($0, RLENGTH + 1); reason = ""
      outcome = $0 ~ /^ *not ok/ ? "failed" : "passed"
      if (match(name, / # SKIP ?/)) {
        reason = substr(name, RSTART + RLENGTH); name = substr(name, 1, RSTART - 1); outcome = "skipped"
      }
      if (name !~ /\.mjs$/) printf "%s\t%s\t%s\t%s\n", outcome, stage, name, reason
    }
  ' "$2" >>"$test_output/results"
}

# A runner that failed without naming a test has failed all the same.
test_result_of_runner() { # stage exit-code reason
  if (($2)) && ! grep -P "^failed\t$1\t" "$test_output/results" >/dev/null; then
    test_result failed "$1" "the run itself" "exit $2: $3"
  elif ! grep -P "\t$1\t" "$test_output/results" >/dev/null; then
    test_result failed "$1" "the run itself" "no test ran"
  fi
}

test_counts() { # file
  awk -F '\t' '{ n[$1]++ } END { printf "%d passed, %d failed, %d skipped", n["passed"], n["failed"], n["skipped"] }' "$1"
}

# Skipped and failed tests with their reasons, then the closing line alone.
test_report() {
  awk -F '\t' '$1 == "skipped" { printf "skipped: %s: %s (%s)\n", $2, $3, $4 }' "$test_output/results"
  awk -F '\t' '$1 == "failed" { printf "FAILED: %s: %s (%s)\n", $2, $3, $4 }' "$test_output/results"
  test_counts "$test_output/results"
  printf '\n'
}
