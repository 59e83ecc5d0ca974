package org.lyceum.storage.keeper;

import org.jspecify.annotations.Nullable;
import org.lyceum.platform.kernel.Bytes;
import org.lyceum.platform.linux.Descriptor;
import org.lyceum.platform.linux.MountTable;
import org.lyceum.platform.linux.Mounts;
import org.lyceum.platform.linux.Program;
import org.lyceum.storage.PoolKind;
import org.lyceum.storage.PoolReport.Tried;
import org.lyceum.storage.StorageConfig;
import org.lyceum.storage.btrfs.BtrfsQuota;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Makes a pool, once: the best that is proven to hold limits on this machine. What was tried stays
 * in the pool's file, for people to read.
 */
final class PoolSetup {

    /** Making a file system takes seconds, its size hardly matters. */
    private static final Duration MAKING = Duration.ofMinutes(2);

    /** XFS refuses to be smaller than 300 MB. */
    private static final long TRIAL_IMAGE = 512L << 20;

    /** Kept for images, the database and logs, where a size is chosen for the operator. */
    private static final long LEFT_FOR_OTHERS = 10L << 30;

    private static final long LEAST_POOL = 512L << 20;

    private final StorageConfig config;
    private final Path directory;
    private final List<Tried> tried = new ArrayList<>();

    PoolSetup(StorageConfig config, Path directory) {
        this.config = config;
        this.directory = directory;
    }

    /**
     * Makes the pool, or finds it made.
     *
     * @throws IOException when a kind was asked for that does not work here
     */
    PoolFile make() throws IOException {
        var there = PoolFile.read(directory);
        if (there.isPresent()) {
            return there.get();
        }
        requireNothingLost();
        var root = PoolFile.rootOf(directory);
        ensureDirectory(root, "rwx--x--x");
        removeDraft(root);
        var file = choose(root, emptyBut(root));
        file.write(directory);
        return file;
    }

    /**
     * The best that works where the folders lie already, for a platform that was started without
     * the installer.
     */
    PoolFile inPlace() throws IOException {
        var root = PoolFile.rootOf(directory);
        ensureDirectory(root, "rwx--x--x");
        var kind = config.kind() == StorageConfig.Kind.MEASURED ? null : tryInPlace(root);
        if (kind != null) {
            var file = finish(root, kind, false);
            file.write(directory);
            return file;
        }
        if (config.kind() != StorageConfig.Kind.AUTO
                && config.kind() != StorageConfig.Kind.MEASURED) {
            throw new IOException(
                    "no pool of kind " + config.kind() + " was made; run 'installer/lyceum up'");
        }
        tried.add(measured());
        return finish(root, PoolKind.MEASURED, false);
    }

    private PoolFile choose(Path root, boolean mayMount) throws IOException {
        var kind = config.kind() == StorageConfig.Kind.MEASURED ? null : tryInPlace(root);
        if (kind != null) {
            return finish(root, kind, false);
        }
        for (var candidate : imageKinds()) {
            if (mayMount && tryImage(candidate)) {
                makeImage(root, candidate);
                return finish(root, candidate, true);
            }
        }
        if (wanted(StorageConfig.Kind.IMAGES) && tryFolderImages(root)) {
            return finish(root, PoolKind.IMAGES, false);
        }
        if (config.kind() != StorageConfig.Kind.AUTO
                && config.kind() != StorageConfig.Kind.MEASURED) {
            throw new IOException(
                    "storage.kind is " + config.kind() + ", which does not work here: " + tried);
        }
        tried.add(measured());
        return finish(root, PoolKind.MEASURED, false);
    }

    private boolean wanted(StorageConfig.Kind kind) {
        return config.kind() == StorageConfig.Kind.AUTO || config.kind() == kind;
    }

    private @Nullable PoolKind tryInPlace(Path root) throws IOException {
        var type = MountTable.holding(root).map(MountTable.Mounted::fileSystem).orElse("");
        PoolKind kind =
                switch (type) {
                    case "xfs" -> PoolKind.XFS;
                    case "ext4" -> PoolKind.EXT4;
                    case "btrfs" -> PoolKind.BTRFS;
                    default -> null;
                };
        if (kind == null) {
            tried.add(new Tried(type + " in place", false, "has no limits for directories"));
            return null;
        }
        if (!wanted(StorageConfig.Kind.valueOf(kind.name()))) {
            return null;
        }
        return attempt(type + " in place", () -> trial(root, kind)) ? kind : null;
    }

    private List<PoolKind> imageKinds() {
        var kinds = new ArrayList<PoolKind>();
        // XFS first: it limits files too, and df shows people their own limit.
        for (var kind : List.of(PoolKind.XFS, PoolKind.BTRFS, PoolKind.EXT4)) {
            if (wanted(StorageConfig.Kind.valueOf(kind.name()))) {
                kinds.add(kind);
            }
        }
        return kinds;
    }

    private boolean tryImage(PoolKind kind) {
        var image = directory.resolve("trial.img");
        var place = directory.resolve("trial");
        return attempt(
                Pool.fileSystem(kind) + " in a pool image",
                () -> {
                    try {
                        Files.createDirectories(place);
                        makeFile(image, TRIAL_IMAGE, false);
                        format(image, kind);
                        Pool.mount(image, place, kind);
                        return trial(place, kind);
                    } finally {
                        unmount(place);
                        Files.deleteIfExists(place);
                        Files.deleteIfExists(image);
                    }
                });
    }

