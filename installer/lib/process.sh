# shellcheck shell=bash
# Processes we started, and only those: a pid file holds the pid and the kernel's start time of it,
# so that a number the kernel has given to somebody else since is never taken for ours.

# When the kernel started this process, in clock ticks since boot; empty when it does not run.
process_born() { # pid
  local stat
  stat=$(cat "/proc/$1/stat" 2>/dev/null) || return 0
  # The second field is the program's name and may hold spaces and brackets: count after the last.
  stat=${stat##*) }
  local fields
  read -ra fields <<<"$stat"
  [[ ${fields[0]} == Z ]] || printf '%s' "${fields[19]}"
}

pid_write() { # file pid
  local born
  born=$(process_born "$2")
  mkdir -p "$(dirname "$1")"
  printf '%s %s\n' "$2" "$born" >"$1.new"
  mv "$1.new" "$1"
}

# Prints the pid when the file's process still runs and is the one that was written down.
pid_alive() { # file word-in-its-command-line
  local pid='' born=''
  [[ -r $1 ]] || return 1
  read -r pid born <"$1" || true
  [[ $pid =~ ^[0-9]+$ && -n $born && $(process_born "$pid") == "$born" ]] || return 1
  tr '\0' ' ' 2>/dev/null <"/proc/$pid/cmdline" | grep -F -- "$2" >/dev/null || return 1
  printf '%s' "$pid"
}

# Asks it to end, waits, and only then kills it. The file is removed once it is gone.
pid_stop() { # file word-in-its-command-line seconds
  local pid deadline=$((SECONDS + $3))
  if pid=$(pid_alive "$1" "$2"); then
    kill -TERM "$pid" 2>/dev/null || true
    while pid_alive "$1" "$2" >/dev/null; do
      if ((SECONDS >= deadline)); then
        warn "process $pid did not end within $3 s; killing it"
        kill -KILL "$pid" 2>/dev/null || true
        deadline=$((SECONDS + 5))
      fi
      sleep 0.1
    done
  fi
  rm -f "$1"
}
