# Fetches one branch, tag or commit into a repository without files, for homes to take it from: no
# hook, filter or attribute of the repository's runs. In a container without rights; what it knows
# of the world is the repository's address, and its key or token. Says in fd 2 what failed.
if [ -f /mnt/environment ]; then set -a; . /mnt/environment; set +a; fi
if [ -s /mnt/ca.crt ]; then export GIT_SSL_CAINFO=/mnt/ca.crt; fi
export HOME=/tmp GIT_TERMINAL_PROMPT=0 GIT_CONFIG_NOSYSTEM=1 GIT_ALLOW_PROTOCOL=http:https:ssh
umask 022
cd /tmp
: >known_hosts
if [ -f /media/secrets/known_hosts ]; then cat /media/secrets/known_hosts >known_hosts; fi
strict=accept-new
if [ -s known_hosts ]; then strict=yes; fi
if [ -f /media/secrets/secret ]; then (umask 077 && cat /media/secrets/secret >secret); fi
export GIT_SSH_COMMAND="ssh -F /dev/null -i /tmp/secret -o IdentitiesOnly=yes -o BatchMode=yes \
-o ConnectTimeout=20 -o UserKnownHostsFile=/tmp/known_hosts -o StrictHostKeyChecking=$strict"
set -e
# One file for all that comes, however many objects: so the limit on a file's size is one on all.
ulimit -f "$((MAX_BYTES / 512))"
cd /media/out
rm -f repository/shallow.lock repository/refs/heads/wanted.lock repository/objects/pack/tmp_*
if [ ! -f repository/HEAD ]; then git init --quiet --bare repository; fi
cd repository
# Fetched in place of what was there: objects that nothing leads to any more go with it, in time.
git -c fetch.unpackLimit=1 -c gc.auto=0 -c maintenance.auto=false \
  fetch --depth "$DEPTH" --force --no-tags --no-write-fetch-head --quiet --update-shallow \
  -- "$REPOSITORY" "+${REFERENCE:-HEAD}:refs/heads/wanted"
git rev-parse 'refs/heads/wanted^{commit}' >/media/out/commit
cp /tmp/known_hosts /media/out/known_hosts
