# shellcheck shell=bash
# images: what people's servers are started from.

command_images() {
  local name
  case ${1:-list} in
    -h | --help)
      images_help
      ;;
    list)
      (($# <= 1)) || usage_error images "list takes nothing more"
      images_list
      ;;
    build)
      shift
      (($#)) || usage_error images "build needs a name, or all"
      [[ $1 != all ]] || set -- "${image_names[@]}"
      for name in "$@"; do image_known "$name"; done
      require_root
      packages_look_for_images
      firewall_choose_kind
      engine_ensure
      for name in "$@"; do image_ensure "$name"; done
      ;;
    *) unknown_option images "$1" ;;
  esac
}

packages_look_for_images() {
  packages_wanted=()
  package_for dockerd docker.io
  package_for docker "$(package_of_docker_client)"
  package_for iptables iptables
  package_for debootstrap debootstrap
  packages_install "${packages_wanted[@]}"
}

images_list() {
  local name ref
  for name in "${image_names[@]}"; do
    ref=$(image_ref "$name")
    if image_present "$ref"; then
      printf '%-14s %s  %s\n' "$name" "$ref" "$(image_size "$ref")"
    else
      printf '%-14s %s  not built\n' "$name" "$ref"
    fi
  done
}

images_help() {
  cat <<'TEXT'
Usage: lyceum images [list]
       lyceum images build NAME...|all

  scientific      JupyterLab 4 with the common scientific packages (Debian 13): the default
  singleuser-3    the oldest single-user server Lyceum works with (Debian 12), for tests
  jupyterhub      a real JupyterHub 5.2.1 (Debian 13) that Lyceum is compared with, for tests
  jupyterhub-lab  the same with JupyterLab, for benchmarks of starts

An image is named after its recipe in installer/images/NAME; a changed recipe is a new image. An
interrupted build goes on behind its last finished step. LYCEUM_IMAGE_REGISTRY names a registry
to pull from instead.

Exit codes: 0 done; 64 wrong usage; 69 a program is missing; 70 a step failed; 77 not root.
TEXT
}
