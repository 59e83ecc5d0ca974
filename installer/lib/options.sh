# shellcheck shell=bash
# Reading options: the ones all commands share, and the one way to refuse a wrong one.

usage_error() { # command problem
  fail "$EX_USAGE" "$2; 'lyceum $1 --help' lists what there is"
}

unknown_option() { usage_error "$1" "unknown option: $2"; } # command option

# Sets `value` to the word behind an option; ends the run when there is none. Not printed, since a
# failure inside $(...) would not end anything.
option_value() { # command option value...
  if (($# < 3)) || [[ -z $3 ]]; then usage_error "$1" "$2 needs a value"; fi
  value=$3
}

set_data_dir() { # directory
  [[ $1 == /* ]] || set -- "$PWD/$1"
  # Quotes, spaces and control characters would have to survive a configuration file and a shell.
  [[ $1 =~ ^[A-Za-z0-9/._+@-]+$ ]] || usage_error up "--data-dir may hold letters, digits and / . _ + @ - only"
  data_dir=${1%/}
}

require_root() {
  [[ $EUID -eq 0 ]] || fail "$EX_PERMISSION" "run this as root (sudo $installer_dir/lyceum ...)"
}
