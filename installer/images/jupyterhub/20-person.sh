# the person's account, a course to pull, compiled modules
useradd --uid 1000 --user-group --create-home --shell /bin/bash --comment '' jovyan
rm -rf /home/jovyan && install -d -o 1000 -g 1000 -m 0700 /home/jovyan
# A repository with one notebook's worth of text, for nbgitpuller links without a network.
git init -q --initial-branch=main /srv/course
echo 'read me first' >/srv/course/start.txt
git -C /srv/course add start.txt
git -C /srv/course -c user.name=Teacher -c user.email=teacher@example.org commit -q -m 'the first lesson'
chown -R 1000:1000 /srv/course
find / -xdev -perm /6000 -type f -exec chmod a-s {} +
python3 -m compileall -q -j 0 /usr/lib/python3/dist-packages /usr/lib/python3.* || true
rm -rf /var/log/* /tmp/* /root/.cache
