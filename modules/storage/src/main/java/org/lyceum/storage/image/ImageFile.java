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
    private static final Duration MAKING = Duration.ofMinutes(1);

    private ImageFile() {}

    static void ensure(Path image, Limits limits) throws IOException {
        if (Files.exists(image)) {
            return;
        }
        var draft = image.resolveSibling(image.getFileName() + ".new");
        Files.deleteIfExists(draft);
        long wanted = limits.bytes() == 0 ? UNLIMITED : Math.max(LEAST, limits.bytes());
        try (var file = new RandomAccessFile(draft.toFile(), "rw")) {
            file.setLength(size(wanted, limits.inodes()));
        }
        format(draft, wanted, limits.inodes());
        Files.move(draft, image, StandardCopyOption.ATOMIC_MOVE);
    }

    /** So that at least {@code wanted} bytes are left after what ext4 needs for itself. */
    static long size(long wanted, long inodes) {
        long whole = wanted + journal(wanted) + inodes * INODE_BYTES + wanted / 64 + (4L << 20);
        return (whole | 0xFFFF) + 1;
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
        return Math.clamp(wanted / 64 >> 20, 4, 64) << 20;
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
