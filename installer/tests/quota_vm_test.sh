#!/usr/bin/env bash
# Limits by project quotas of ext4 and XFS, which need a kernel that has them: the distribution's, in
# a virtual machine without a disk. Everything it needs is packed into its initial file system: a
# static busybox, a few tools with their libraries, a small Java, and the classes of the same
# contract that the build runs in containers on this machine's own kernel.
set -uo pipefail

tests_dir=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
repository=$(dirname "$(dirname "$tests_dir")")
cache=${LYCEUM_CACHE_DIR:-/var/cache/lyceum}/machine
readonly tests_dir repository cache
# Emulated, as most build machines have no virtualisation of their own; measured: 3 minutes.
readonly machine_seconds=900 machine_mib=3000
readonly kinds=(EXT4 XFS IMAGES)
readonly tools=(mkfs.ext4 mkfs.xfs dumpe2fs resize2fs xfs_growfs setpriv /usr/bin/df)
# In the order in which they need each other.
readonly modules=(crypto/crc32c_generic lib/crc16 lib/libcrc32c fs/mbcache fs/jbd2/jbd2 fs/ext4/ext4
  fs/xfs/xfs fs/quota/quota_tree fs/quota/quota_v2 drivers/block/loop)

main() {
  work=$(mktemp -d "${TMPDIR:-/tmp}/lyceum-machine.XXXXXX")
  trap 'rm -rf "$work"' EXIT
  missing=$(machine_missing)
  if [[ -n $missing ]]; then
    echo "not ok 1 - limits by project quotas hold in a virtual machine"
    echo "# missing: $missing"
    exit 1
  fi
  if ! { machine_kernel && machine_classes && machine_root; } >"$work/log" 2>&1; then
    echo "not ok 1 - the virtual machine can be made"
    tail -n 20 "$work/log" | sed 's/^/# /'
    exit 1
  fi
  machine_run
}

machine_missing() {
  local tool
  for tool in qemu-system-x86_64 busybox cpio mvn "${tools[@]}"; do
    command -v "$tool" >/dev/null || printf '%s ' "$tool"
  done
}

# The newest kernel of the distribution; unpacked, never installed. Kept for the next run.
machine_kernel() {
  local package
  package=$(apt-cache depends linux-image-amd64 | sed -n 's/.*Depends: \(linux-image-[0-9].*\)/\1/p' | head -n 1)
  [[ -n $package ]] || { echo "apt knows no linux-image-amd64"; return 1; }
  kernel=$cache/$package
  if [[ ! -f $kernel/complete ]]; then
    rm -rf "$kernel" && mkdir -p "$kernel/deb" || return
    (cd "$kernel/deb" && apt-get -q download "$package") || return
    dpkg-deb -x "$kernel"/deb/*.deb "$kernel" || return
    rm -rf "$kernel/deb"
    : >"$kernel/complete"
  fi
  kernel_image=$(find "$kernel/boot" -name 'vmlinuz-*')
  kernel_modules=$(find "$kernel" -type d -path '*/modules/*/kernel' | head -n 1)
}

# Compiled by the stage before this one, as a rule.
machine_classes() {
  local module=$repository/modules/storage
  if [[ ! -f $module/target/test-classes/org/lyceum/storage/keeper/QuotaInMachine.class ]]; then
    (cd "$repository" && mvn -B -ntp -q -Dweb.skip -DskipTests -pl modules/storage -am test-compile) || return
  fi
}

machine_root() {
  local java root=$work/root jar tool
  java=$(machine_java) || return
  mkdir -p "$root"/{bin,sbin,proc,sys,dev,tmp,pools,etc,classes,modules} || return
  cp "$(command -v busybox)" "$root/bin/busybox" || return
  for tool in "${tools[@]}"; do machine_copy "$(command -v "$tool")" || return; done
  "$java/bin/jlink" --add-modules java.base,java.logging,java.xml,java.management,jdk.unsupported \
    --strip-debug --no-header-files --no-man-pages --output "$root/java" || return
  while IFS= read -r tool; do machine_libraries "$tool" || return; done < <(find "$root/java" -name '*.so' -o -path '*/bin/java')
  for jar in "$repository"/{platform/{kernel,config,app,linux,jobs,db,schema,testing,docker},modules/{audit,identity,community,storage}}/target/classes \
    "$repository"/modules/storage/target/test-classes; do
    [[ -d $jar ]] && cp -r "$jar/." "$root/classes/"
  done
  # Only these of the libraries are needed by the contract.
  for jar in assertj-core/3* jspecify/1* junit-jupiter-api/5* opentest4j/1* slf4j-api/2* apiguardian-api/1* byte-buddy/1*; do
    find "${HOME:-/root}/.m2/repository" -path "*/$jar/*.jar" ! -name '*sources*' | sort | tail -n 1
  done | while IFS= read -r jar; do cp "$jar" "$root/classes/"; done
  for tool in "${modules[@]}"; do cp "$kernel_modules/$tool.ko" "$root/modules/" || return; done
  printf 'root:x:0:0::/:/bin/sh\njovyan:x:1000:1000::/:/bin/sh\n' >"$root/etc/passwd"
  printf 'root:x:0:\njovyan:x:1000:\n' >"$root/etc/group"
  machine_init >"$root/init"
  chmod +x "$root/init"
  (cd "$root" && find . | cpio --quiet -o -H newc | gzip -1) >"$work/initrd.gz"
}

