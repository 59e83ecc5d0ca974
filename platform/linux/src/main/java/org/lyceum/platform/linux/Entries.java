package org.lyceum.platform.linux;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;

/**
 * What an open directory holds, by names that are bytes. Links are never followed: what is one is
 * refused wherever a file or a directory is wanted. Each call is short, but for {@link #each} on a
 * directory with many.
 */
public final class Entries {

    /** Entries of 1,500 usual names; one call of the kernel's. */
    private static final int READ_BYTES = 64 * 1024;

    /** Each step of a long way is shorter than what the kernel takes at once, 4,096. */
    private static final int STEP_BYTES = 3_500;

    /** Source: Linux, include/uapi/linux/fs.h. */
    private static final long FICLONE = 0x40049409L;

    private static final int AT_REMOVEDIR = 0x200;
    private static final int AT_SYMLINK_NOFOLLOW = 0x100;
    private static final int AT_SYMLINK_FOLLOW = 0x400;
    private static final int AT_EMPTY_PATH = 0x1000;
    private static final int STATX_BASIC = 0x7ff;
    private static final int RENAME_NOREPLACE = 1;
    private static final int O_WRONLY = 1;
    private static final int O_RDWR = 2;
    private static final int O_CREAT_EXCL = 0x40 | 0x80;
    private static final int O_NONBLOCK = 0x800;
    private static final int O_TMPFILE = 0x40_0000;

    /** Of a link's target; the kernel's own maximum. */
    private static final int MAX_TARGET = 4_096;

    private Entries() {}

    /** Hears of one entry after the other. */
    @FunctionalInterface
    public interface Visitor {
        /**
         * @param directory as far as the file system says so without being asked for more
         * @return whether to go on
         */
        boolean found(FileName name, boolean directory) throws KernelException;
    }

    /** The directory at the end of these names; none of them may be a link. */
    public static Directory below(Directory top, List<FileName> names) throws KernelException {
        var at = top.below(".");
        int from = 0;
        while (from < names.size()) {
            int to = from;
            int length = 0;
            do {
                length += names.get(to++).length() + 1;
            } while (to < names.size() && length + names.get(to).length() < STEP_BYTES);
            try (var above = at) {
                at = above.below(joined(names.subList(from, to)));
            }
            from = to;
        }
        return at;
    }

    private static byte[] joined(List<FileName> names) {
        var out = new java.io.ByteArrayOutputStream();
        for (var name : names) {
            if (out.size() > 0) {
                out.write('/');
            }
            out.writeBytes(name.bytes());
        }
        return out.toByteArray();
    }

    /**
     * Every entry once, in the file system's order, without the dots. A directory that is removed
     * meanwhile has no more.
     */
    public static void each(Directory directory, Visitor visitor) throws KernelException {
        try (var again = directory.below("."); // with a place in the list of its own
                var arena = Arena.ofConfined()) {
            var buffer = arena.allocate(READ_BYTES, 8);
            while (true) {
                long read = read(again, buffer);
                if (read == 0 || !visit(buffer, read, visitor)) {
                    return;
                }
            }
        }
    }

    private static long read(Directory directory, MemorySegment into) throws KernelException {
        try {
            return Call.GETDENTS64.of("entries", directory.number(), into, into.byteSize());
        } catch (KernelException e) {
            if (e.is(KernelException.ENOENT)) {
                return 0;
            }
            throw e;
        }
    }

    private static boolean visit(MemorySegment buffer, long end, Visitor visitor)
            throws KernelException {
        long at = 0;
        while (at < end) {
            int length = buffer.get(ValueLayout.JAVA_SHORT_UNALIGNED, at + 16) & 0xffff;
            byte kind = buffer.get(ValueLayout.JAVA_BYTE, at + 18);
            var name = name(buffer, at + 19);
            if (name.length > 0 && !visitor.found(FileName.of(name), kind == 4)) {
                return false;
            }
            at += length;
        }
        return true;
    }

    /** Empty for the dots. */
    private static byte[] name(MemorySegment buffer, long at) {
        int length = 0;
        while (buffer.get(ValueLayout.JAVA_BYTE, at + length) != 0) {
            length++;
        }
        var name = buffer.asSlice(at, length).toArray(ValueLayout.JAVA_BYTE);
        boolean dots = name[0] == '.' && (length == 1 || (length == 2 && name[1] == '.'));
        return dots ? new byte[0] : name;
    }

    /**
     * @throws KernelException ENOENT
     */
    public static FileStat stat(Directory directory, FileName name) throws KernelException {
        try (var arena = Arena.ofConfined()) {
            return stat(directory, bytes(arena, name), AT_SYMLINK_NOFOLLOW, arena);
        }
    }

    /** About what is open. */
    public static FileStat stat(Descriptor open) throws KernelException {
        try (var arena = Arena.ofConfined()) {
            return stat(open, arena.allocateFrom(""), AT_EMPTY_PATH, arena);
        }
    }

    private static FileStat stat(Descriptor at, MemorySegment path, int flags, Arena arena)
            throws KernelException {
        var answer = arena.allocate(FileStat.BYTES, 8);
        Call.STATX.of("entry", at.number(), path, flags, STATX_BASIC, answer);
        return FileStat.of(answer);
    }

