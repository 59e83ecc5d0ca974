# shellcheck shell=bash
# Environment images, made here from Debian's packages, or pulled where a registry is configured.
#
# A recipe is a directory images/NAME: `release` (which Debian), numbered step scripts that run as
# root in the growing image, and `image.conf` (the image's settings). Every finished step is kept as
# an image named after everything it was made from, so a second run, also one after an interruption,
# goes on behind the last finished step. The steps run with `docker run` and `docker commit` rather
# than from a Dockerfile, because only then can they see this machine's mirror, proxy and downloaded
# packages without a trace of them in the image or its history.

readonly image_names=(scientific singleuser-3 jupyterhub jupyterhub-lab)
readonly image_names_for_tests=(scientific singleuser-3 jupyterhub)
readonly image_cache=$cache_dir image_lock=$run_dir/images.lock

image_ref() { printf 'lyceum/%s:%s' "$1" "$(image_hash "$1")"; } # name

# Twelve hexadecimal digits that change with every byte of the recipe.
image_hash() { # name
  image_known "$1"
  (cd "$installer_dir/images" && find base check.py "$1" -type f | LC_ALL=C sort | xargs sha256sum) |
    sha256sum | cut -c1-12
}

image_known() { # name
  [[ " ${image_names[*]} " == *" $1 "* ]] || fail "$EX_USAGE" "no image '$1'; there are: ${image_names[*]}"
}

# Whether all these images are there; false as well while no engine answers.
image_all_present() { # name...
  local name
  for name in "$@"; do
    image_present "$(image_ref "$name")" || return 1
  done
}

image_present() { docker image inspect "$1" >/dev/null 2>&1; } # reference

image_ensure() { # name
  local ref
  ref=$(image_ref "$1")
  if image_present "$ref"; then
    say "image $1: present ($ref)"
  else
    mkdir -p "$(dirname "$image_lock")" "$image_cache/log"
    # The lock is the machine's: two data directories share images and the package cache.
    (
      flock 8
      if image_present "$ref" || image_pull "$1" "$ref"; then exit 0; fi
      image_build "$1" "$ref"
    ) 8>"$image_lock"
  fi
}

image_pull() { # name reference
  [[ -n ${LYCEUM_IMAGE_REGISTRY:-} ]] || return 1
  local remote="${LYCEUM_IMAGE_REGISTRY%/}/$1:${2##*:}"
  progress "image $1: pulling $remote"
  if docker pull --quiet "$remote" >/dev/null && docker tag "$remote" "$2"; then
    return 0
  fi
  warn "image $1: the registry did not give it; building it here instead"
  return 1
}

