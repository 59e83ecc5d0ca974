package org.lyceum.platform.linux;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;

/**
 * What belongs to files beside their names and contents: owners, times, further names, and notes of
 * root's that nobody else reads or writes. Links are never followed.
 */
public final class Nodes {

    private static final int AT_SYMLINK_NOFOLLOW = 0x100;
    private static final int AT_EMPTY_PATH = 0x1000;
    private static final int STATX_BASIC = 0x7ff;

    /** utimensat(2): leave this one of both times. */
    private static final long UTIME_OMIT = (1L << 30) - 2;

    /** Extended attributes of this name space are root's; xattr(7). */
    private static final String NOTES = "trusted.lyceum.";

    private static final int NOTE_BYTES = 64;

    private Nodes() {}

    /**
     * @throws KernelException ENOENT
     */
    public static NodeStat stat(Directory directory, FileName name) throws KernelException {
        try (var arena = Arena.ofConfined()) {
            return stat(directory, Entries.bytes(arena, name), AT_SYMLINK_NOFOLLOW, arena);
        }
    }

    /** About what is open. */
    public static NodeStat stat(Descriptor open) throws KernelException {
        try (var arena = Arena.ofConfined()) {
            return stat(open, arena.allocateFrom(""), AT_EMPTY_PATH, arena);
        }
    }

    private static NodeStat stat(Descriptor at, MemorySegment path, int flags, Arena arena)
            throws KernelException {
        var answer = arena.allocate(FileStat.BYTES, 8);
        Call.STATX.of("entry", at.number(), path, flags, STATX_BASIC, answer);
        return NodeStat.of(answer);
    }

    /**
     * Gives a file, or a link itself, one more name.
     *
     * @throws KernelException EEXIST, ENOENT, EMLINK, EXDEV
     */
    public static void name(Directory from, FileName name, Directory to, FileName newName)
            throws KernelException {
        try (var arena = Arena.ofConfined()) {
            Call.LINKAT.of(
                    "further name",
                    from.number(),
                    Entries.bytes(arena, name),
                    to.number(),
                    Entries.bytes(arena, newName),
                    0);
        }
    }

    /** Owner and time of a link, or of anything else of this name. */
    public static void dress(Directory directory, FileName name, NodeStat as)
            throws KernelException {
        try (var arena = Arena.ofConfined()) {
            var path = Entries.bytes(arena, name);
            Call.FCHOWNAT.of(
                    "entry",
                    directory.number(),
                    path,
                    as.file().uid(),
                    as.gid(),
                    AT_SYMLINK_NOFOLLOW);
            Call.UTIMENSAT.of(
                    "entry",
                    directory.number(),
                    path,
                    times(arena, as.file().modified()),
                    AT_SYMLINK_NOFOLLOW);
        }
    }

    /** Owner, permissions and time of what is open. */
    public static void dress(Descriptor open, NodeStat as) throws KernelException {
        open.own(as.file().uid(), as.gid());
        open.mode(as.file().mode());
        try (var arena = Arena.ofConfined()) {
            var times = times(arena, as.file().modified());
            Call.UTIMENSAT.of("times", open.number(), MemorySegment.NULL, times, 0);
        }
    }

    private static MemorySegment times(Arena arena, Instant modified) {
        var times = arena.allocate(32, 8); // struct timespec of the last read, of the last write
        times.set(ValueLayout.JAVA_LONG, 8, UTIME_OMIT);
        times.set(ValueLayout.JAVA_LONG, 16, modified.getEpochSecond());
        times.set(ValueLayout.JAVA_LONG, 24, modified.getNano());
        return times;
    }

    /**
     * Notes something at what is open.
     *
     * @param note at most 64 characters
     */
    public static void note(Descriptor open, String what, String note) throws KernelException {
        var bytes = note.getBytes(StandardCharsets.US_ASCII);
        try (var arena = Arena.ofConfined()) {
            Call.FSETXATTR.of(
                    what,
                    open.number(),
                    arena.allocateFrom(NOTES + what),
                    arena.allocateFrom(ValueLayout.JAVA_BYTE, bytes),
                    bytes.length,
                    0);
        }
    }

    /** What was noted at the file or directory of this name; empty for a link. */
    public static Optional<String> noted(Directory directory, FileName name, String what)
            throws KernelException {
        var prefix = (directory.path() + "/").getBytes(StandardCharsets.US_ASCII);
        try (var arena = Arena.ofConfined()) {
            var path = arena.allocate(prefix.length + name.length() + 1L);
            MemorySegment.copy(prefix, 0, path, ValueLayout.JAVA_BYTE, 0, prefix.length);
            MemorySegment.copy(
                    name.bytes(), 0, path, ValueLayout.JAVA_BYTE, prefix.length, name.length());
            var answer = arena.allocate(NOTE_BYTES);
            long length =
                    Call.LGETXATTR.of(
                            what, path, arena.allocateFrom(NOTES + what), answer, NOTE_BYTES);
            var bytes = answer.asSlice(0, length).toArray(ValueLayout.JAVA_BYTE);
            return Optional.of(new String(bytes, StandardCharsets.US_ASCII));
        } catch (KernelException e) {
            if (e.is(KernelException.ENODATA, KernelException.ENOENT)) {
                return Optional.empty();
            }
            throw e;
        }
    }
}
