package org.lyceum.files;

import org.jspecify.annotations.Nullable;
import org.lyceum.platform.kernel.Problem;
import org.lyceum.platform.linux.Directory;
import org.lyceum.platform.linux.Entries;
import org.lyceum.platform.linux.FileName;
import org.lyceum.platform.linux.FileStat;
import org.lyceum.platform.linux.KernelException;
import org.lyceum.platform.linux.OpenFile;
import org.lyceum.storage.FolderKey;
import org.lyceum.storage.FolderService;

import java.io.IOException;
import java.io.InputStream;
import java.time.Clock;
import java.time.Instant;

/**
 * Lists, reads and changes the files of a folder with its owner's rights. Who has it is asked by
 * the caller, with {@link PlaceService}. Blocking; every method throws the {@link Problem}s of
 * {@link FilesProblems}, and for changes FORBIDDEN {@code files.read-only}.
 */
public final class FileService {

    /** Entries of a page. */
    public static final int PAGE = 200;

    /** Uploads, and downloads, of one person at once: what a browser does by itself. */
    private static final int AT_ONCE = 6;

    /** People with any under way. */
    private static final int PEOPLE = 100;

    private static final int PIECE_BYTES = 256 * 1024;

    private final OwnerAccess access;
    private final FolderService folders;
    private final Clock clock;
    private final Turns uploads = new Turns(AT_ONCE, PEOPLE);
    private final Turns downloads = new Turns(AT_ONCE, PEOPLE);

    FileService(OwnerAccess access, FolderService folders, Clock clock) {
        this.access = access;
        this.folders = folders;
        this.clock = clock;
    }

    /**
     * A page of what is in a folder.
     *
     * @param after {@link FolderPage#next} of the page before; null or empty for the first
     */
    public FolderPage list(Place place, FilePath path, @Nullable String after) {
        return list(place, null, path, after);
    }

    /**
     * The same as it was.
     *
     * @param time of {@link VersionService#times}; null: now
     */
    public FolderPage list(
            Place place, @Nullable Instant time, FilePath path, @Nullable String after) {
        place.requireReadable(time, path);
        return access.in(
                place.key(),
                time,
                top -> {
                    try (var directory = Entries.below(top, path.names())) {
                        var page = FolderListing.page(directory, after, PAGE);
                        return place.readOnly() ? page.without(path, place.trash().place()) : page;
                    }
                });
    }

    /** A plain file, as it is now. */
    public Download download(Place place, FilePath path) {
        return download(place, null, path);
    }

    /**
     * The same as it was.
     *
     * @param time of {@link VersionService#times}; null: now
     */
    public Download download(Place place, @Nullable Instant time, FilePath path) {
        place.requireReadable(time, path);
        requireName(path);
        var turn = downloads.take(place);
        try {
            return access.in(
                    place.key(),
                    time,
                    top -> {
                        try (var parent = Entries.below(top, path.parent().names())) {
                            var file = Entries.open(parent, path.last());
                            return new FileDownload(access, file, Entries.stat(file), turn);
                        }
                    });
        } catch (RuntimeException e) {
            turn.close();
            throw e;
        }
    }

    private record FileDownload(OwnerAccess access, OpenFile file, FileStat stat, Turns.Turn turn)
            implements Download {

        @Override
        public long length() {
            return stat.size();
        }

        @Override
        public String tag() {
            return Long.toHexString(stat.inode())
                    + "-"
                    + Long.toHexString(stat.size())
                    + "-"
                    + stat.modified().toString().replaceAll("[^0-9A-Za-z]", "-");
        }

        @Override
        public Instant modified() {
            return stat.modified();
        }

        @Override
        public InputStream from(long from) {
            return new FileInput(access, file, from, turn::close);
        }

        @Override
        public void close() {
            file.close();
            turn.close();
        }
    }

    /**
     * Puts a file into a folder once it has come whole; before, it has no name, and nothing is left
     * of one that does not.
     *
     * @param declared its length as far as it is known before; else 0
     * @param replace whether what has this name goes to the trash
     */
    public void upload(
            Place place, FilePath path, InputStream body, long declared, boolean replace) {
        place.requireWritable();
        requireName(path);
        try (var _ = uploads.take(place)) {
            requireRoom(place.key(), declared);
            var trash = place.trash();
            var coming = access.in(place.key(), top -> Coming.begin(top, trash, path, replace));
            try (coming) {
                receive(coming.file(), body);
                access.call(
                        () -> {
                            coming.publish(replace, clock.instant());
                            return null;
                        });
            } catch (IOException e) {
                throw FilesProblems.of(e);
            }
        }
    }

