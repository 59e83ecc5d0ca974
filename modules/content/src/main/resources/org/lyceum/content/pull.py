"""Takes what was fetched into a folder of somebody's home, and loses none of their changes.

Runs as the home's owner in a container that has the home and no network. The promise is
nbgitpuller's (https://nbgitpuller.readthedocs.io/en/latest/topic/automatic-merging.html):

- lines that the owner changed stay as they are; others are taken over;
- files that the owner has deleted come back;
- a file of the owner's that stands where a new one is to be is renamed, with the time in its name;
- a file that the owner has changed stays when it is deleted at the repository.

The folder is a repository of the owner's, so every setting in it is somebody's to choose. Nothing
is read that could run a program or lead elsewhere where that can be helped, and where it cannot,
what runs has the owner's rights and less than their server has.

Files are compared as trees: what was pulled last (base), what the owner has (ours), and what is new
(theirs). So it matters neither how much history there is nor whether it was rewritten.
"""

import os
import re
import stat
import subprocess
import sys
import time

REPOSITORY = os.environ["SOURCE"]
FOLDER = os.environ["FOLDER"]
BRANCH = os.environ["BRANCH"] or "main"
URL = os.environ["REPOSITORY"]
DEPTH = os.environ.get("DEPTH", "1")
STAMP = time.strftime("%Y%m%d%H%M%S")
WORK = os.environ.get("WORK", "/tmp/pull")
INDEX = os.path.join(WORK, "index")

# What was pulled last; nbgitpuller's own is the second.
PULLED = "refs/lyceum/pulled"
NEW = "refs/lyceum/new"
EMPTY = "4b825dc642cb6eb9a060e54bf8d69288fbee4904"  # of every repository: the tree without files

SAFE = [
    "-c", "core.hooksPath=/dev/null",
    "-c", "core.fsmonitor=false",
    "-c", "core.autocrlf=false",
    "-c", "core.excludesFile=/dev/null",
    "-c", "commit.gpgSign=false",
    "-c", "gc.auto=0",
    "-c", "maintenance.auto=false",
    "-c", "submodule.recurse=false",
    "-c", "fetch.unpackLimit=100000",
    "-c", "safe.directory=*",
    "-c", "user.name=Course files",
    "-c", "user.email=content@localhost",
]  # fmt: skip

ENVIRONMENT = {
    "PATH": os.environ.get("PATH", "/usr/bin:/bin"),
    "HOME": WORK,
    "LC_ALL": "C",
    "GIT_CONFIG_NOSYSTEM": "1",
    "GIT_TERMINAL_PROMPT": "0",
    "GIT_ALLOW_PROTOCOL": "file",
    "GIT_OPTIONAL_LOCKS": "0",
    "GIT_DIR": ".git",
    "GIT_WORK_TREE": ".",
}


class Failure(Exception):
    """Told to the owner as it is."""


def git(*arguments, index=INDEX, given=None, may_fail=False):
    """What Git says, as bytes; None where it fails and may."""
    environment = dict(ENVIRONMENT)
    if index:
        environment["GIT_INDEX_FILE"] = index
    done = subprocess.run(
        ["git", *SAFE, *arguments], env=environment, input=given or b"", capture_output=True
    )
    if done.returncode != 0:
        if may_fail:
            return None
        words = done.stderr.decode(errors="replace").strip().splitlines()
        raise Failure(f"git {arguments[0]}: {' '.join(words[-3:])[:300]}")
    return done.stdout


def line(*arguments, **how):
    answer = git(*arguments, **how)
    return None if answer is None else answer.decode().strip()


def paths(*arguments):
    return [path for path in git(*arguments).split(b"\0") if path]


def entries(tree):
    """Path to mode and object, of everything in a tree."""
    found = {}
    for entry in git("ls-tree", "-r", "-z", tree).split(b"\0"):
        if entry:
            about, path = entry.split(b"\t", 1)
            mode, kind, name = about.split(b" ")
            if kind == b"blob":
                found[path] = (mode.decode(), name.decode())
    return found


def main():
    os.makedirs(WORK, exist_ok=True)
    os.makedirs(FOLDER, exist_ok=True)
    os.chdir(FOLDER)
    fresh = not os.path.isdir(".git")
    if os.path.lexists(".git") and fresh:
        raise Failure("its .git is no folder; move it away")
    if fresh:
        git("init", "--quiet", "--template=", index=None)
        git("symbolic-ref", "HEAD", "refs/heads/" + BRANCH, index=None)
        git("config", "remote.origin.url", URL, index=None)
        git("config", "remote.origin.fetch", "+refs/heads/*:refs/remotes/origin/*", index=None)
    drop_old_locks()
    depth = [] if DEPTH == "0" else ["--depth", DEPTH]
    git("fetch", "--quiet", "--no-tags", "--no-write-fetch-head", "--update-shallow", *depth, "--",
        "file://" + REPOSITORY, "+refs/heads/wanted:" + NEW, index=None)  # fmt: skip
    theirs = line("rev-parse", NEW + "^{commit}")
    head = line("rev-parse", "--verify", "--quiet", "HEAD^{commit}", may_fail=True)
    base = base_of(head, theirs)
    counts = merge(head, base, theirs)
    git("update-ref", "-d", NEW)
    print("DONE " + " ".join(f"{name}={count}" for name, count in counts.items()))


