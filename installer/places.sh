# shellcheck shell=bash
# Where things live. What belongs to one platform is in its data directory; what all platforms of a
# machine share (engine, images, packages) is where Debian keeps such things.

data_dir=${LYCEUM_DATA_DIR:-/var/lib/lyceum}
readonly run_dir=${LYCEUM_RUN_DIR:-/run/lyceum}
readonly log_dir=${LYCEUM_LOG_DIR:-/var/log/lyceum}
readonly cache_dir=${LYCEUM_CACHE_DIR:-/var/cache/lyceum}
