# shellcheck shell=bash
# Lyceum's program: built when its sources differ from what was built last, and copied into the data
# directory under the hash of those sources, so that a rebuild never touches a running platform.

readonly build_output=$repository_dir/modules/main/target/lyceum/lib
readonly build_stamp=$repository_dir/modules/main/target/lyceum/sources.sha256
readonly build_keep=2 # programs kept in a data directory: the one that runs and the one before

# Twelve hexadecimal digits that change with every source file that ends up in the program, and with
# the options it runs with.
build_hash() {
  if [[ -z ${build_hash_known:-} ]]; then
    build_hash_known=$(cd "$repository_dir" && build_sources | LC_ALL=C sort -z | xargs -0 -r sha256sum |
      sha256sum | cut -c1-12)
  fi
  printf '%s' "$build_hash_known"
}

build_sources() {
  find . -mindepth 1 \( -name target -o -name node_modules -o -name dist -o -name .git -o -name test-output -o -path '*/src/test' \
    -o -path ./web/e2e -o -path ./docs -o -path ./installer \) -prune \
    -o -type f \( -path ./pom.xml -o -path './.mvn/*' -o -path './platform/*' -o -path './modules/*' \
    -o -path './web/*' \) -print0
  printf './installer/jvm.args\0'
}

build_app_dir() { printf '%s/app/%s' "$data_dir" "$(build_hash)"; }

build_needed() { [[ ! -f $(build_app_dir)/complete ]] && ! build_current; }

build_current() { [[ -d $build_output && $(cat "$build_stamp" 2>/dev/null) == "$(build_hash)" ]]; }

build_ensure() { # java-home
  build_hash >/dev/null
  if [[ -f $(build_app_dir)/complete ]]; then
    say "program: up to date ($(build_hash))"
  else
    build_run "$1"
    build_install
  fi
  fast_start_ensure "$1"
}

build_run() { # java-home
  mkdir -p "$run_dir"
  # The lock is the machine's: two data directories build from the same sources.
  (
    flock 7
    if build_current; then
      say "program: built before ($(build_hash))"
    else
      build_with_maven "$1"
    fi
  ) 7>"$run_dir/build.lock"
}

# Maven itself runs on any Java from 17; the build finds the JDK 25 by its toolchain.
build_with_maven() { # java-home
  local log=$log_dir/build.log began=$SECONDS
  mkdir -p "$log_dir"
  progress "building Lyceum (the first time takes minutes); details in $log"
  rm -rf "$(dirname "$build_output")"
  if ! (cd "$repository_dir" && JAVA25_HOME=$1 mvn -B -ntp -Dmaven.test.skip=true package) </dev/null >"$log" 2>&1; then
    build_show_errors "$log"
    fail "$EX_INTERNAL" "building Lyceum failed; the log is $log. Put that right, then run this again"
  fi
  [[ -n $(find "$build_output" -name '*.jar' -print -quit 2>/dev/null) ]] ||
    fail "$EX_INTERNAL" "the build ended well but left no program in $build_output; the log is $log"
  build_hash >"$build_stamp"
  progress "built in $((SECONDS - began)) s"
}

# What a compiler or test complained about; Maven's advice on how to use Maven is left out.
build_show_errors() { # log
  { grep -E '^\[(ERROR|WARNING)\] .*(\.java|\.ts)' "$1" || grep -E '^\[ERROR\]' "$1" || tail -n 20 "$1"; } |
    awk '!seen[$0]++' | head -n 20 | sed 's/^/  | /' >&2
}

# Complete or not there at all: the file `complete` comes last.
build_install() {
  local app
  app=$(build_app_dir)
  rm -rf "$app"
  mkdir -p "$app/lib"
  cp "$build_output"/*.jar "$app/lib/"
  grep -v '^#' "$installer_dir/jvm.args" >"$app/jvm.args"
  : >"$app/complete"
  say "program: installed ($(build_hash))"
}

# Older programs go, newest last; never the one a running platform was started from.
build_forget_old() {
  local app
  find "$data_dir/app" -mindepth 1 -maxdepth 1 -type d -printf '%T@ %p\n' | sort -rn | cut -d' ' -f2- |
    tail -n +$((build_keep + 1)) | while IFS= read -r app; do
      [[ $app == "$(build_app_dir)" || $app == "$(platform_state app_dir)" ]] || rm -rf "$app"
    done
}

# By name and in order: the AOT cache holds for exactly this class path.
build_class_path() { # app-dir
  find "$1/lib" -name '*.jar' | LC_ALL=C sort | paste -sd:
}