def drop_old_locks():
    """Of programs that were killed; nobody works in an index for ten minutes."""
    for name in ("index.lock", "HEAD.lock", "shallow.lock", "config.lock"):
        path = os.path.join(".git", name)
        try:
            if time.time() - os.lstat(path).st_mtime > 600:
                os.unlink(path)
        except FileNotFoundError:
            pass


def base_of(head, theirs):
    """What the owner's files come from."""
    if head is None:
        return EMPTY
    for name in (PULLED, "refs/remotes/origin/" + BRANCH):
        there = line("rev-parse", "--verify", "--quiet", name + "^{commit}", may_fail=True)
        if there:
            return there
    return line("merge-base", head, theirs, may_fail=True) or EMPTY


def merge(head, base, theirs):
    if os.path.exists(INDEX):
        os.unlink(INDEX)
    git("read-tree", head or EMPTY)
    keep_what_is_staged(head)
    git("update-index", "-q", "--refresh", may_fail=True)
    before = stats_of(entries(head or EMPTY))
    changed = paths("diff-files", "--name-only", "-z", "--diff-filter=MT", "--ignore-submodules")
    gone = set(
        paths("diff-files", "--name-only", "-z", "--diff-filter=D", "--ignore-submodules")
    )
    if changed:
        git("update-index", "-z", "--stdin", given=b"\0".join(changed) + b"\0")
    ours = line("write-tree")
    result = three_ways(base, ours, theirs)
    git("read-tree", result)
    had, get = entries(ours), entries(result)
    written, renamed = write(had, get, gone, before)
    removed = remove(had, get, gone, before)
    record(head, ours, base, theirs, result)
    return {"changed": written, "renamed": renamed, "removed": removed, "kept": kept(get, theirs)}


def keep_what_is_staged(head):
    """What the owner has put into the index and nowhere else is kept under a name of its own."""
    staged = line("write-tree", index=None, may_fail=True)
    if staged and staged not in (EMPTY, line("rev-parse", (head or EMPTY) + "^{tree}")):
        parents = ["-p", head] if head else []
        commit = line("commit-tree", *parents, "-m", "What was staged", staged)
        git("update-ref", "refs/lyceum/staged-" + STAMP, commit)


def stats_of(files):
    return {path: stamp(path) for path in files}


def stamp(path):
    """What changes when somebody writes a file."""
    try:
        there = os.lstat(path)
    except (FileNotFoundError, NotADirectoryError):
        return None
    return (there.st_ino, there.st_mtime_ns, there.st_size, there.st_mode)


def three_ways(base, ours, theirs):
    """A tree of what both have done. What both have done differently is the owner's."""
    b, o, t = entries(base), entries(ours), entries(theirs)
    merged = {}
    for path in b.keys() | o.keys() | t.keys():
        from_base, own, new = b.get(path), o.get(path), t.get(path)
        if own is None:  # deleted, and committed so, or never there: it comes back
            choice = new
        elif new is None:  # deleted at the repository, or the owner's alone
            choice = None if own == from_base else own
        elif own == new or new == from_base:
            choice = own
        elif own == from_base:
            choice = new
        else:
            choice = lines(from_base, own, new)
        if choice is not None:
            merged[path] = choice
    feed = b"".join(
        f"{mode} {name}\t".encode() + path + b"\0"
        for path, (mode, name) in sorted(without_clashes(merged, t).items())
    )
    git("read-tree", "--empty")
    git("update-index", "-z", "--add", "--index-info", given=feed)
    return line("write-tree")


def without_clashes(merged, theirs):
    """A name cannot be a file's and a folder's: the repository's stands, the owner's is renamed."""
    folders = set()
    for path in merged:
        while b"/" in path:
            path = path.rsplit(b"/", 1)[0]
            folders.add(path)
    kept_files = {}
    for path, entry in merged.items():
        if path not in folders:
            kept_files[path] = entry
        elif path in theirs:  # the folder is the owner's: it makes way in the work tree, renamed
            kept_files = {p: e for p, e in kept_files.items() if not p.startswith(path + b"/")}
            kept_files[path] = entry
    taken = [path for path in kept_files if path in folders]
    return {
        path: entry
        for path, entry in kept_files.items()
        if not any(path.startswith(above + b"/") for above in taken)
    }


