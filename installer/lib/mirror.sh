# shellcheck shell=bash
# Where packages come from while an image is built: the mirror, proxy and certificates this machine
# itself uses. They go to the build only; the finished image names no server at all.

# The address from which this machine gets a suite, e.g. "bookworm" or "bookworm-security".
mirror_of() { # suite
  local found
  # shellcheck disable=SC2016 # apt fills these in, not the shell
  found=$(apt-get indextargets --format '$(RELEASE) $(COMPONENT) $(REPO_URI)' 'Created-By: Packages' 2>/dev/null |
    awk -v suite="$1" '$1 == suite && $2 == "main" { print $3; exit }') || true
  [[ -n $found ]] || fail "$EX_MISSING" "apt on this machine knows no source of $1; add one and run apt-get update"
  printf '%s' "${found%/}"
}

mirror_debian() { mirror_of "$(machine_release)"; }

mirror_security() { mirror_of "$(machine_release)-security"; }

machine_release() { (. /etc/os-release && printf '%s' "${VERSION_CODENAME:-unknown}"); }

# Fills a directory that build containers see as /mnt: apt's settings, sources, certificates, and
# room for what it downloads, so that an interrupted step does not download twice.
mirror_settings() { # release directory
  mkdir -p "$2/archives/partial" "$2/lists/partial"
  mirror_sources "$1" "$(mirror_debian)" "$(mirror_security)" >"$2/sources.list"
  cp -L /etc/ssl/certs/ca-certificates.crt "$2/ca.crt" 2>/dev/null || : >"$2/ca.crt"
  {
    printf 'Dir::Etc::sourcelist "/mnt/sources.list";\nDir::Etc::sourceparts "-";\n'
    printf 'Dir::Cache::archives "/mnt/archives";\nDir::State::lists "/mnt/lists";\n'
    printf 'Dir::Cache::pkgcache "";\nDir::Cache::srcpkgcache "";\n'
    printf 'APT::Sandbox::User "root";\nAPT::Install-Recommends "false";\nAcquire::Retries "3";\n'
    printf 'Acquire::Languages "none";\nBinary::apt-get::APT::Keep-Downloaded-Packages "true";\n'
    if [[ -s $2/ca.crt ]]; then printf 'Acquire::https::CAInfo "/mnt/ca.crt";\n'; fi
    apt-config dump | grep -Ei '^Acquire::(http|https)::(proxy|verify)|^Acquire::Check-' || true
  } >"$2/apt.conf"
}

mirror_sources() { # release mirror security-mirror
  printf 'deb %s %s main\ndeb %s %s-updates main\ndeb %s %s-security main\n' \
    "$2" "$1" "$2" "$1" "$3" "$1"
}