    private boolean tryFolderImages(Path root) throws IOException {
        var images = Pool.images(directory);
        ensureDirectory(images, "rwx------");
        return attempt("an image for each folder", () -> trial(root, PoolKind.IMAGES));
    }

    private String trial(Path root, PoolKind kind) throws IOException {
        if (kind == PoolKind.BTRFS) {
            new BtrfsQuota(root).enable();
        }
        return Trial.run(
                root,
                place -> Pool.backend(kind, place, Pool.images(directory), freeBase(root, kind)));
    }

    @FunctionalInterface
    private interface Attempt {
        String run() throws IOException;
    }

    private boolean attempt(String what, Attempt attempt) {
        try {
            tried.add(new Tried(what, true, attempt.run()));
            return true;
        } catch (IOException e) {
            tried.add(new Tried(what, false, String.valueOf(e.getMessage())));
            return false;
        }
    }

    private static Tried measured() {
        return new Tried("measured only", true, "limits are shown to people and NOT ENFORCED");
    }

    private void makeImage(Path root, PoolKind kind) throws IOException {
        var draft = draft();
        makeFile(draft, size(), true);
        format(draft, kind);
        Pool.mount(draft, root, kind);
        Files.setPosixFilePermissions(root, PosixFilePermissions.fromString("rwx--x--x"));
        if (kind == PoolKind.BTRFS) {
            new BtrfsQuota(root).enable();
        }
        Files.move(draft, PoolFile.imageOf(directory), StandardCopyOption.ATOMIC_MOVE);
    }

    private Path draft() {
        return directory.resolve("pool.img.new");
    }

    /** Half of what is free, but leave enough for the rest of the platform. */
    private long size() throws IOException {
        if (config.poolSize().value() > 0) {
            return config.poolSize().value();
        }
        long free = Files.getFileStore(directory).getUsableSpace();
        long chosen = Math.min(free / 2, Math.max(free / 4, free - LEFT_FOR_OTHERS));
        long whole = chosen >> 20 << 20;
        if (whole < LEAST_POOL) {
            throw new IOException(
                    "only " + new Bytes(free) + " are free, too little to make a pool of half");
        }
        return whole;
    }

    /** Backed by the disk from the beginning: people who fill it take nothing from the database. */
    private static void makeFile(Path file, long size, boolean backed) throws IOException {
        Files.deleteIfExists(file);
        try (var made = new RandomAccessFile(file.toFile(), "rw")) {
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
            made.setLength(size);
        }
        if (backed) {
            try (var open = Descriptor.openFile(file)) {
                open.allocate(size);
            }
        }
    }

    private static void format(Path image, PoolKind kind) throws IOException {
        var command =
                switch (kind) {
                    case XFS -> List.of("mkfs.xfs", "-q", "-K", "-f");
                    case BTRFS -> List.of("mkfs.btrfs", "-q", "-K", "-f");
                    case EXT4 ->
                            List.of(
                                    "mkfs.ext4",
                                    "-q",
                                    "-F",
                                    "-m",
                                    "0",
                                    "-O",
                                    "quota,project",
                                    "-E",
                                    "nodiscard,quotatype=prjquota");
                    case IMAGES, MEASURED -> throw new IllegalArgumentException("no file system");
                };
        var whole = new ArrayList<>(command);
        whole.add(image.toString());
        Program.run(MAKING, whole);
    }

    private PoolFile finish(Path root, PoolKind kind, boolean image) throws IOException {
        var id = UUID.randomUUID().toString();
        Pool.writeMarker(root, id);
        return new PoolFile(id, kind, image, freeBase(root, kind), tried);
    }

    /**
     * A million project numbers that nobody on the file system uses: not another installation, not
     * the machine's owner.
     */
    private static long freeBase(Path root, PoolKind kind) {
        long base = 0;
        for (int i = 0; i < 8; i++) {
            base = (1L << 30) + ((long) ThreadLocalRandom.current().nextInt(1, 1024) << 20);
            try {
                if (Pool.backend(kind, root, root, base).usages().isEmpty()) {
                    break;
                }
            } catch (IOException off) {
                break; // the trial says why
            }
        }
        return base;
    }

    private static boolean emptyBut(Path root) throws IOException {
        return !Files.exists(root.resolve("communities"));
    }

    /** Folders may be in an image whose pool file was lost; making a new one would bury them. */
    private void requireNothingLost() throws IOException {
        if (Files.exists(PoolFile.imageOf(directory))) {
            throw new IOException(
                    "there is a pool image but no pool.properties; restore that file from a"
                            + " backup");
        }
    }

    /** What an end in the middle of an earlier try left; no folder was ever in it. */
    private void removeDraft(Path root) throws IOException {
        if (Files.exists(draft())) {
            unmount(root);
            Files.delete(draft());
        }
        unmount(directory.resolve("trial"));
    }

    private static void unmount(Path place) throws IOException {
        while (MountTable.at(place).isPresent()) {
            Mounts.unmount(place);
        }
    }

    private static void ensureDirectory(Path path, String mode) throws IOException {
        Files.createDirectories(path);
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(mode));
    }
}