def lines(base, own, new):
    """The same file, changed on both sides: line by line, the owner's where they meet."""
    if not (own[0].startswith("100") and new[0].startswith("100")):
        return own
    names = []
    for number, entry in enumerate((own, base, new)):
        name = os.path.join(WORK, f"side{number}")
        with open(name, "wb") as out:
            if entry and entry[0].startswith("100"):
                out.write(git("cat-file", "blob", entry[1]))
        names.append(name)
    merged = git("merge-file", "-p", "-q", "--ours", *names, may_fail=True)
    if merged is None:  # not text
        return own
    return own[0], line("hash-object", "-w", "--no-filters", "--stdin", given=merged)


def write(had, get, gone, before):
    """Puts into the folder what is new or has come back."""
    wanted = [
        path
        for path, entry in get.items()
        if had.get(path) != entry or path in gone or before.get(path) is None
    ]
    renamed = 0
    ready = []
    for path in sorted(wanted):
        renamed += make_way(path, tracked=path in had)
        if path in had and path not in gone and stamp(path) != before.get(path):
            continue  # written this moment: merged the next time
        if path not in had and os.path.lexists(path) and same(path, get[path]):
            continue
        ready.append(path)
    if ready:
        git("checkout-index", "--force", "-z", "--stdin", given=b"\0".join(ready) + b"\0")
    return len(ready), renamed


def make_way(path, tracked):
    """Renames what stands where a file, or a folder above it, is to be."""
    parts = path.split(b"/")
    for depth in range(1, len(parts)):
        above = b"/".join(parts[:depth])
        if os.path.lexists(above) and not is_folder(above):
            rename(above)
            return 1
    if not os.path.lexists(path):
        return 0
    if is_folder(path) or (not tracked and not same_as_new(path)):
        rename(path)
        return 1
    return 0


def is_folder(path):
    return stat.S_ISDIR(os.lstat(path).st_mode)


def same_as_new(path):
    entry = git("ls-files", "-s", "-z", "--", b":(literal)" + path)
    found = re.match(rb"(\d+) ([0-9a-f]+) ", entry or b"")
    return bool(found) and same(path, (found[1].decode(), found[2].decode()))


def same(path, entry):
    there = os.lstat(path)
    if stat.S_ISLNK(there.st_mode):
        return entry[0] == "120000" and os.readlink(path) == git("cat-file", "blob", entry[1])
    if not stat.S_ISREG(there.st_mode) or entry[0] == "120000":
        return False
    return line("hash-object", "--", path) == entry[1]


def rename(path):
    """`task.ipynb` becomes `task_20260102030405.ipynb`, and counts on where that is taken."""
    folder, name = os.path.split(path)
    stem, ending = os.path.splitext(name)
    count = 0
    while True:
        more = f"_{count}" if count else ""
        other = os.path.join(folder, stem + f"_{STAMP}{more}".encode() + ending)
        if not os.path.lexists(other):
            os.rename(path, other)
            return
        count += 1


def remove(had, get, gone, before):
    """Deletes what was deleted at the repository and nobody has changed here."""
    count = 0
    for path in had.keys() - get.keys() - gone:
        if before.get(path) is None or stamp(path) != before[path] or is_folder(path):
            continue
        os.unlink(path)
        count += 1
        try:
            os.removedirs(os.path.dirname(path) or b".none")
        except OSError:
            pass  # something is in it, or it is not there
    return count


def record(head, ours, base, theirs, result):
    """Writes down what was pulled. Only after the files: what is killed before is done again."""
    head_tree = line("rev-parse", (head or EMPTY) + "^{tree}")
    if head == theirs and result == head_tree:
        commit = head
    elif head in (None, base) and result == line("rev-parse", theirs + "^{tree}"):
        commit = theirs
    elif result == head_tree and base == theirs:
        commit = head
    else:
        parents = ["-p", head] if head else []
        parents += ["-p", theirs] if theirs != base and theirs != head else []
        commit = line("commit-tree", *parents, "-m", "Pulled from " + BRANCH, result)
    if commit != head:
        git("update-ref", "HEAD", commit)
    git("update-ref", PULLED, theirs)
    git("update-ref", "refs/remotes/origin/" + BRANCH, theirs)
    git("read-tree", result)
    git("update-index", "-q", "--refresh", may_fail=True)
    os.replace(copied(INDEX), os.path.join(".git", "index"))


def copied(index):
    """Beside its place, which may be on another file system."""
    other = os.path.join(".git", "index.lyceum")
    with open(index, "rb") as there, open(other, "wb") as here:
        here.write(there.read())
    return other


def kept(get, theirs):
    """Files that differ from the repository's because the owner has changed them."""
    new = entries(theirs)
    return sum(1 for path, entry in get.items() if path in new and new[path] != entry)


try:
    main()
except Failure as failure:
    print("FAILED " + str(failure).replace("\n", " "))
    sys.exit(1)
except OSError as failure:
    print("FAILED " + f"{failure.strerror}: {failure.filename}".replace("\n", " ")[:300])
    sys.exit(1)
