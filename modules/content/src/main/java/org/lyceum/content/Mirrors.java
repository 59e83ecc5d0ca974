package org.lyceum.content;

import org.jspecify.annotations.Nullable;
import org.lyceum.platform.kernel.Problem;
import org.lyceum.platform.kernel.Secret;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/**
 * What was fetched, for homes to take it from: a directory for each repository and branch, so that
 * a class costs its host one answer. Nobody else on the machine gets through to them. Blocking.
 */
final class Mirrors {

    /** Longer unused, and it is fetched anew. */
    private static final Duration MAX_AGE = Duration.ofDays(14);

    private static final int MAX_WORDS = 64 * 1024;

    private final Path root;
    private final Map<String, Mirror> known = new ConcurrentHashMap<>();

    /**
     * @param root one of the engine's bind roots; made when missing
     */
    Mirrors(Path root) {
        this.root = root;
    }

    /**
     * One of them.
     *
     * @param lock to write while it is fetched, to read while files are taken from it
     */
    record Mirror(Path directory, ReentrantReadWriteLock lock, State state) {

        /** What its container may write to. */
        Path out() {
            return directory.resolve("out");
        }

        Path repository() {
            return out().resolve("repository");
        }

        /** What only its container may read while it fetches. */
        Path secrets() {
            return directory.resolve("secrets");
        }

        String hostKeys() {
            return text(out().resolve("known_hosts"));
        }
    }

    /** When it was fetched last, and how that went; guarded by the mirror's lock. */
    static final class State {
        private Instant tried = Instant.MIN;
        private @Nullable Problem failure;

        /**
         * Whether it need not be asked for again.
         *
         * @param afterFailure how long a failure stands
         */
        boolean stands(Instant now, Duration fresh, Duration afterFailure) {
            return tried.isAfter(now.minus(failure == null ? fresh : afterFailure));
        }

        void note(Instant now, @Nullable Problem how) {
            tried = now;
            failure = how;
        }

        @Nullable Problem failure() {
            return failure;
        }
    }

    void make() {
        try {
            Files.createDirectories(root);
            permit(root, "rwx------");
            Files.createDirectories(root.resolve("mirrors"));
            permit(root.resolve("mirrors"), "rwxr-xr-x");
            var script = root.resolve("pull.py");
            Files.deleteIfExists(script);
            put(script, Script.PULL);
        } catch (IOException e) {
            throw new UncheckedIOException("make " + root, e);
        }
    }

    /** The program that puts files into a home. */
    Path script() {
        return root.resolve("pull.py");
    }

    /**
     * @param key all that makes a difference to what is fetched, and to who may have it
     */
    Mirror of(String key) {
        return named(hash(key));
    }

    private Mirror named(String hash) {
        return known.computeIfAbsent(
                hash,
                name ->
                        new Mirror(
                                root.resolve("mirrors").resolve(name),
                                new ReentrantReadWriteLock(),
                                new State()));
    }

    /** Made for a fetch; one that has grown beyond {@code maxBytes} begins anew. */
    void prepare(Mirror mirror, long maxBytes) throws IOException {
        if (Files.exists(mirror.directory()) && bytes(mirror.out()) > maxBytes) {
            deleteAll(mirror.directory());
        }
        if (!Files.exists(mirror.directory())) {
            Files.createDirectory(mirror.directory());
            permit(mirror.directory(), "rwxr-xr-x");
            permit(Files.createDirectory(mirror.out()), "rwxrwxrwx");
        }
        deleteSecrets(mirror);
        permit(Files.createDirectory(mirror.secrets()), "rwxr-xr-x");
    }

    void putSecrets(Mirror mirror, @Nullable Secret key, @Nullable String hostKeys)
            throws IOException {
        if (key != null) {
            put(mirror.secrets().resolve("secret"), key.reveal());
        }
        if (hostKeys != null) {
            put(mirror.secrets().resolve("known_hosts"), hostKeys);
        }
    }

    void deleteSecrets(Mirror mirror) throws IOException {
        if (Files.exists(mirror.secrets())) {
            deleteAll(mirror.secrets());
        }
    }

    void used(Mirror mirror, Instant now) throws IOException {
        Files.setLastModifiedTime(mirror.directory(), FileTime.from(now));
    }

    /** Deletes what nobody has used for long; returns how many were looked at and deleted. */
    int[] sweep(Instant now) {
        int[] counts = {0, 0};
        try (var all = Files.newDirectoryStream(root.resolve("mirrors"))) {
            for (var directory : all) {
                counts[0]++;
                var used =
                        Files.getLastModifiedTime(directory, LinkOption.NOFOLLOW_LINKS).toInstant();
                if (used.plus(MAX_AGE).isBefore(now) && forget(directory)) {
                    counts[1]++;
                }
            }
            return counts;
        } catch (IOException e) {
            throw new UncheckedIOException("sweep mirrors", e);
        }
    }

    /** Unless it is in use just now. */
    private boolean forget(Path directory) throws IOException {
        var mirror = named(Objects.requireNonNull(directory.getFileName()).toString());
        if (!mirror.lock().writeLock().tryLock()) {
            return false;
        }
        try {
            mirror.state().note(Instant.MIN, null);
            deleteAll(directory);
            return true;
        } finally {
            mirror.lock().writeLock().unlock();
        }
    }

    private static long bytes(Path directory) throws IOException {
        try (var all = Files.walk(directory)) { // follows no links
            return all.mapToLong(Mirrors::size).sum();
        }
    }

    private static long size(Path file) {
        try {
            return plain(file) ? Files.size(file) : 0;
        } catch (IOException gone) {
            return 0;
        }
    }

    /** What stands there was written in a container: a link could lead anywhere. */
    private static boolean plain(Path file) {
        return Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS);
    }

    private static String text(Path file) {
        try {
            return plain(file) && Files.size(file) <= MAX_WORDS ? Files.readString(file) : "";
        } catch (IOException unreadable) {
            return "";
        }
    }

    private static void deleteAll(Path directory) throws IOException {
        try (var all = Files.walk(directory)) { // follows no links
            for (var each : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(each);
            }
        }
    }

    private static void put(Path file, String text) throws IOException {
        Files.writeString(file, text);
        permit(file, "r--r--r--");
    }

    private static void permit(Path path, String mode) throws IOException {
        // Set and not left to the process's umask, which may keep a container's user out.
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(mode));
    }

    private static String hash(String key) {
        try {
            var digest = MessageDigest.getInstance("SHA-256");
            return HexFormat.of()
                    .formatHex(digest.digest(key.getBytes(StandardCharsets.UTF_8)), 0, 16);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
