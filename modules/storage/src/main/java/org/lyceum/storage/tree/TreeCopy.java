package org.lyceum.storage.tree;

import org.jspecify.annotations.Nullable;
import org.lyceum.platform.linux.Directory;
import org.lyceum.platform.linux.Entries;
import org.lyceum.platform.linux.FileName;
import org.lyceum.platform.linux.FileStat;
import org.lyceum.platform.linux.KernelException;
import org.lyceum.platform.linux.NodeStat;
import org.lyceum.platform.linux.Nodes;
import org.lyceum.platform.linux.OpenFile;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;

/**
 * Makes a folder's tree again: what is unchanged since the snapshot before is one more name of that
 * snapshot's file, all else is shared or copied. The folder is in use meanwhile; what vanishes
 * under our hands is left out. Pipes, sockets and devices are left out too, they are nothing
 * without their program. Memory is bounded: what is remembered lies in a directory.
 */
final class TreeCopy {

    /**
     * What lies deeper is left out; people's own trees have twenty levels. Four descriptors each.
     */
    static final int DEEPEST = 200;

    /** Noted at a file: when the one it was made from had changed last. */
    static final String CHANGED = "changed";

    /** A file that somebody writes to all the time is taken as it is after so many tries. */
    private static final int TRIES = 3;

    private static final int SEALED = 0700;

    private final Way way;
    private final Directory names;
    private final Instant begun;
    private final Pace pace = new Pace();
    private long room;
    private long held;
    private int depth;

    /**
     * @param names an empty directory on the same file system, for files that have several
     * @param begun by the file system's own clock
     * @param room bytes that may be copied
     */
    TreeCopy(Way way, Directory names, Instant begun, long room) {
        this.way = way;
        this.names = names;
        this.begun = begun;
        this.room = room;
    }

    /** Bytes of the files in the tree, as many as they have on the disk. */
    long held() {
        return held;
    }

    /** Whether something was replaced or removed between two looks. */
    static boolean gone(KernelException e) {
        return e.is(
                KernelException.ENOENT,
                KernelException.ENOTDIR,
                KernelException.ELOOP,
                KernelException.EISDIR,
                KernelException.EINVAL,
                KernelException.ENXIO);
    }

    /**
     * Everything in a directory.
     *
     * @param before the same directory in the snapshot before; null if there is none
     * @throws KernelException ENOSPC when there is no room; what was made so far stays
     */
    void copy(Directory from, Directory to, @Nullable Directory before) throws KernelException {
        depth++;
        Entries.each(
                from,
                (name, isDirectory) -> {
                    pace.entry();
                    visit(from, to, before, name);
                    return true;
                });
        depth--;
    }

    private void visit(Directory from, Directory to, @Nullable Directory before, FileName name)
            throws KernelException {
        NodeStat stat;
        try {
            stat = Nodes.stat(from, name);
        } catch (KernelException e) {
            if (gone(e)) {
                return;
            }
            throw e;
        }
        try {
            switch (stat.kind()) {
                case DIRECTORY -> directory(from, to, before, name);
                case FILE -> file(from, to, before, name, stat);
                case LINK -> link(from, to, before, name, stat);
                case OTHER -> {
                    // Left out.
                }
            }
        } catch (KernelException e) {
            // A name that is removed and made again meanwhile may be listed twice.
            if (!e.is(KernelException.EEXIST)) {
                throw e;
            }
        }
    }

    private void directory(Directory from, Directory to, @Nullable Directory before, FileName name)
            throws KernelException {
        if (depth == DEEPEST) {
            return;
        }
        try (var live = below(from, name)) {
            if (live == null) {
                return;
            }
            var stat = Nodes.stat(live);
            Entries.make(to, name, SEALED);
            try (var made = Entries.below(to, List.of(name));
                    var then = before == null ? null : below(before, name)) {
                copy(live, made, then);
                Nodes.dress(made, stat);
            }
        }
    }

    static @Nullable Directory below(Directory directory, FileName name) throws KernelException {
        try {
            return Entries.below(directory, List.of(name));
        } catch (KernelException e) {
            if (gone(e)) {
                return null;
            }
            throw e;
        }
    }

