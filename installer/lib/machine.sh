# shellcheck shell=bash
# What this machine is and has. Each check says what it found in one line; what stops Lyceum ends
# the run with the next step, what only may hurt later is a warning.

readonly machine_memory_least_mib=1500 machine_memory_good_mib=3800
readonly machine_data_least_mib=1024
# The environment image, its build and the package cache, as measured, with half as much again.
readonly machine_images_least_mib=6144

machine_check() { # port
  machine_check_release
  machine_check_memory
  machine_check_disk
  machine_check_kernel
  machine_check_port "$1"
}

machine_check_release() {
  local name version
  name=$(. /etc/os-release && printf '%s' "${PRETTY_NAME:-unknown}")
  version=$(. /etc/os-release && printf '%s' "${ID:-}-${VERSION_ID:-}")
  have apt-get || fail "$EX_MISSING" "this is $name, which has no apt-get; Lyceum installs on Debian 12 or 13"
  case $version in
    debian-12 | debian-13) say "machine: $name, $(uname -m), $(nproc) cores" ;;
    *) warn "this is $name; Lyceum is tried on Debian 12 and 13 only" ;;
  esac
}

machine_check_memory() {
  local mib
  mib=$(($(awk '$1 == "MemTotal:" { print $2 }' /proc/meminfo) / 1024))
  ((mib >= machine_memory_least_mib)) ||
    fail "$EX_RETRY" "memory: $mib MiB; at least $machine_memory_least_mib MiB are needed"
  say "memory: $mib MiB"
  ((mib >= machine_memory_good_mib)) || warn "$mib MiB is room for about one server; 4 GiB or more is better"
}

machine_check_disk() {
  local docker_root=/var/lib/docker
  machine_check_room "$data_dir" "$machine_data_least_mib" "people's files"
  if image_all_present scientific; then
    machine_check_room "$docker_root" 1024 "environment images"
  else
    machine_check_room "$docker_root" "$machine_images_least_mib" "environment images"
  fi
}

machine_check_room() { # directory least-MiB what-for
  local place=$1 free
  while [[ ! -d $place ]]; do place=$(dirname "$place"); done
  free=$(df -Pm "$place" | awk 'NR == 2 { print $4 }')
  ((free >= $2)) || fail "$EX_RETRY" "disk: $free MiB free for $3 ($1); at least $2 MiB are needed. Make room or choose another --data-dir"
  say "disk: $((free / 1024)) GiB free for $3 ($1)"
}

machine_check_kernel() {
  local missing=()
  machine_has_filesystem overlay || missing+=("the overlay file system")
  machine_has_module bridge || missing+=(bridge)
  machine_has_module veth || missing+=(veth)
  machine_has_cgroup memory || missing+=("the memory cgroup")
  machine_has_cgroup pids || missing+=("the pids cgroup")
  ((${#missing[@]} == 0)) ||
    fail "$EX_MISSING" "kernel $(uname -r) lacks: $(join_words "${missing[@]}"). Use a Debian kernel, then run this again"
  say "kernel: $(uname -r) has overlay, bridge, veth, and the memory and pids cgroups"
  # Reading fails where it is there and turned off (psi=0).
  if cat /proc/pressure/{cpu,memory,io} >/dev/null 2>&1; then
    say "kernel: it says what it is short of (pressure stall information), so the platform can calm a busy machine"
  else
    say "kernel: it does not say what it is short of; with psi=1 on its command line the platform could calm a busy machine"
  fi
}

machine_has_filesystem() { # name
  grep -qw "$1" /proc/filesystems || modprobe -q "$1" 2>/dev/null
}

# Built in, loaded, or loadable.
machine_has_module() { # name
  [[ -d /sys/module/$1 ]] || machine_config_has "$1" || modprobe -q "$1" 2>/dev/null
}

machine_config_has() { # name
  local config=/proc/config.gz
  [[ -r $config ]] && zcat "$config" | grep -ix "CONFIG_$1=y" >/dev/null
}

machine_has_cgroup() { # controller
  if [[ -r /sys/fs/cgroup/cgroup.controllers ]]; then
    grep -qw "$1" /sys/fs/cgroup/cgroup.controllers
  else
    awk -v name="$1" '$1 == name && $4 == 1 { found = 1 } END { exit !found }' /proc/cgroups
  fi
}

join_words() {
  local IFS=,
  printf '%s' "$*" | sed 's/,/, /g'
}

# A foreign listener on our port: named, with the way round it.
machine_check_port() { # port
  local listener
  listener=$(port_listener "$1")
  if [[ -z $listener ]]; then
    say "port: $1 is free"
  elif [[ $(platform_port) == "$1" ]] && platform_pid >/dev/null; then
    say "port: $1 is the platform's"
  else
    fail "$EX_RETRY" "port $1 is taken by $listener; stop it or choose another with --port N"
  fi
}

# "process 123 (nginx)" of who listens on a TCP port; empty when nobody does. Reads /proc, because
# a bare machine has neither ss nor lsof.
port_listener() { # port
  local hex inode fd pid
  printf -v hex ':%04X' "$1"
  inode=$(awk -v port="$hex" '$4 == "0A" && substr($2, length($2) - 4) == port { print $10; exit }' \
    /proc/net/tcp /proc/net/tcp6 2>/dev/null) || true
  [[ -n $inode ]] || return 0
  fd=$(find /proc/[0-9]*/fd -lname "socket:\[$inode\]" -print -quit 2>/dev/null) || true
  pid=${fd#/proc/}
  pid=${pid%%/*}
  if [[ -n $pid ]]; then
    printf 'process %s (%s)' "$pid" "$(cat "/proc/$pid/comm" 2>/dev/null || printf unknown)"
  else
    printf 'another process'
  fi
}
