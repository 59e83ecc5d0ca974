package org.lyceum.storage.tree;

import org.jspecify.annotations.Nullable;
import org.lyceum.platform.linux.Directory;
import org.lyceum.platform.linux.FileName;
import org.lyceum.platform.linux.KernelException;
import org.lyceum.platform.linux.Nodes;
import org.lyceum.platform.linux.Trees;
import org.lyceum.storage.Keeper.Taken;
import org.lyceum.storage.SnapshotBackend;
import org.lyceum.storage.SnapshotPlace;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/**
 * Snapshots of one folder as trees. Files that did not change are names of the same file in all of
 * them, and never a name of the folder's own file, which would change with it. A tree is made under
 * a name that is no snapshot's and renamed when it is whole; it loses its name before it is
 * removed.
 */
public final class TreeSnapshots implements SnapshotBackend {

    private static final String MAKING = ".new-";
    private static final String GOING = ".gone-";

    /** In what is being made: the tree, and files by number as long as it takes. */
    private static final String FILES = "files";

    private static final String NAMES = "names";

    /** Noted at the tree's top: when it was begun, by the file system's own clock. */
    private static final String BEGUN = "begun";

    /** Noted at the tree's top: bytes that its files have on the disk. */
    private static final String HELD = "held";

    private static final int SEALED = 0700;

    /** Times of files go by steps of at most 10 ms. */
    private static final long TICK_NANOS = 30_000_000;

    private final Directory place;
    private final Way way;
    private final Consumer<String> steps;

    /**
     * @param place where the folder's snapshots lie; root's alone to change
     * @param steps told between the steps of {@link #take} and {@link #drop}
     */
    public TreeSnapshots(Directory place, Way way, Consumer<String> steps) {
        this.place = place;
        this.way = way;
        this.steps = steps;
    }

    @Override
    public List<Instant> list() throws IOException {
        return SnapshotPlace.times(place);
    }

    /** What the latest refers to, which on a file system that shares is mostly the folder's own. */
    public long latestBytes() throws IOException {
        var times = list();
        if (times.isEmpty()) {
            return 0;
        }
        var name = FileName.of(SnapshotPlace.name(times.getLast()));
        return Nodes.noted(place, name, HELD).map(Long::parseLong).orElse(0L);
    }

    @Override
    public Taken take(Directory folder, Instant at, long roomBytes) throws IOException {
        sweep();
        var times = list();
        if (times.contains(Instant.ofEpochSecond(at.getEpochSecond()))) {
            return Taken.UNCHANGED; // asked twice in the same second
        }
        var latest = times.isEmpty() ? null : SnapshotPlace.name(times.getLast());
        var changes = Changes.look(folder, begun(latest), way == Way.SHARE);
        if (!changes.any()) {
            return Taken.UNCHANGED;
        }
        if (way == Way.COPY && changes.bytes() > roomBytes) {
            return Taken.NO_ROOM;
        }
        try {
            make(folder, at, latest, roomBytes);
            return Taken.TAKEN;
        } catch (KernelException e) {
            if (!e.is(KernelException.ENOSPC, KernelException.EDQUOT)) {
                throw e;
            }
            sweep();
            return Taken.NO_ROOM;
        }
    }

    private @Nullable Instant begun(@Nullable String latest) throws KernelException {
        if (latest == null) {
            return null;
        }
        return Nodes.noted(place, FileName.of(latest), BEGUN).map(TreeSnapshots::time).orElse(null);
    }

    private static Instant time(String written) {
        int dot = written.indexOf('.');
        return Instant.ofEpochSecond(
                Long.parseLong(written, 0, dot, 10),
                Long.parseLong(written, dot + 1, written.length(), 10));
    }

    private void make(Directory folder, Instant at, @Nullable String latest, long room)
            throws IOException {
        var name = SnapshotPlace.name(at);
        place.make(MAKING + name, SEALED);
        try (var draft = place.below(MAKING + name)) {
            LockSupport.parkNanos(TICK_NANOS); // or what was just done would be a change again
            draft.make(FILES, SEALED);
            draft.make(NAMES, SEALED);
            try (var files = draft.below(FILES);
                    var names = draft.below(NAMES);
                    var before = latest == null ? null : place.below(latest)) {
                var begun = Nodes.stat(names).changed();
                var stat = Nodes.stat(folder);
                steps.accept("snapshot.begun");
                var copy = new TreeCopy(way, names, begun, room);
                copy.copy(folder, files, before);
                steps.accept("snapshot.copied");
                Nodes.note(files, BEGUN, TreeCopy.written(begun));
                Nodes.note(files, HELD, Long.toString(copy.held()));
                Nodes.dress(files, stat);
                Trees.empty(names);
            }
            if (way == Way.COPY) {
                // Or a power cut could leave the name, and files without what is in them.
                place.flushFileSystem();
            }
            draft.move(FILES, place, name);
        }
        steps.accept("snapshot.named");
        Trees.remove(place, MAKING + name);
    }

    @Override
    public void drop(Instant at) throws IOException {
        sweep();
        var name = SnapshotPlace.name(at);
        try {
            place.move(name, place, GOING + name);
        } catch (KernelException e) {
            if (e.is(KernelException.ENOENT)) {
                return;
            }
            throw e;
        }
        steps.accept("drop-snapshot.going");
        Trees.remove(place, GOING + name);
    }

    /** Removes what an end in the middle left. */
    private void sweep() throws IOException {
        var left = new ArrayList<String>();
        try (var entries = Files.newDirectoryStream(place.path(), ".*")) {
            for (var entry : entries) {
                var name = entry.getFileName().toString();
                if (name.startsWith(MAKING) || name.startsWith(GOING)) {
                    left.add(name);
                }
            }
        }
        for (var name : left) {
            Trees.remove(place, name);
        }
    }
}
