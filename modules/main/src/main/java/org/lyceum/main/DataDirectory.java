package org.lyceum.main;

import org.jspecify.annotations.Nullable;
import org.lyceum.platform.kernel.Problem;
import org.lyceum.platform.kernel.Secret;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/**
 * Where an installation keeps all it knows. Only its owner may look into it, and only one process
 * works on it at a time.
 */
final class DataDirectory implements AutoCloseable {

    private static final Set<PosixFilePermission> OWNER_ONLY =
            PosixFilePermissions.fromString("rwx------");
    private static final Set<PosixFilePermission> OWNER_FILE =
            PosixFilePermissions.fromString("rw-------");

    /** 128 bits as hexadecimal digits. */
    private static final int MIN_KEY = 32;

    /** Of 64 random hexadecimal digits fewer than 8 different ones never come (10^-18). */
    private static final int MIN_DIFFERENT = 8;

    private final Path root;
    private final FileChannel lockFile;

    private DataDirectory(Path root, FileChannel lockFile) {
        this.root = root;
        this.lockFile = lockFile;
    }

    /**
     * @throws Problem UNAVAILABLE data.in-use, data.not-writable
     */
    static DataDirectory open(Path root) {
        try {
            Files.createDirectories(root);
            for (var folder : new String[] {"keys", "run"}) {
                ownerOnly(root.resolve(folder));
            }
            var file =
                    FileChannel.open(
                            root.resolve("run/lock"),
                            StandardOpenOption.CREATE,
                            StandardOpenOption.WRITE);
            if (lock(file) == null) {
                file.close();
                throw Problem.of(
                        Problem.Kind.UNAVAILABLE,
                        "data.in-use",
                        "Another Lyceum works on "
                                + root
                                + "; stop it with installer/lyceum down, or choose another"
                                + " --data-dir.");
            }
            return new DataDirectory(root, file);
        } catch (IOException e) {
            throw new Problem(
                    Problem.Kind.UNAVAILABLE,
                    "data.not-writable",
                    "The data directory "
                            + root
                            + " cannot be used; check that it exists, has room, and belongs to this"
                            + " user.",
                    e);
        }
    }

    Path root() {
        return root;
    }

    Path database() {
        return root.resolve("lyceum.db");
    }

    Path setupLink() {
        return root.resolve("run/setup-link");
    }

    /**
     * The secret in {@code keys/name}; made on first use, never changed.
     *
     * @throws Problem UNAVAILABLE data.key-unsafe when others may read it, or somebody could guess
     *     it
     */
    Secret key(String name) {
        var file = root.resolve("keys").resolve(name);
        try {
            if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
                writePrivately(file, Secret.random().reveal() + Secret.random().reveal());
            }
            requireOwn(file, name);
            var text = Files.readString(file).strip();
            if (text.length() < MIN_KEY || text.chars().distinct().count() < MIN_DIFFERENT) {
                throw unsafe(
                        name, "is too short or too plain to be ours; restore it from a backup");
            }
            return Secret.presented(text);
        } catch (IOException e) {
            throw new UncheckedIOException("reading keys/" + name, e);
        }
    }

    /** A key that others have read is none, and a link leads to what is not looked after here. */
    private static void requireOwn(Path file, String name) throws IOException {
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            throw unsafe(name, "is no file of its own; put the key itself there");
        }
        var mode = Files.getPosixFilePermissions(file, LinkOption.NOFOLLOW_LINKS);
        if (!OWNER_FILE.containsAll(mode)) {
            throw unsafe(name, "may be read by others; if nobody has, run chmod 600 on it");
        }
    }

    private static Problem unsafe(String name, String why) {
        return Problem.of(
                Problem.Kind.UNAVAILABLE,
                "data.key-unsafe",
                "The key keys/" + name + " of the data directory " + why + ".");
    }

    /** What tells this installation's containers from any other's: 32 hexadecimal digits. */
    String platformId() {
        var file = root.resolve("keys/platform-id");
        try {
            if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
                writePrivately(file, Secret.random().reveal());
            }
            return Files.readString(file).strip();
        } catch (IOException e) {
            throw new UncheckedIOException("reading keys/platform-id", e);
        }
    }

    /** Writes a file that only we may read, whole or not at all. */
    static void writePrivately(Path file, String text) throws IOException {
        var draft =
                Files.createTempFile(
                        file.getParent(),
                        file.getFileName().toString(),
                        ".new",
                        PosixFilePermissions.asFileAttribute(OWNER_FILE));
        Files.writeString(draft, text);
        Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
    }

    private static void ownerOnly(Path folder) throws IOException {
        if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
            Files.createDirectory(folder, PosixFilePermissions.asFileAttribute(OWNER_ONLY));
        }
        Files.setPosixFilePermissions(folder, OWNER_ONLY);
    }

    private static @Nullable FileLock lock(FileChannel file) throws IOException {
        try {
            return file.tryLock();
        } catch (OverlappingFileLockException ours) {
            return null; // held by another Lyceum inside this very process, as in tests
        }
    }

    @Override
    public void close() {
        try {
            lockFile.close();
        } catch (IOException e) {
            throw new UncheckedIOException("closing the lock file", e);
        }
    }
}
