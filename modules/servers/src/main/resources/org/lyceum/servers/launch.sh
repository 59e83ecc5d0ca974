#!/bin/sh
# Takes up the variables that must not stand in the container's description, then becomes the server.
# The file is deleted by the platform once the server has answered.
set -eu
. /run/lyceum/env
if [ "${LYCEUM_RESCUE:-}" = 1 ]; then
  # Nothing in the home is read or written on the way up: no settings, no packages, no module of the
  # directory the server starts in, no program from ~/.local/bin. It shows the home's files all the same.
  home=$PWD
  export JUPYTERHUB_ROOT_DIR="$home" HOME=/tmp/rescue PYTHONNOUSERSITE=1 PYTHONSAFEPATH=1
  export PATH="${PATH#"$home/.local/bin:"}"
  unset JUPYTER_CONFIG_DIR JUPYTER_DATA_DIR IPYTHONDIR XDG_CONFIG_HOME XDG_DATA_HOME XDG_CACHE_HOME
  mkdir -p "$HOME"
  cd "$HOME"
  exec "$@"
fi
# Folders lie outside the home and are linked to from it. All of this runs as the home's owner, so
# whatever they put in the way leads nowhere that they could not go themselves; it stays.
for name in shared shared-readwrite scratch groups; do
  if [ -L "$name" ] && [ ! -e "$name" ]; then
    case $(readlink "$name") in
      /scratch | /folders/*) rm -f "$name" || : ;; # one that this person had once
    esac
  fi
done
for folder in ${LYCEUM_FOLDERS:-}; do
  name=${folder##*/}
  [ -e "$name" ] || [ -L "$name" ] || ln -s "$folder" "$name" || :
done
exec "$@"