    private void link(
            Directory from, Directory to, @Nullable Directory before, FileName name, NodeStat stat)
            throws KernelException {
        byte[] target;
        try {
            target = Entries.target(from, name);
        } catch (KernelException e) {
            if (gone(e)) {
                return;
            }
            throw e;
        }
        if (before != null
                && sameLink(before, name, stat, target)
                && named(before, name, to, name)) {
            return;
        }
        Entries.link(to, name, target);
        Nodes.dress(to, name, stat);
    }

    private static boolean sameLink(Directory before, FileName name, NodeStat now, byte[] target)
            throws KernelException {
        try {
            var then = Nodes.stat(before, name);
            return then.kind() == FileStat.Kind.LINK
                    && then.file().modified().equals(now.file().modified())
                    && then.file().uid() == now.file().uid()
                    && Arrays.equals(Entries.target(before, name), target);
        } catch (KernelException e) {
            if (gone(e)) {
                return false;
            }
            throw e;
        }
    }

    private void file(
            Directory from, Directory to, @Nullable Directory before, FileName name, NodeStat stat)
            throws KernelException {
        if (before != null && same(before, name, stat) && named(before, name, to, name)) {
            held += stat.file().held() / Math.max(1, stat.links());
            return;
        }
        try (var live = open(from, name)) {
            if (live == null) {
                return;
            }
            var opened = Nodes.stat(live);
            var key = key(opened);
            if (opened.links() > 1 && named(names, key, to, name)) {
                return;
            }
            make(live, opened, to, name);
            if (opened.links() > 1) {
                Nodes.name(to, name, names, key);
            }
        }
    }

    private static @Nullable OpenFile open(Directory from, FileName name) throws KernelException {
        try {
            return Entries.open(from, name);
        } catch (KernelException e) {
            if (gone(e)) {
                return null;
            }
            throw e;
        }
    }

    private static FileName key(NodeStat stat) {
        return FileName.of(stat.file().inode() + "-" + written(stat.changed()));
    }

    private boolean same(Directory before, FileName name, NodeStat now) throws KernelException {
        try {
            var then = Nodes.stat(before, name);
            return then.kind() == FileStat.Kind.FILE
                    && then.file().size() == now.file().size()
                    && then.file().modified().equals(now.file().modified())
                    && Nodes.noted(before, name, CHANGED)
                            .filter(written(now.changed())::equals)
                            .isPresent();
        } catch (KernelException e) {
            if (gone(e)) {
                return false;
            }
            throw e;
        }
    }

    /** Whether it could get one more name: files of ext4 have 65,000 at most. */
    private static boolean named(Directory from, FileName name, Directory to, FileName newName)
            throws KernelException {
        try {
            Nodes.name(from, name, to, newName);
            return true;
        } catch (KernelException e) {
            if (e.is(KernelException.ENOENT, KernelException.EMLINK)) {
                return false;
            }
            throw e;
        }
    }

    private void make(OpenFile live, NodeStat opened, Directory to, FileName name)
            throws KernelException {
        try (var made = Entries.create(to, name, 0600)) {
            var stat = opened;
            boolean settled = false;
            for (int i = 0; i < TRIES && !settled; i++) {
                fill(live, made, stat.file().size());
                var after = Nodes.stat(live);
                settled = after.changed().equals(stat.changed());
                stat = after;
            }
            Nodes.dress(made, stat);
            held += stat.file().held() / Math.max(1, stat.links());
            // What changes while we run may change again and show the same time: its copy is never
            // taken for it later.
            if (settled && stat.changed().isBefore(begun)) {
                Nodes.note(made, CHANGED, written(stat.changed()));
            }
        }
    }

    private void fill(OpenFile live, OpenFile made, long size) throws KernelException {
        made.truncate(0);
        if (way == Way.SHARE) {
            try {
                Entries.share(live, made);
                return;
            } catch (KernelException e) {
                if (!Way.cannotShare(e)) {
                    throw e;
                }
            }
        }
        live.writeBack();
        live.copyTo(made, size, this::spend);
    }

    private void spend(long bytes) throws KernelException {
        room -= bytes;
        if (room < 0) {
            throw new KernelException("copy a file for a snapshot", KernelException.ENOSPC);
        }
        pace.rest();
    }

    static String written(Instant time) {
        return time.getEpochSecond() + "." + time.getNano();
    }
}
