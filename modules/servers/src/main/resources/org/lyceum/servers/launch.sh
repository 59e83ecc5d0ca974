#!/bin/sh
# Takes up the variables that must not stand in the container's description, then becomes the server.
# The file is deleted by the platform once the server has answered.
set -eu
. /run/lyceum/env
exec "$@"
