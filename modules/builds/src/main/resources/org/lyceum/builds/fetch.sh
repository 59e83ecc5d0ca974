# Fetches one commit of a repository and hands it over as an archive, without ever checking it out:
# no hook, filter or attribute of the repository's runs. In a container without rights and disk of
# its own; /tmp is memory, and its size is the limit. Says in fd 2 what failed.
if [ -f /mnt/environment ]; then set -a; . /mnt/environment; set +a; fi
if [ -s /mnt/ca.crt ]; then export GIT_SSL_CAINFO=/mnt/ca.crt; fi
export HOME=/tmp GIT_TERMINAL_PROMPT=0 GIT_CONFIG_NOSYSTEM=1 GIT_ALLOW_PROTOCOL=http:https:ssh
umask 000
cd /tmp
: >known_hosts
if [ -f /media/known_hosts ]; then cat /media/known_hosts >known_hosts; fi
strict=accept-new
if [ -s known_hosts ]; then strict=yes; fi
if [ -f /media/secret ]; then
  (umask 077 && cat /media/secret >secret)
  printf '#!/bin/sh\ncase $1 in User*) echo oauth2 ;; *) cat /tmp/secret ;; esac\n' >answer
  chmod 700 answer
  export GIT_ASKPASS=/tmp/answer
fi
export GIT_SSH_COMMAND="ssh -F /dev/null -i /tmp/secret -o IdentitiesOnly=yes -o BatchMode=yes \
-o ConnectTimeout=20 -o UserKnownHostsFile=/tmp/known_hosts -o StrictHostKeyChecking=$strict"
git init --quiet --bare repository
cd repository
printf '* -export-ignore -export-subst\n' >info/attributes
git fetch --depth 1 --no-tags --no-write-fetch-head --quiet -- "$REPOSITORY" "+${REFERENCE:-HEAD}:refs/heads/wanted"
commit=$(git rev-parse 'refs/heads/wanted^{commit}')
git rev-parse "$commit^{tree}" >/media/out/tree
echo "commit $commit: $(git log -1 --format=%s "$commit" | head -c 200)"

place=
for folder in binder .binder; do
  if [ "$(git cat-file -t "$commit:$folder" 2>/dev/null)" = tree ]; then
    place=$folder/
    break
  fi
done
printf '%s' "$place" >/media/out/place
mkdir /media/out/files
for name in $NAMES; do
  if [ "$(git cat-file -t "$commit:$place$name" 2>/dev/null)" = blob ]; then
    git cat-file blob "$commit:$place$name" | head -c "$MAX_FILE_BYTES" >"/media/out/files/$name"
  fi
done
git archive --format=tar "$commit" | head -c "$MAX_ARCHIVE_BYTES" >/media/out/source.tar
if [ "$(stat -c %s /media/out/source.tar)" -ge "$MAX_ARCHIVE_BYTES" ]; then
  echo "LYCEUM-UNMET The repository holds more than $((MAX_ARCHIVE_BYTES / 1048576)) MiB of files"
  exit 1
fi
cp /tmp/known_hosts /media/out/known_hosts
echo "$commit" >/media/out/commit
