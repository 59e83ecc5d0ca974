package org.lyceum.storage.image;

import org.lyceum.platform.linux.Program;
import org.lyceum.storage.Limits;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The file that a folder's file system is in: sparse, and there only once it is complete. */
final class ImageFile {

    /** ext4 does not get smaller in a useful way. */
    private static final long LEAST = 16L << 20;

    /** Where nobody sets a limit, the size is only what the folder can ever grow to. */
    private static final long UNLIMITED = 1L << 40;

    private static final int INODE_BYTES = 256;
    private static final long BLOCK = 4096;
    private static final long KEPT_AT_MOST = 4096 * BLOCK;

    /** The overhead of a file system is only known once it is there. */
    private static final int TRIES = 6;

    private static final Duration MAKING = Duration.ofMinutes(1);

    private ImageFile() {}

    static void ensure(Path image, Limits limits) throws IOException {
        if (Files.exists(image)) {
            return;
        }
        var draft = image.resolveSibling(image.getFileName() + ".new");
        Files.deleteIfExists(draft);
        long wanted = limits.bytes() == 0 ? UNLIMITED : Math.max(LEAST, limits.bytes());
        long size = size(wanted, limits.inodes());
        long missing = 1;
        for (int i = 0; i < TRIES && missing > 0; i++) {
            try (var file = new RandomAccessFile(draft.toFile(), "rw")) {
                file.setLength(size);
            }
            format(draft, wanted, limits.inodes());
            missing = wanted - usable(draft);
            size += missing + missing / 8 + 16 * BLOCK; // more room takes more to keep it
        }
        if (missing > 0) {
            throw new IOException("mkfs.ext4 leaves " + missing + " bytes less than asked for");
        }
        Files.move(draft, image, StandardCopyOption.ATOMIC_MOVE);
    }

    /** About what leaves {@code wanted} bytes after what ext4 needs for itself. */
    static long size(long wanted, long inodes) {
        long whole = wanted + journal(wanted) + inodes * INODE_BYTES + kept(wanted) + (1L << 20);
        return (whole | (BLOCK - 1)) + 1;
    }

    /** What the kernel keeps from everybody, for its own book-keeping in a full file system. */
    private static long kept(long total) {
        return Math.min(total / 50, KEPT_AT_MOST);
    }

    private static long usable(Path draft) throws IOException {
        var said = Program.run(MAKING, List.of("dumpe2fs", "-h", draft.toString()));
        long blocks = number(said, "Block count");
        return (blocks - number(said, "Overhead clusters")) * BLOCK - kept(blocks * BLOCK);
    }

    private static long number(String said, String what) throws IOException {
        var line = said.lines().filter(each -> each.startsWith(what + ":")).findFirst();
        if (line.isEmpty()) {
            throw new IOException("dumpe2fs does not say: " + what);
        }
        return Long.parseLong(line.get().substring(what.length() + 1).strip());
    }

    private static void format(Path file, long wanted, long inodes) throws IOException {
        var command =
                new ArrayList<>(
                        List.of(
                                "mkfs.ext4",
                                "-q",
                                "-b",
                                "4096",
                                "-m",
                                "0",
                                "-J",
                                "size=" + (journal(wanted) >> 20),
                                "-E",
                                "nodiscard,lazy_itable_init=1"));
        if (inodes > 0) {
            command.addAll(List.of("-N", Long.toString(inodes + ImageSpace.OWN_INODES)));
        }
        command.add(file.toString());
        Program.run(MAKING, command);
    }

    private static long journal(long wanted) {
        return Math.clamp(wanted >> 26, 4L, 64L) << 20; // a 64th, in whole MiB
    }

    /** The file behind a loop device; empty path when it has let go. */
    static Path of(String device) {
        try {
            var name = Path.of(device).getFileName();
            var file = Path.of("/sys/block").resolve(name).resolve("loop/backing_file");
            return Path.of(Files.readString(file).stripTrailing());
        } catch (IOException gone) {
            return Path.of("");
        }
    }

    /** The folder's number. */
    static long number(Path image) {
        return Long.parseLong(image.getFileName().toString().replace(".img", ""));
    }
}
