# shellcheck shell=bash
# Where packages come from while an environment is built from a repository: what this machine itself
# uses, written once; from then on it is the operator's.

builds_settings_ensure() { # data-directory
  local settings=$1/builds/settings
  if [[ -d $settings ]]; then
    say "builds: settings unchanged ($settings)"
    return
  fi
  mkdir -p "$settings"
  if ! (mirror_debian && mirror_security) >/dev/null 2>&1; then
    warn "builds: this machine's apt knows no mirror, so nothing can be built from repositories until $settings says where packages come from"
    return
  fi
  mirror_settings "$(<"$installer_dir/images/scientific/release")" "$settings"
  rm -rf "$settings/archives" "$settings/lists" # of this machine's own images only
  builds_pip_settings >"$settings/pip.conf"
  chmod 0700 "$1/builds"
  chmod -R u=rwX,go=rX "$settings"
  say "builds: packages come from where this machine gets its own; change that in $settings"
}

# Servers only: a directory of this machine is not there while something is built.
builds_pip_settings() {
  printf '[global]\n'
  if have pip3; then
    pip3 config list 2>/dev/null |
      sed -n "s/^global\.\(index-url\|extra-index-url\|trusted-host\)='\(.*\)'\$/\1 = \2/p" | grep -v 'file:' || true
  fi
}
