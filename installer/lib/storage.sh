# shellcheck shell=bash
# The pool that holds people's files. What can enforce limits on this machine is found out by the
# platform's own program, once, before people have files; see docs/operate/storage.md.

storage_dir() { platform_setting storage directory "$data_dir/storage"; }

storage_made() { [[ -f $(storage_dir)/pool.properties ]]; }

# A program is installed by now. A pool that was made is never decided about again.
storage_ensure() { # java-home
  if storage_made; then
    say "storage: as it was made ($(storage_kind))"
    return
  fi
  progress "finding out what can limit people's files here"
  storage_run "$1" set-up
}

storage_kind() { sed -n 's/^kind=//p' "$(storage_dir)/pool.properties" | tr '[:upper:]' '[:lower:]'; }

# Prints what the program says; ends with its reason when it fails.
storage_run() { # java-home verb [size]
  local app code=0 variable environment=() java=$1
  app=$(build_app_dir)
  shift
  while IFS= read -r variable; do environment+=("$variable=${!variable}"); done < <(compgen -e | grep '^LYCEUM_.*__' || true)
  env -i PATH="$PATH" HOME="${HOME:-/root}" LANG=C.UTF-8 "${environment[@]}" \
    "$(runtime_java "$java")" "@$app/jvm.args" -cp "$(build_class_path "$app")" \
    org.lyceum.main.Main --storage "$@" --config "$(platform_config)" </dev/null 2>&1 7>&- 8>&- 9>&- |
    sed 's/^/lyceum: storage: /' || code=${PIPESTATUS[0]}
  ((code == 0)) || fail "$(platform_exit_code "$code")" "storage: that did not work; the reason is above"
}
