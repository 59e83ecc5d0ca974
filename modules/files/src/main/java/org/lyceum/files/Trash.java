package org.lyceum.files;

import org.jspecify.annotations.Nullable;
import org.lyceum.platform.linux.Directory;
import org.lyceum.platform.linux.Entries;
import org.lyceum.platform.linux.FileName;
import org.lyceum.platform.linux.KernelException;
import org.lyceum.platform.linux.Trees;
import org.lyceum.storage.FolderKind;
import org.lyceum.storage.MountService;
import org.lyceum.storage.StorageConfig;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The trash of a folder, where the FreeDesktop.org specification has it, and so file managers and
 * JupyterLab: in a home {@code .local/share/Trash}, at the top of every other folder {@code
 * .Trash-1000}. On the owner's threads, with the folder's top open.
 */
final class Trash {

    private static final Trash HOME =
            new Trash(FilePath.parse(".local/share/Trash"), MountService.HOME + "/");

    /** Paths in it are written from the folder's top on. */
    private static final Trash OTHERS =
            new Trash(FilePath.parse(".Trash-" + StorageConfig.UID), "");

    private static final FileName FILES = FileName.of("files");
    private static final FileName NOTES = FileName.of("info");
    private static final byte[] NOTE_END = ".trashinfo".getBytes(StandardCharsets.US_ASCII);

    /** Things of the same name in the trash; more are not told apart by a number but refused. */
    private static final int MAX_SAME = 10_000;

    /** A note with a path of 4 KiB, each byte of it escaped. */
    private static final int MAX_NOTE = 16 * 1024;

    private final FilePath place;
    private final String prefix;

    private Trash(FilePath place, String prefix) {
        this.place = place;
        this.prefix = prefix;
    }

    static Trash of(FolderKind kind) {
        return kind == FolderKind.HOME ? HOME : OTHERS;
    }

    /** Where it is in the folder. */
    FilePath place() {
        return place;
    }

    /**
     * Moves something there.
     *
     * @param path of it in the home
     * @return the name it has in the trash
     * @throws KernelException EDQUOT, ENOSPC when not even a note of it fits
     */
    FileName put(Directory top, Directory parent, FilePath path, Instant now) throws IOException {
        var note = TrashNote.of(path, now).written(prefix);
        try (var files = make(top, FILES);
                var notes = make(top, NOTES)) {
            for (int same = 0; same < MAX_SAME; same++) {
                var name = numbered(path.last(), same);
                if (write(notes, noteOf(name), note) && moved(parent, path, files, notes, name)) {
                    return name;
                }
            }
        }
        throw new KernelException("trash", KernelException.EEXIST);
    }

    /** The note comes first: it takes the name, as the specification says. */
    private static boolean write(Directory notes, FileName name, byte[] note) throws IOException {
        try (var file = Entries.create(notes, name, 0600)) {
            try {
                file.write(note, 0, note.length);
                return true;
            } catch (KernelException e) {
                Entries.remove(notes, name, false);
                throw e;
            }
        } catch (KernelException e) {
            if (e.is(KernelException.EEXIST)) {
                return false;
            }
            throw e;
        }
    }

    private static boolean moved(
            Directory parent, FilePath path, Directory files, Directory notes, FileName name)
            throws KernelException {
        try {
            Entries.move(parent, path.last(), files, name);
            return true;
        } catch (KernelException e) {
            Entries.remove(notes, noteOf(name), false);
            if (e.is(KernelException.EEXIST)) {
                return false;
            }
            throw e;
        }
    }

    /** {@code thesis.txt}, {@code thesis.txt.1}; short enough for its note to have a name. */
    private static FileName numbered(FileName name, int same) {
        var end = same == 0 ? new byte[0] : ("." + same).getBytes(StandardCharsets.US_ASCII);
        int most = FileName.MAX_BYTES - NOTE_END.length - end.length;
        var bytes = name.bytes();
        return FileName.of(joined(Arrays.copyOf(bytes, Math.min(bytes.length, most)), end));
    }

    private static FileName noteOf(FileName name) {
        return FileName.of(joined(name.bytes(), NOTE_END));
    }

    private static byte[] joined(byte[] one, byte[] two) {
        var all = Arrays.copyOf(one, one.length + two.length);
        System.arraycopy(two, 0, all, one.length, two.length);
        return all;
    }

