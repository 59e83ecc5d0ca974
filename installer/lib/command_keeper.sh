# shellcheck shell=bash
# keeper: the part with root's rights, in the foreground, for whoever supervises it.

command_keeper() {
  local java keeper_command=()
  keeper_parse "$@"
  require_root
  java=$(java_home) || fail "$EX_MISSING" "no JDK $java_wanted found"
  [[ -f $(build_app_dir)/complete ]] || fail "$EX_RETRY" "Lyceum is not built yet; run 'lyceum up' first"
  [[ -f $(platform_config) ]] || fail "$EX_RETRY" "no platform at $data_dir; run 'lyceum up' first"
  keeper_apart || fail "$EX_CONFIG" "the platform keeps files itself; set storage.keeper = \"apart\" in $(platform_config) first"
  keeper_words "$java"
  cd / && exec "${keeper_command[@]}"
}

keeper_parse() {
  while (($#)); do
    case $1 in
      --data-dir) option_value keeper "$@" && set_data_dir "$value" && shift 2 ;;
      -h | --help) keeper_help && exit 0 ;;
      *) unknown_option keeper "$1" ;;
    esac
  done
}

keeper_help() {
  cat <<'TEXT'
Usage: lyceum keeper [--data-dir DIR]

Runs the keeper, which makes, limits and mounts people's folders with root's rights, in the
foreground until it is told to end (SIGTERM). The platform asks it over a socket and needs no such
rights itself. For a supervisor; 'lyceum up' starts one by itself where storage.keeper = "apart".

Exit codes: 0 ended as told; 64 wrong usage; 69 a program is missing; 75 not now, or another keeper
runs; 77 not root; 78 wrong configuration.
TEXT
}