image_build() { # name reference
  local name=$1 ref=$2 began=$SECONDS release steps total n=1 step chain parent
  image_log=$image_cache/log/$name.log
  release=$(<"$installer_dir/images/$name/release")
  steps=("$installer_dir/images/$name"/[0-9]*.sh)
  total=$((${#steps[@]} + 2))
  : >"$image_log"
  say "image $name: building from Debian $release; details in $image_log"

  chain=$(cd "$installer_dir/images" && sha256sum base/* | sha256sum)
  parent=lyceum/build:base-$release-${chain:0:12}
  image_step "$name" $n $total "Debian $release" "$parent" image_make_base "$release" "$parent"
  mirror_settings "$release" "$(image_workspace "$release")"
  for step in "${steps[@]}"; do
    n=$((n + 1))
    chain=$( (printf '%s' "$chain" && image_step_inputs "$step") | sha256sum)
    image_step "$name" $n $total "$(image_step_title "$step")" "lyceum/build:$name-$n-${chain:0:12}" \
      image_run_step "$name" "$release" "$step" "$parent" "lyceum/build:$name-$n-${chain:0:12}"
    parent=lyceum/build:$name-$n-${chain:0:12}
  done
  image_step "$name" $total $total "settings, and a start as people will start it" "$ref" \
    image_finish "$name" "$parent" "$ref"
  image_forget_others "$name" "${parent%-*}-${chain:0:12}"
  rm -rf "$(image_workspace "$release")/archives"
  progress "image $name: ready after $((SECONDS - began)) s ($ref, $(image_size "$ref"))"
}

# "20-science.sh" starts with a comment line that says what it does: that is its title.
image_step_title() { sed -n 's/^# //p;' "$1" | head -n 1; }

# A step and the files of the recipe that it installs from /media.
image_step_inputs() { # step
  cat "$1"
  (grep -o '/media/[A-Za-z0-9_./-]*' "$1" || true) | sed "s|^/media|$installer_dir/images|" | xargs -r cat
}

image_step() { # name number total title result command...
  local name=$1 label="step $2 of $3: $4" result=$5 began=$SECONDS
  shift 5
  if image_present "$result"; then
    progress "image $name: $label: done before"
    return
  fi
  progress "image $name: $label"
  printf '== %s\n' "$label" >>"$image_log"
  # Not as a condition: bash would ignore `set -e` in everything that the step calls.
  local code=0
  set +e
  (
    set -e
    "$@"
  ) </dev/null >>"$image_log" 2>&1
  code=$?
  set -e
  if ((code)); then
    tail -n 12 "$image_log" | sed 's/^/  | /' >&2
    fail "$EX_INTERNAL" "image $name: $label failed after $((SECONDS - began)) s; the log is $image_log" \
      "what is done is kept; to go on from here: $installer_dir/lyceum images build $name"
  fi
}

image_workspace() { printf '%s/apt/%s' "$image_cache" "$1"; } # release

image_make_base() { # release result
  local root=$image_cache/debootstrap/$1
  have debootstrap || fail "$EX_MISSING" "debootstrap is missing: apt-get install debootstrap"
  rm -rf "$root"
  mkdir -p "$root" "$image_cache/debs/$1"
  debootstrap --variant=minbase --cache-dir="$image_cache/debs/$1" \
    --include=ca-certificates "$1" "$root" "$(mirror_debian)"
  printf '# Name the Debian mirror you use before you install packages on top of this image.\n' \
    >"$root/etc/apt/sources.list"
  install -m 0644 "$installer_dir/images/base/dpkg-slim.cfg" "$root/etc/dpkg/dpkg.cfg.d/slim"
  install -m 0755 "$installer_dir/images/base/policy-rc.d" "$root/usr/sbin/policy-rc.d"
  rm -rf "$root"/var/cache/apt/* "$root"/var/lib/apt/lists/* "$root"/var/log/* "$root"/var/cache/ldconfig/*
  rm -rf "$root"/usr/share/{man,info}/* "$root"/usr/share/locale/[a-z]*
  find "$root/usr/share/doc" -type f ! -name copyright -delete
  : >"$root/etc/resolv.conf"
  tar -C "$root" --numeric-owner --one-file-system -c . | docker import - "$2"
  rm -rf "$root" "$image_cache/debs/$1"
}

image_run_step() { # name release script parent result
  local container=lyceum-build-$1
  cp "$3" "$(image_workspace "$2")/step.sh"
  docker rm -f "$container" >/dev/null 2>&1 || true
  # shellcheck disable=SC2064 # the name must be filled in now: the variable is gone at exit
  trap "docker rm -f $container >/dev/null 2>&1 || true" EXIT
  docker run --name "$container" --network host \
    -v "$(image_workspace "$2"):/mnt" -v "$installer_dir/images:/media:ro" "$4" \
    env APT_CONFIG=/mnt/apt.conf DEBIAN_FRONTEND=noninteractive LC_ALL=C.UTF-8 sh -eux /mnt/step.sh
  docker commit --change 'CMD ["/bin/bash"]' --message "$(image_step_title "$3")" "$container" "$5"
}

# The last layer: the image's settings. It gets its name only after it has started once.
image_finish() { # name parent result
  local container=lyceum-build-$1 changes=() line
  while IFS= read -r line; do
    [[ -z $line || $line == \#* ]] || changes+=(--change "$line")
  done <"$installer_dir/images/$1/image.conf"
  docker rm -f "$container" >/dev/null 2>&1 || true
  # shellcheck disable=SC2064 # the name must be filled in now: the variable is gone at exit
  trap "docker rm -f $container >/dev/null 2>&1 || true" EXIT
  docker create --name "$container" "$2" true
  docker commit "${changes[@]}" --change "LABEL org.lyceum.recipe=${3##*:}" \
    --message "settings of $1" "$container" "lyceum/build:$1-candidate"
  image_check "lyceum/build:$1-candidate"
  docker tag "lyceum/build:$1-candidate" "$3"
  docker rmi "lyceum/build:$1-candidate"
}

# Starts a real single-user server beside a stand-in hub, as hardened as the platform starts it.
image_check() { # reference
  docker run --rm --network none --read-only --cap-drop ALL --security-opt no-new-privileges \
    --init --pids-limit 512 --memory 2g --memory-swap 2g --user 1000:1000 \
    --tmpfs /tmp:size=256m,mode=1777 --tmpfs /home/jovyan:size=64m,uid=1000,gid=1000,mode=0700 \
    -v "$installer_dir/images/check.py:/mnt/check.py:ro" "$1" python3 -B /mnt/check.py
}

# Finished steps of older recipes are of no more use; the layers of the current one stay.
image_forget_others() { # name newest-step
  local tag keep
  keep=$(docker history --quiet --no-trunc "$2" | grep -v missing || true)
  for tag in $(docker images --format '{{.Repository}}:{{.Tag}}' "lyceum/build" | grep -F ":$1-" || true); do
    grep -F "$(docker image inspect --format '{{.Id}}' "$tag")" <<<"$keep" >/dev/null || docker rmi "$tag" >/dev/null || true
  done
}

image_size() { # reference
  docker image inspect --format '{{.Size}}' "$1" | numfmt --to=iec --suffix=B
}