    /** Where a link leads to, as it is written in it. */
    public static byte[] target(Directory directory, FileName link) throws KernelException {
        try (var arena = Arena.ofConfined()) {
            var answer = arena.allocate(MAX_TARGET);
            long length =
                    Call.READLINKAT.of(
                            "link",
                            directory.number(),
                            bytes(arena, link),
                            answer,
                            answer.byteSize());
            return answer.asSlice(0, length).toArray(ValueLayout.JAVA_BYTE);
        }
    }

    /**
     * A plain file, for reading. Nothing waits for the other end of a pipe.
     *
     * @throws KernelException ELOOP for a link, EISDIR, EINVAL for what is no plain file
     */
    public static OpenFile open(Directory directory, FileName name) throws KernelException {
        var file = new OpenFile(number(directory, name, O_NONBLOCK, 0));
        try {
            var stat = stat(file);
            if (stat.kind() == FileStat.Kind.DIRECTORY) {
                throw new KernelException("open", KernelException.EISDIR);
            }
            if (stat.kind() != FileStat.Kind.FILE) {
                throw new KernelException("open what is no plain file", KernelException.EINVAL);
            }
            return file;
        } catch (KernelException e) {
            file.close();
            throw e;
        }
    }

    /**
     * A new file, for writing.
     *
     * @throws KernelException EEXIST
     */
    public static OpenFile create(Directory directory, FileName name, int mode)
            throws KernelException {
        return new OpenFile(number(directory, name, O_CREAT_EXCL | O_WRONLY, mode));
    }

    private static long number(Directory directory, FileName name, int flags, int mode)
            throws KernelException {
        try (var arena = Arena.ofConfined()) {
            return Call.OPENAT.of(
                    "file",
                    directory.number(),
                    bytes(arena, name),
                    flags | Descriptor.O_NOFOLLOW | Descriptor.O_CLOEXEC,
                    mode);
        }
    }

    /**
     * A file for writing and reading that has no name: if it is closed before it gets one it leaves
     * nothing, however the process ends.
     */
    public static OpenFile nameless(Directory directory, int mode) throws KernelException {
        try (var arena = Arena.ofConfined()) {
            return new OpenFile(
                    Call.OPENAT.of(
                            "nameless file",
                            directory.number(),
                            arena.allocateFrom("."),
                            O_TMPFILE | Descriptor.O_DIRECTORY | O_RDWR | Descriptor.O_CLOEXEC,
                            mode));
        }
    }

    /**
     * Gives a nameless file its name.
     *
     * @throws KernelException EEXIST
     */
    public static void publish(OpenFile file, Directory directory, FileName name)
            throws KernelException {
        try (var arena = Arena.ofConfined()) {
            Call.LINKAT.of(
                    "publish",
                    Descriptor.AT_FDCWD,
                    arena.allocateFrom(file.path().toString()),
                    directory.number(),
                    bytes(arena, name),
                    AT_SYMLINK_FOLLOW);
        }
    }

    /**
     * Makes an empty file hold what the other does, holes included, without copying anything: both
     * have it until one is written to. For file systems that can, which is btrfs and XFS.
     *
     * @throws KernelException EOPNOTSUPP, EDQUOT, ENOSPC
     */
    public static void share(OpenFile from, OpenFile empty) throws KernelException {
        empty.command("share", FICLONE, from.number());
    }

    /**
     * Makes a symbolic link, wherever it leads.
     *
     * @throws KernelException EEXIST
     */
    public static void link(Directory directory, FileName name, byte[] target)
            throws KernelException {
        try (var arena = Arena.ofConfined()) {
            var text = arena.allocate(target.length + 1L);
            MemorySegment.copy(target, 0, text, ValueLayout.JAVA_BYTE, 0, target.length);
            Call.SYMLINKAT.of("link", text, directory.number(), bytes(arena, name));
        }
    }

    /**
     * @throws KernelException EEXIST
     */
    public static void make(Directory directory, FileName name, int mode) throws KernelException {
        try (var arena = Arena.ofConfined()) {
            Call.MKDIRAT.of("directory", directory.number(), bytes(arena, name), mode);
        }
    }

    /**
     * Never onto something.
     *
     * @throws KernelException EEXIST, EXDEV, ENOENT
     */
    public static void move(Directory from, FileName name, Directory to, FileName newName)
            throws KernelException {
        try (var arena = Arena.ofConfined()) {
            Call.RENAMEAT2.of(
                    "move",
                    from.number(),
                    bytes(arena, name),
                    to.number(),
                    bytes(arena, newName),
                    RENAME_NOREPLACE);
        }
    }

    /** Removes the file or link, or the empty directory. */
    public static void remove(Directory directory, FileName name, boolean isDirectory)
            throws KernelException {
        try (var arena = Arena.ofConfined()) {
            int flags = isDirectory ? AT_REMOVEDIR : 0;
            Call.UNLINKAT.of("remove", directory.number(), bytes(arena, name), flags);
        }
    }

    static MemorySegment bytes(Arena arena, FileName name) {
        var bytes = name.bytes();
        var segment = arena.allocate(bytes.length + 1L);
        MemorySegment.copy(bytes, 0, segment, ValueLayout.JAVA_BYTE, 0, bytes.length);
        return segment;
    }
}
