# shellcheck shell=bash
# bench scale: a platform as full as a large institution's, beside a real JupyterHub with 1,000 users.

readonly bench_scale_times=3000 bench_peer_times=60 bench_scale_users=50000 bench_peer_users=1000
readonly bench_scale_few='hub/api/users?limit=200' bench_scale_one='hub/api/users/user00500'

# On the data directory of the benchmark, whose platform is stopped and started again.
bench_scale() { # java-home
  local port token before after few one walk
  port=$(platform_setting http port 8000)
  token=$(od -An -N16 -tx1 /dev/urandom | tr -d ' \n')
  platform_stop
  bench_start "$1" "$port"
  sleep "$bench_idle_seconds"
  before=$(bench_resident_kib "$(platform_pid)")
  platform_stop
  "$1/bin/java" --enable-native-access=ALL-UNNAMED -cp "$(build_class_path "$(build_app_dir)")" \
    "$installer_dir/bench/Fill.java" "$data_dir/lyceum.db" "$token"
  # The first start gives each new community what a community has; it is the next one that counts.
  bench_start "$1" "$port"
  sleep "$bench_idle_seconds"
  platform_stop
  bench_start "$1" "$port"
  say "bench: 50,000 people, 5,000 servers, 200 communities: start to first answer $(bench_age_millis "$platform_child") ms, on the processor $(bench_processor_millis "$platform_child") ms"
  sleep "$bench_idle_seconds"
  after=$(bench_resident_kib "$(platform_pid)")
  say "bench: resident memory when idle: $((after / 1024)) MiB; a community more costs $(((after - before) / 199)) KiB"
  few=$(bench_ask "$1" "http://127.0.0.1:$port/$bench_scale_few" "$token" "$bench_scale_times")
  one=$(bench_ask "$1" "http://127.0.0.1:$port/$bench_scale_one" "$token" "$bench_scale_times")
  walk=$(bench_ask "$1" "http://127.0.0.1:$port/$bench_scale_few" "$token" "$bench_scale_times" "$bench_scale_users")
  say "bench: Lyceum, 200 of 50,000 users: $(bench_millis "$few"), page after page: $(bench_millis "$walk"); one user: $(bench_millis "$one"); resident memory after that: $(($(bench_resident_kib "$(platform_pid)") / 1024)) MiB"
  platform_stop
  bench_peer "$1" "$token" "$few" "$walk" "$one"
}

bench_resident_kib() { awk '$1 == "VmRSS:" { print $2 }' "/proc/$1/status"; } # pid

bench_ask() { # java-home url token times [members]; prints the median in microseconds
  "$1/bin/java" -XX:TieredStopAtLevel=1 "$installer_dir/bench/Ask.java" "${@:2}"
}

bench_millis() { awk -v micros="$1" 'BEGIN { printf "%.1f ms", micros / 1000 }'; }

# Asked at its own door, without the proxy that people would reach it through.
bench_peer() { # java-home token few walk one
  local address n few walk one
  bench_peer_begin "$2" jupyterhub || return 0
  address=$bench_peer_host:8081
  for ((n = 0; n < bench_peer_users; n += 100)); do
    curl -fsS -o /dev/null -X POST -H "Authorization: token $2" --data \
      "{\"usernames\": [$(seq -f '"user%05.0f"' -s , $((n + 1)) $((n + 100)))]}" "$address/hub/api/users"
  done
  few=$(bench_ask "$1" "$address/$bench_scale_few" "$2" "$bench_peer_times")
  walk=$(bench_ask "$1" "$address/$bench_scale_few" "$2" "$bench_peer_times" "$bench_peer_users")
  one=$(bench_ask "$1" "$address/$bench_scale_one" "$2" "$bench_scale_times")
  say "bench: JupyterHub $(docker exec "$bench_peer_id" jupyterhub --version), 200 of 1,000 users: $(bench_millis "$few"), page after page: $(bench_millis "$walk"); one user: $(bench_millis "$one"); resident memory: $(($(bench_resident_kib "$(docker inspect --format '{{.State.Pid}}' "$bench_peer_id")") / 1024)) MiB and its proxy's"
  say "bench: JupyterHub takes $(bench_ratio "$few" "$3") times as long for the list, $(bench_ratio "$walk" "$4") times page after page, and $(bench_ratio "$one" "$5") times for one user"
  bench_peer_end
}

# A JupyterHub of its own in a container without limits; sets bench_peer_host.
bench_peer_begin() { # token image
  local config=$bench/jupyterhub
  image_present "$(image_ref "$2")" || { say "bench: no JupyterHub to compare with: the image $2 is missing; 'lyceum images build $2' makes it" && return 1; }
  mkdir -p "$config"
  bench_peer_config "$1" >"$config/jupyterhub_config.py"
  chmod -R a+rX "$config"
  bench_peer_id=$(docker run --detach --volume "$config:/srv/config:ro" --workdir /tmp --tmpfs /tmp:mode=1777 \
    "$(image_ref "$2")" jupyterhub --config /srv/config/jupyterhub_config.py)
  bench_peer_host=http://$(docker inspect --format '{{range .NetworkSettings.Networks}}{{.IPAddress}}{{end}}' "$bench_peer_id")
  bench_peer_await "$bench_peer_host:8081"
}

bench_ratio() { awk -v theirs="$1" -v ours="$2" 'BEGIN { printf "%.1f", theirs / ours }'; }

bench_peer_await() { # address
  local deadline=$((SECONDS + 60))
  until curl -fsS -o /dev/null --max-time 2 "$1/hub/health" 2>/dev/null; do
    ((SECONDS < deadline)) || { docker logs --tail 20 "$bench_peer_id" >&2 && fail "$EX_INTERNAL" "JupyterHub did not answer within 60 s"; }
    sleep 0.2
  done
}

bench_peer_end() {
  [[ -z ${bench_peer_id:-} ]] || docker rm --force "$bench_peer_id" >/dev/null
  bench_peer_id=''
}

bench_peer_config() { # token
  cat <<PYTHON
c = get_config()
c.JupyterHub.hub_ip = "0.0.0.0"
c.JupyterHub.db_url = "sqlite:////tmp/jupyterhub.sqlite"
c.JupyterHub.cookie_secret_file = "/tmp/cookie_secret"
c.JupyterHub.authenticator_class = "dummy"
c.Authenticator.allow_all = True
c.JupyterHub.spawner_class = "simple"
c.Spawner.start_timeout = 300
c.Spawner.http_timeout = 300
c.JupyterHub.services = [{"name": "bench", "api_token": "$1"}]
c.JupyterHub.load_roles = [{"name": "bench", "services": ["bench"], "scopes": ["admin:users", "admin:servers"]}]
PYTHON
}
