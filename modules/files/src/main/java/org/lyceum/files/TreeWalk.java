package org.lyceum.files;

import org.lyceum.platform.linux.Directory;
import org.lyceum.platform.linux.Entries;
import org.lyceum.platform.linux.FileStat;
import org.lyceum.platform.linux.KernelException;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Predicate;

/**
 * Everything below a directory, each before what is in it, in the order of the names' bytes: the
 * same tree gives the same steps. Goes on from where it stopped, with a bounded number of names in
 * memory and one directory open. On the owner's threads.
 */
final class TreeWalk {

    /** Steps before somebody else has a turn. */
    private static final int STEPS = 500;

    /** Names of a directory that are read at once, as long as few are held. */
    private static final int WIDE = 20_000;

    private static final int NARROW = 500;

    /** Names held, of all directories on the way down; about 10 MiB. */
    private static final int MANY = 100_000;

    /** What lies deeper is told of and not entered; people's own trees have twenty levels. */
    static final int MAX_DEPTH = 500;

    /**
     * One thing.
     *
     * @param path below the folder's top
     * @param target of a link; else empty
     * @param omitted whether it is told of only: a pipe, a directory that cannot be entered
     */
    record Step(FilePath path, FileStat stat, byte[] target, boolean omitted) {}

    private static final class Level {
        private final FilePath path;
        private FolderListing.Part part;
        private int at;

        Level(FilePath path, FolderListing.Part part) {
            this.path = path;
            this.part = part;
        }

        int left() {
            return part.names().size() - at;
        }
    }

    private final Directory top;
    private final FilePath base;
    private final Predicate<FilePath> leftOut;
    private final Deque<Level> levels = new ArrayDeque<>();
    private boolean begun;
    private int held;

    /**
     * @param base where to begin, below the top
     * @param leftOut what is neither entered nor told of
     */
    TreeWalk(Directory top, FilePath base, Predicate<FilePath> leftOut) {
        this.top = top;
        this.base = base;
        this.leftOut = leftOut;
    }

    /** The next steps; none at the end. */
    List<Step> next() throws KernelException {
        if (!begun) {
            begun = true;
            try (var directory = Entries.below(top, base.names())) {
                enter(base, directory);
            }
        }
        var steps = new ArrayList<Step>();
        while (!levels.isEmpty() && steps.size() < STEPS) {
            goOn(levels.element(), steps);
        }
        return steps;
    }

    private void enter(FilePath path, Directory directory) throws KernelException {
        var part = FolderListing.part(directory, FolderListing.PLAIN, null, width());
        held += part.names().size();
        levels.push(new Level(path, part));
    }

    private int width() {
        return held < MANY ? WIDE : NARROW;
    }

    /** Until the level is over, a directory is entered, or there are steps enough. */
    private void goOn(Level level, List<Step> steps) throws KernelException {
        try (var directory = Entries.below(top, level.path.names())) {
            while (steps.size() < STEPS) {
                if (level.left() == 0 && !more(level, directory)) {
                    return;
                }
                var name = level.part.names().get(level.at++);
                var path = level.path.child(name.name());
                if (!leftOut.test(path) && visit(directory, path, steps)) {
                    return;
                }
            }
        } catch (KernelException e) {
            if (!e.is(
                    KernelException.ENOENT,
                    KernelException.ELOOP,
                    KernelException.ENOTDIR,
                    KernelException.EACCES)) {
                throw e;
            }
            leave(level); // removed or closed meanwhile, or something else is in its place
        }
    }

    private boolean more(Level level, Directory directory) throws KernelException {
        if (!level.part.more()) {
            leave(level);
            return false;
        }
        held -= level.part.names().size();
        var last = level.part.names().getLast();
        level.part = FolderListing.part(directory, FolderListing.PLAIN, last, width());
        level.at = 0;
        held += level.part.names().size();
        return level.left() > 0 || more(level, directory);
    }

    private void leave(Level level) {
        held -= level.part.names().size();
        levels.remove(level);
    }

    /** Whether it was a directory and has been entered. */
    private boolean visit(Directory directory, FilePath path, List<Step> steps)
            throws KernelException {
        FileStat stat;
        var target = new byte[0];
        try {
            stat = Entries.stat(directory, path.last());
            if (stat.kind() == FileStat.Kind.LINK) {
                target = Entries.target(directory, path.last());
            }
        } catch (KernelException e) {
            if (e.is(KernelException.ENOENT, KernelException.EINVAL)) {
                return false; // removed or replaced between two looks
            }
            throw e;
        }
        boolean enterable =
                stat.kind() == FileStat.Kind.DIRECTORY && path.names().size() < MAX_DEPTH;
        boolean entered = enterable && entered(directory, path);
        boolean omitted =
                stat.kind() == FileStat.Kind.OTHER
                        || (stat.kind() == FileStat.Kind.DIRECTORY && !entered);
        steps.add(new Step(path, stat, target, omitted));
        return entered;
    }

    private boolean entered(Directory parent, FilePath path) throws KernelException {
        try (var directory = Entries.below(parent, List.of(path.last()))) {
            enter(path, directory);
            return true;
        } catch (KernelException e) {
            if (e.is(
                    KernelException.EACCES,
                    KernelException.ENOENT,
                    KernelException.ELOOP,
                    KernelException.ENOTDIR)) {
                return false;
            }
            throw e;
        }
    }
}
