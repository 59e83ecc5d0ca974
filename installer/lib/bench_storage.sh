# shellcheck shell=bash
# 10,000 homes in a pool of their own: reading what all hold and setting limits, beside the plain tools.

readonly bench_homes=10000

bench_storage() { # java-home
  have btrfs || fail "$EX_MISSING" "btrfs is missing: apt-get install btrfs-progs"
  build_ensure "$1"
  "$1/bin/java" --enable-native-access=ALL-UNNAMED -cp "$(build_class_path "$(build_app_dir)")" \
    "$installer_dir/bench/Homes.java" "$bench/pool" "$bench_homes"
}
