# shellcheck shell=bash
# What makes a start fast, made once per program and JDK (docs/adr/0016): a Java runtime of the
# program's own, and its classes loaded and linked ahead of time. The platform starts without either,
# only slower.

readonly link_seconds=60 aot_seconds=90

fast_start_ensure() { # java-home
  local app mark
  app=$(build_app_dir)
  mark="$(java_version "$1") $1"
  [[ $(cat "$app/fast-start.jdk" 2>/dev/null) != "$mark" ]] || return 0
  progress "preparing a fast start"
  runtime_link "$1"
  aot_train "$1"
  printf '%s' "$mark" >"$app/fast-start.jdk"
}

# The java that runs the installed program. Its path changes with the JDK's version, so that a
# platform on an older one is found out.
runtime_java() { # java-home
  local own
  own=$(runtime_dir "$1")
  if [[ -x $own/bin/java ]]; then
    printf '%s' "$own/bin/java"
  else
    printf '%s' "$1/bin/java"
  fi
}

runtime_dir() { printf '%s/java-%s' "$(build_app_dir)" "$(java_version "$1")"; } # java-home

# The JDK's modules that the program uses, and no others: a third of the size, a tenth less to do at a
# start, among it a list of all the world's languages that the first date would be looked up in.
# The desktop's is not among them: SnakeYAML names it for JavaBeans, which nobody here reads from YAML.
runtime_link() { # java-home
  local app own log modules
  app=$(build_app_dir)
  own=$(runtime_dir "$1")
  log=$app/runtime.log
  [[ ! -x $own/bin/java ]] || return 0
  rm -rf "$own.new"
  if modules=$(timeout -k 5 "$link_seconds" "$1/bin/jdeps" --multi-release "$java_wanted" --ignore-missing-deps \
    --print-module-deps "$app"/lib/*.jar 2>"$log") &&
    timeout -k 5 "$link_seconds" "$1/bin/jlink" --add-modules "${modules/java.desktop,/}" --no-header-files --no-man-pages \
      --output "$own.new" </dev/null >>"$log" 2>&1; then
    mv "$own.new" "$own"
  else
    rm -rf "$own.new"
    warn "no Java runtime of its own: linking it failed ($log); the platform runs on the JDK's"
  fi
}

# Start-up drops to a third with classes loaded and linked ahead of time. Profiles of the training run
# are left out: with them a start compiles at once what it will not need for a while.
aot_train() { # java-home
  local app
  app=$(build_app_dir)
  rm -f "$app/lyceum.aot"
  if ! timeout -k 5 "$aot_seconds" "$(runtime_java "$1")" "@$app/jvm.args" -XX:+UnlockDiagnosticVMOptions \
    -XX:-AOTRecordTraining -XX:AOTCacheOutput="$app/lyceum.aot" \
    -cp "$(build_class_path "$app")" org.lyceum.main.Main --train </dev/null >"$app/aot.log" 2>&1; then
    rm -f "$app/lyceum.aot"
    warn "no fast start: the training run failed ($app/aot.log); the platform starts without"
  fi
}
