# shellcheck shell=bash
# storage: the pool that holds people's files, while the platform runs or not.

command_storage() {
  local verb=status size='' java
  storage_parse "$@"
  require_root
  java=$(java_home) || fail "$EX_MISSING" "no JDK $java_wanted found"
  [[ -f $(build_app_dir)/complete ]] || fail "$EX_RETRY" "Lyceum is not built yet; run 'lyceum up' first"
  [[ -f $(platform_config) ]] || fail "$EX_RETRY" "no platform at $data_dir; run 'lyceum up' first"
  case $verb in
    grow) storage_run "$java" grow "$size" ;;
    *) storage_run "$java" "$verb" ;;
  esac
}

storage_parse() {
  while (($#)); do
    case $1 in
      status | close) verb=$1 && shift ;;
      grow)
        verb=grow
        option_value storage "$@" && size=$value && shift 2
        [[ $size =~ ^[0-9]+(MiB|GiB|TiB)$ ]] || usage_error storage "grow needs a size such as 200GiB"
        ;;
      --data-dir) option_value storage "$@" && set_data_dir "$value" && shift 2 ;;
      -h | --help) storage_help && exit 0 ;;
      *) unknown_option storage "$1" ;;
    esac
  done
}

storage_help() {
  cat <<'TEXT'
Usage: lyceum storage [status | grow SIZE | close] [--data-dir DIR]

Homes and other folders of people have limits that the kernel enforces. 'lyceum up' tries once what
this machine can do, and takes the best.

  status      what enforces limits, what was tried, how much room there is
  grow SIZE   make a pool image this large, such as 200GiB, while people work
  close       unmount the pool, before the disk is mended or the platform removed; fails while a
              server runs

Exit codes: 0 done; 64 wrong usage; 69 a program is missing; 75 not now, or it failed; 77 not root;
78 wrong configuration.
TEXT
}