    /** A file on its way; opened below the folder's top, which stays open for the trash. */
    private record Coming(
            Directory top, Trash trash, Directory parent, FilePath path, OpenFile file)
            implements AutoCloseable {

        static Coming begin(Directory opened, Trash trash, FilePath path, boolean replace)
                throws IOException {
            var top = opened.below(".");
            try {
                var parent = Entries.below(top, path.parent().names());
                try {
                    if (!replace) {
                        requireFree(parent, path.last());
                    }
                    var file = Entries.nameless(parent, 0644);
                    file.mode(0644); // whatever our umask is
                    return new Coming(top, trash, parent, path, file);
                } catch (IOException e) {
                    parent.close();
                    throw e;
                }
            } catch (IOException e) {
                top.close();
                throw e;
            }
        }

        void publish(boolean replace, Instant now) throws IOException {
            file.flush();
            try {
                Entries.publish(file, parent, path.last());
            } catch (KernelException e) {
                if (!replace || !e.is(KernelException.EEXIST)) {
                    throw e;
                }
                trash.put(top, parent, path, now);
                Entries.publish(file, parent, path.last());
            }
        }

        @Override
        public void close() {
            file.close();
            parent.close();
            top.close();
        }
    }

    private static void requireFree(Directory parent, FileName name) throws KernelException {
        try {
            Entries.stat(parent, name);
        } catch (KernelException e) {
            if (e.is(KernelException.ENOENT)) {
                return;
            }
            throw e;
        }
        throw new KernelException("upload", KernelException.EEXIST);
    }

    private void receive(OpenFile file, InputStream body) throws IOException {
        var piece = new byte[PIECE_BYTES];
        while (true) {
            int count = filled(body, piece);
            if (count == 0) {
                return;
            }
            access.call(
                    () -> {
                        file.write(piece, 0, count);
                        return null;
                    });
        }
    }

    private static int filled(InputStream body, byte[] piece) {
        try {
            return body.readNBytes(piece, 0, piece.length);
        } catch (IOException gone) {
            throw FilesProblems.brokenOff(gone);
        }
    }

    /** Before anything is sent for nothing. What is not declared, the kernel stops. */
    void requireRoom(FolderKey folder, long declared) {
        folders.usage(folder)
                .filter(usage -> usage.limits().bytes().hard() > 0)
                .filter(usage -> usage.bytes() + declared > usage.limits().bytes().hard())
                .ifPresent(
                        usage -> {
                            throw FilesProblems.full(null);
                        });
    }

    public void makeFolder(Place place, FilePath path) {
        place.requireWritable();
        requireName(path);
        access.in(
                place.key(),
                top -> {
                    try (var parent = Entries.below(top, path.parent().names())) {
                        Entries.make(parent, path.last(), 0755);
                        return true;
                    }
                });
    }

    /** Gives it another name, in the same folder or another; never onto something. */
    public void rename(Place place, FilePath from, FilePath to) {
        place.requireWritable();
        requireName(from);
        requireName(to);
        access.in(
                place.key(),
                top -> {
                    try (var there = Entries.below(top, from.parent().names());
                            var goal = Entries.below(top, to.parent().names())) {
                        Entries.move(there, from.last(), goal, to.last());
                        return true;
                    }
                });
    }

    /** What the folder has at this path. */
    public FileStat stat(Place place, FilePath path) {
        place.requireReadable(null, path);
        requireName(path);
        return access.in(
                place.key(),
                top -> {
                    try (var parent = Entries.below(top, path.parent().names())) {
                        return Entries.stat(parent, path.last());
                    }
                });
    }

    /** The top has none: it can be neither opened as a file nor moved. */
    static void requireName(FilePath path) {
        if (path.top()) {
            throw Problem.invalid(
                    "files.name-invalid", "This is the whole folder; choose something in it.");
        }
    }
}
