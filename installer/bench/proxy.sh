#!/usr/bin/env bash
# Compares our proxy with nginx and configurable-http-proxy, side by side in one run.
#
#   installer/bench/proxy.sh [--quick]
#
# One loop, worker or thread each on core 0; load and backend on core 1. Rounds go back and forth
# through the three, so that a drift of the machine hits all alike. Takes 4 minutes at most, 90
# seconds with --quick. Loopback only; leaves nothing behind. Wants 2 cores, Maven, a JDK 25, npm,
# and the Debian packages nginx-light and wrk.
set -euo pipefail

rounds=6 seconds=7 warm_slices=12 connections=32
if [[ "${1:-}" == --quick ]]; then
    rounds=2 seconds=4 warm_slices=7
elif [[ $# -gt 0 ]]; then
    sed -n '2,9p' "$0"
    exit 64
fi
chp_version=5.3.0

cd "$(dirname "$0")/../.."
for tool in nginx wrk npm node mvn taskset curl; do
    command -v "$tool" >/dev/null || { echo "proxy.sh: $tool is missing" >&2; exit 69; }
done
[[ $(nproc) -ge 2 ]] || { echo "proxy.sh: wants 2 cores" >&2; exit 69; }
java=
for candidate in "${JAVA_HOME:-/nowhere}"/bin/java /usr/lib/jvm/*25*/bin/java; do
    "$candidate" -version 2>&1 | grep -q '"25' && { java=$candidate; break; }
done
[[ -n "$java" ]] || { echo "proxy.sh: no JDK 25 found" >&2; exit 69; }

work=$(mktemp -d)
started=()
finish() {
    for pid in "${started[@]}"; do
        kill "$pid" 2>/dev/null && wait "$pid" 2>/dev/null || true
    done
    rm -rf "$work"
}
trap finish EXIT

free_port() { # A port nobody listens on, from below the range the kernel hands out by itself.
    local port
    for port in $(shuf -i 20000-30000 -n 50); do
        (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null || { echo "$port"; return; }
    done
    return 1
}

wait_for() { # url; 20 seconds, since a JVM that is pinned to a busy core starts slowly
    for _ in $(seq 200); do
        curl --silent --fail --output "$work/seen" "$1" && cmp -s "$work/seen" "$work/www/user/alice/1k" && return
        sleep 0.1
    done
    echo "proxy.sh: $1 does not answer" >&2
    return 1
}

echo "building ..."
mvn -q -pl modules/proxy -am test-compile dependency:build-classpath -Dmdep.outputFile=target/bench.classpath >"$work/build" 2>&1 \
    || mvn -q -o -pl modules/proxy -am test-compile dependency:build-classpath -Dmdep.outputFile=target/bench.classpath \
    || { cat "$work/build" >&2; exit 70; }
npm install --silent --no-audit --no-fund --prefix "$work/chp" "configurable-http-proxy@$chp_version" >"$work/npm" 2>&1 \
    || { cat "$work/npm" >&2; exit 70; }

mkdir -p "$work/www/user/alice"
head -c 768 /dev/zero | base64 -w 0 >"$work/www/user/alice/1k" # 1024 octets
nginx_conf() { # name, http block
    cat >"$work/$1.conf" <<EOF
worker_processes 1;
daemon off;
master_process off;
pid $work/$1.pid;
error_log $work/$1.log;
events { worker_connections 1024; }
http {
    access_log off;
    keepalive_requests 1000000000;
    client_body_temp_path $work/$1-body;
    proxy_temp_path $work/$1-proxy;
    fastcgi_temp_path $work/$1-fastcgi;
    uwsgi_temp_path $work/$1-uwsgi;
    scgi_temp_path $work/$1-scgi;
    $2
}
EOF
}
backend=$(free_port)
nginx_conf backend "open_file_cache max=10; sendfile on; tcp_nopush on;
    server { listen 127.0.0.1:$backend; root $work/www; }"
taskset -c 1 nginx -c "$work/backend.conf" 2>/dev/null &
started+=($!)

declare -A port pid
for name in nginx lyceum chp; do
    port[$name]=$(free_port)
done
nginx_conf nginx "upstream alice { server 127.0.0.1:$backend; keepalive 64; keepalive_requests 1000000000; }
    server {
        listen 127.0.0.1:${port[nginx]};
        location /user/alice/ {
            proxy_pass http://alice;
            proxy_http_version 1.1;
            proxy_set_header Connection \"\";
            proxy_set_header Host \$http_host;
            proxy_set_header X-Forwarded-For \$remote_addr;
            proxy_set_header X-Forwarded-Proto \$scheme;
            proxy_set_header X-Forwarded-Host \$http_host;
            proxy_set_header X-Forwarded-Port \$server_port;
            proxy_buffering off;
        }
    }"
taskset -c 0 nginx -c "$work/nginx.conf" 2>/dev/null &
pid[nginx]=$!
taskset -c 0 "$java" -Xms64m -Xmx256m -XX:+UseSerialGC -XX:+UseCompactObjectHeaders \
    --enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow \
    -cp "modules/proxy/target/test-classes:modules/proxy/target/classes:$(cat modules/proxy/target/bench.classpath)" \
    org.lyceum.proxy.BenchProxy "${port[lyceum]}" "$backend" >"$work/lyceum.log" 2>&1 &
pid[lyceum]=$!
taskset -c 0 node "$work/chp/node_modules/.bin/configurable-http-proxy" --log-level error \
    --ip 127.0.0.1 --port "${port[chp]}" --api-ip 127.0.0.1 --api-port "$(free_port)" \
    --default-target "http://127.0.0.1:$backend" >"$work/chp.log" 2>&1 &
pid[chp]=$!
started+=("${pid[@]}")

url() { echo "http://127.0.0.1:${port[$1]}/user/alice/1k"; }
cpu_ticks() { awk '{ print $14 + $15 }' "/proc/${pid[$1]}/stat"; }
hertz=$(getconf CLK_TCK)
load() { taskset -c 1 wrk -t 1 -c "$connections" -d "$2s" --latency "$(url "$1")"; }
measure() { # name; one line: name rps p50 p99 (ms) cpu-us-per-request rss-MiB errors
    local before after
    before=$(cpu_ticks "$1")
    load "$1" "$seconds" >"$work/wrk"
    after=$(cpu_ticks "$1")
    awk -v name="$1" -v ticks=$((after - before)) -v hertz="$hertz" \
        -v rss="$(awk '/VmRSS/ { print $2 }' "/proc/${pid[$1]}/status")" '
        function ms(t) { return t ~ /us$/ ? t / 1000 : t ~ /ms$/ ? t + 0 : t * 1000 }
        $1 == "50%" { p50 = ms($2) }
        $1 == "99%" { p99 = ms($2) }
        / requests in / { n = $1 }
        /^Requests\/sec/ { rps = $2 }
        /Non-2xx/ { bad += $NF }
        /Socket errors/ { gsub(",", ""); bad += $4 + $6 + $8 + $10 }
        END { printf "%s %.0f %.2f %.2f %.1f %.0f %d\n", name, rps, p50, p99, ticks / hertz * 1e6 / n, rss / 1024, bad }
    ' "$work/wrk" | tee -a "$work/results"
}

for name in nginx lyceum chp; do
    wait_for "$(url $name)" || { cat "$work/$name.log" >&2; exit 70; }
done
cat "$work/lyceum.log"
echo "warming up ..."
# In slices of 5 s, until one costs about what the one before it did: a JVM compiles while it runs.
previous=0
for ((slice = 1; slice <= warm_slices; slice++)); do
    before=$(cpu_ticks lyceum)
    load lyceum 5 >"$work/wrk"
    cost=$(awk -v ticks=$(($(cpu_ticks lyceum) - before)) '/ requests in / { printf "%d", ticks * 1e8 / $1 }' "$work/wrk")
    ((slice > 3 && cost * 100 > previous * 95)) && break
    previous=$cost
done
load chp 4 >/dev/null
load nginx 1 >/dev/null
echo "$rounds rounds of $seconds s, $connections connections, 1 KiB:"
for ((round = 1; round <= rounds; round++)); do
    order=(nginx lyceum chp)
    ((round % 2)) || order=(chp lyceum nginx)
    for name in "${order[@]}"; do
        measure "$name"
    done
done

awk '
    function sorted(key, count,   i, j, t) {
        for (i = 1; i <= count; i++) s[i] = v[key, i]
        for (i = 2; i <= count; i++) for (j = i; j > 1 && s[j - 1] > s[j]; j--) { t = s[j]; s[j] = s[j - 1]; s[j - 1] = t }
    }
    function middle(count) { return count % 2 ? s[(count + 1) / 2] : (s[count / 2] + s[count / 2 + 1]) / 2 }
    { n[$1]++; for (c = 2; c <= 6; c++) v[$1 c, n[$1]] = $c; bad[$1] += $7 }
    END {
        split("nginx lyceum chp", names, " ")
        print "\n| proxy | requests/s: min | median | max | to nginx | p50 ms | p99 ms | CPU us/request | to nginx | RSS MiB | errors |"
        print "|---|---|---|---|---|---|---|---|---|---|---|"
        for (i = 1; i <= 3; i++) {
            name = names[i]; count = n[name]
            for (c = 2; c <= 6; c++) { sorted(name c, count); m[c] = middle(count); if (c == 2) { low = s[1]; high = s[count] } }
            if (name == "nginx") { base = m[2]; cpu = m[5] }
            printf "| %s | %d | %d | %d | %.2f | %.2f | %.2f | %.1f | %.2f | %d | %d |\n", \
                name, low, m[2], high, m[2] / base, m[3], m[4], m[5], m[5] / cpu, m[6], bad[name]
        }
        for (i = 1; i <= n["nginx"]; i++) v["ratio", i] = v["lyceum" 2, i] / v["nginx" 2, i]
        sorted("ratio", n["nginx"])
        printf "\nlyceum/nginx requests/s, round by round: min %.2f, median %.2f, max %.2f\n", s[1], middle(n["nginx"]), s[n["nginx"]]
    }' "$work/results"