    /**
     * What is in it, by name.
     *
     * @param after the last name of the page before; null for the first
     */
    List<TrashItem> list(Directory top, @Nullable FileName after, int limit) throws IOException {
        var items = new ArrayList<TrashItem>();
        try (var files = open(top, FILES);
                var notes = make(top, NOTES)) {
            var from = after == null ? null : new FolderListing.Name(after, false);
            for (var name : FolderListing.part(files, FolderListing.PLAIN, from, limit).names()) {
                items.add(item(files, notes, name.name()));
            }
            return items;
        } catch (KernelException e) {
            if (e.is(KernelException.ENOENT)) { // nothing was ever deleted
                return items;
            }
            throw e;
        }
    }

    private TrashItem item(Directory files, Directory notes, FileName name) throws KernelException {
        var note = note(notes, name);
        return new TrashItem(name, note.from(), note.deleted(), Entries.stat(files, name));
    }

    private TrashNote note(Directory notes, FileName name) throws KernelException {
        if (name.length() + NOTE_END.length > FileName.MAX_BYTES) {
            return new TrashNote(null, null);
        }
        try (var file = Entries.open(notes, noteOf(name))) {
            var piece = new byte[MAX_NOTE];
            int read = file.read(0, piece, 0, piece.length);
            return TrashNote.read(Arrays.copyOf(piece, read), prefix);
        } catch (KernelException e) {
            if (e.is(KernelException.ENOENT, KernelException.ELOOP, KernelException.EINVAL)) {
                return new TrashNote(null, null);
            }
            throw e;
        }
    }

    /**
     * Puts it back to where it lay, under another name if that is taken; the folders it lay in are
     * made again if need be.
     *
     * @return where it is now
     */
    FilePath restore(Directory top, FileName name) throws IOException {
        try (var files = open(top, FILES);
                var notes = make(top, NOTES)) {
            var from = note(notes, name).from();
            var goal = from == null || from.top() ? FilePath.TOP.child(name) : from;
            try (var parent = makeAll(top, goal.parent())) {
                var restored = moveBack(files, name, parent, goal);
                forget(notes, name);
                return restored;
            }
        }
    }

    private static FilePath moveBack(
            Directory files, FileName name, Directory parent, FilePath goal)
            throws KernelException {
        for (int same = 0; ; same++) {
            var last = numbered(goal.last(), same);
            try {
                Entries.move(files, name, parent, same == 0 ? goal.last() : last);
                return same == 0 ? goal : goal.parent().child(last);
            } catch (KernelException e) {
                if (!e.is(KernelException.EEXIST) || same == MAX_SAME) {
                    throw e;
                }
            }
        }
    }

    /** Removes one thing for good. */
    void remove(Directory top, FileName name) throws IOException {
        try (var files = open(top, FILES);
                var notes = make(top, NOTES)) {
            Trees.remove(files, name);
            forget(notes, name);
        }
    }

    /** Removes for good what was deleted before; what has no date stays. */
    int expire(Directory top, LocalDateTime before) throws IOException {
        int gone = 0;
        FileName after = null;
        while (true) {
            var page = list(top, after, FileService.PAGE);
            for (var item : page) {
                var deleted = item.deleted();
                if (deleted != null && deleted.isBefore(before)) {
                    remove(top, item.name());
                    gone++;
                }
            }
            if (page.size() < FileService.PAGE) {
                return gone;
            }
            after = page.getLast().name();
        }
    }

    /** Removes all of it for good. */
    void empty(Directory top) throws IOException {
        for (var part : List.of(FILES, NOTES)) {
            try (var directory = open(top, part)) {
                Trees.empty(directory);
            } catch (KernelException e) {
                if (!e.is(KernelException.ENOENT)) {
                    throw e;
                }
            }
        }
    }

    private static void forget(Directory notes, FileName name) throws KernelException {
        if (name.length() + NOTE_END.length > FileName.MAX_BYTES) {
            return;
        }
        try {
            Entries.remove(notes, noteOf(name), false);
        } catch (KernelException e) {
            if (!e.is(KernelException.ENOENT)) {
                throw e;
            }
        }
    }

    private Directory open(Directory top, FileName part) throws KernelException {
        return Entries.below(top, place.child(part).names());
    }

    private Directory make(Directory top, FileName part) throws KernelException {
        return makeAll(top, place.child(part));
    }

    /** The directory, with those above it that are missing, all of them closed to others. */
    static Directory makeAll(Directory top, FilePath path) throws KernelException {
        var at = top.below(".");
        for (var name : path.names()) {
            try (var above = at) {
                at = step(above, name);
            }
        }
        return at;
    }

    private static Directory step(Directory above, FileName name) throws KernelException {
        try {
            return Entries.below(above, List.of(name));
        } catch (KernelException e) {
            if (!e.is(KernelException.ENOENT)) {
                throw e;
            }
        }
        Entries.make(above, name, 0700);
        return Entries.below(above, List.of(name));
    }
}
