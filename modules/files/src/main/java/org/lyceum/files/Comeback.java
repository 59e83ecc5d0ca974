package org.lyceum.files;

import org.lyceum.platform.linux.Directory;
import org.lyceum.platform.linux.Entries;
import org.lyceum.platform.linux.FileName;
import org.lyceum.platform.linux.FileStat;
import org.lyceum.platform.linux.KernelException;
import org.lyceum.platform.linux.OpenFile;
import org.lyceum.platform.linux.Trees;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Brings one thing of an earlier version back. It is made whole beside its place first, under a
 * name of its own; then what is there goes to the trash, and the other is renamed. An end in the
 * middle leaves what is there as it is. On the owner's threads.
 */
final class Comeback {

    private static final int ASIDE = 0700;

    private static final String RESTORING = ".restoring-";

    /** No restore takes as long. */
    private static final Duration LONGEST = Duration.ofDays(1);

    /** Removed at once; there are hardly ever any. */
    private static final int SWEPT = 100;

    /** Whatever it was, its owner can change and remove it. */
    private static final int OWNERS = 0600;

    private final Directory then;
    private final Directory top;
    private final Trash trash;
    private final FilePath path;
    private final Instant now;
    private final Consumer<String> steps;

    /**
     * @param then the top of the folder as it was
     * @param top of the folder
     */
    Comeback(Directory then, Directory top, Trash trash, FilePath path, Instant now) {
        this(then, top, trash, path, now, step -> {});
    }

    /**
     * @param steps told between the steps of {@link #run}
     */
    Comeback(
            Directory then,
            Directory top,
            Trash trash,
            FilePath path,
            Instant now,
            Consumer<String> steps) {
        this.steps = steps;
        this.then = then;
        this.top = top;
        this.trash = trash;
        this.path = path;
        this.now = now;
    }

    /** Bytes that it had on the disk. */
    long held() throws IOException {
        var stat = stat();
        if (stat.kind() != FileStat.Kind.DIRECTORY) {
            return stat.held();
        }
        long held = 0;
        var walk = walk();
        for (var steps = walk.next(); !steps.isEmpty(); steps = walk.next()) {
            held += steps.stream().mapToLong(step -> step.stat().held()).sum();
        }
        return held;
    }

    private FileStat stat() throws KernelException {
        try (var parent = Entries.below(then, path.parent().names())) {
            return Entries.stat(parent, path.last());
        }
    }

    private TreeWalk walk() {
        return new TreeWalk(then, path, each -> false);
    }

    void run() throws IOException {
        var stat = stat();
        var aside = FileName.of(RESTORING + now.toEpochMilli());
        try (var parent = Trash.makeAll(top, path.parent())) {
            sweep(parent);
            Entries.make(parent, aside, ASIDE);
            try (var whole = Entries.below(parent, List.of(aside))) {
                bring(path, stat, whole);
                if (stat.kind() == FileStat.Kind.DIRECTORY) {
                    bringAll(whole);
                }
                steps.accept("whole");
                swap(whole, parent);
            } finally {
                Trees.remove(parent, aside);
            }
        }
    }

    /**
     * What a process that ended in the middle left; the version it was made from is still there.
     */
    private void sweep(Directory parent) throws IOException {
        var left = new ArrayList<FileName>();
        Entries.each(
                parent,
                (name, directory) -> {
                    if (directory && abandoned(name.shown())) {
                        left.add(name);
                    }
                    return left.size() < SWEPT;
                });
        for (var name : left) {
            Trees.remove(parent, name);
        }
    }

    private boolean abandoned(String name) {
        return name.matches("\\.restoring-[0-9]{1,15}")
                && Long.parseLong(name.substring(RESTORING.length()))
                        < now.minus(LONGEST).toEpochMilli();
    }

    private void bringAll(Directory whole) throws IOException {
        var walk = walk();
        for (var steps = walk.next(); !steps.isEmpty(); steps = walk.next()) {
            for (var step : steps) {
                try (var into = Entries.below(whole, above(step.path()))) {
                    bring(step.path(), step.stat(), into);
                }
            }
        }
    }

    /** From the directory aside to where this goes: {@code thesis/chapters} for what is in it. */
    private List<FileName> above(FilePath each) {
        return each.names().subList(path.names().size() - 1, each.names().size() - 1);
    }

    private void bring(FilePath each, FileStat stat, Directory into) throws IOException {
        try (var from = Entries.below(then, each.parent().names())) {
            var name = each.last();
            int mode = (stat.mode() & 0777) | OWNERS;
            switch (stat.kind()) {
                case DIRECTORY -> Entries.make(into, name, mode | ASIDE);
                case LINK -> Entries.link(into, name, Entries.target(from, name));
                case FILE -> {
                    try (var old = Entries.open(from, name);
                            var made = Entries.create(into, name, mode)) {
                        fill(old, made, stat.size());
                        made.mode(mode); // whatever our umask is
                    }
                }
                case OTHER -> {
                    // A pipe or a socket is nothing without its program.
                }
            }
        }
    }

    /** Shared where the file system can; else, or between two mounts of an old kernel, copied. */
    private void fill(OpenFile old, OpenFile made, long size) throws KernelException {
        try {
            Entries.share(old, made);
        } catch (KernelException e) {
            if (!e.is(
                    KernelException.EOPNOTSUPP,
                    KernelException.ENOTTY,
                    KernelException.EINVAL,
                    KernelException.EXDEV)) {
                throw e;
            }
            old.copyTo(made, size, copied -> {});
        }
        steps.accept("brought");
    }

    private void swap(Directory whole, Directory parent) throws IOException {
        try {
            Entries.move(whole, path.last(), parent, path.last());
        } catch (KernelException e) {
            if (!e.is(KernelException.EEXIST)) {
                throw e;
            }
            trash.put(top, parent, path, now);
            steps.accept("away");
            Entries.move(whole, path.last(), parent, path.last());
        }
    }
}