machine_java() {
  local home
  for home in "${JAVA_HOME:-}" /usr/lib/jvm/*; do
    [[ -x $home/bin/jlink ]] && grep -q '^JAVA_VERSION="25' "$home/release" && { echo "$home"; return; }
  done
  return 1
}

machine_copy() { # program
  mkdir -p "$work/root$(dirname "$1")"
  cp -L "$1" "$work/root$1" && machine_libraries "$1"
}

machine_libraries() { # program
  local library
  for library in $(ldd "$1" 2>/dev/null | grep -o '/[^ ]*'); do
    [[ -f $library && ! -f $work/root$library ]] || continue
    mkdir -p "$work/root$(dirname "$library")"
    cp -L "$library" "$work/root$library" || return
  done
}

# The machine's first process: mounts what is needed, runs the contract, switches the machine off.
machine_init() {
  cat <<INIT
#!/bin/busybox sh
/bin/busybox --install -s /bin
export PATH=/usr/sbin:/sbin:/usr/bin:/bin LC_ALL=C
mount -t proc proc /proc && mount -t sysfs sysfs /sys && mount -t devtmpfs dev /dev
mount -t tmpfs -o mode=0755,size=2600m pools /pools && mount -t tmpfs tmp /tmp && chmod 1777 /tmp
for module in ${modules[*]##*/}; do insmod /modules/\$module.ko || echo "# no module \$module"; done
/java/bin/java --enable-native-access=ALL-UNNAMED -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -Xmx256m \\
  -cp '/classes:/classes/*' org.lyceum.storage.keeper.QuotaInMachine ${kinds[*]}
echo "# ended with \$?"
poweroff -f
INIT
}

machine_run() {
  timeout --kill-after=10 "$machine_seconds" qemu-system-x86_64 -accel tcg,thread=multi -cpu max -smp 2 \
    -m "$machine_mib" -nographic -no-reboot -nic none -kernel "$kernel_image" -initrd "$work/initrd.gz" \
    -append 'console=ttyS0 quiet panic=1 rdinit=/init' </dev/null 2>&1 | tr -d '\r' | tee "$work/said"
  if ! grep -q '^1\.\.[1-9]' "$work/said"; then
    echo "not ok 999 - the virtual machine ran every test"
    exit 1
  fi
  if grep -q '^not ok' "$work/said"; then exit 1; fi
}

main
