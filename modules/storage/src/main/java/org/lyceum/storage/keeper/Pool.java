package org.lyceum.storage.keeper;

import org.jspecify.annotations.Nullable;
import org.lyceum.platform.linux.Directory;
import org.lyceum.platform.linux.LoopDevices;
import org.lyceum.platform.linux.MountTable;
import org.lyceum.platform.linux.Mounts;
import org.lyceum.storage.PoolKind;
import org.lyceum.storage.PoolReport;
import org.lyceum.storage.QuotaBackend;
import org.lyceum.storage.btrfs.BtrfsQuota;
import org.lyceum.storage.image.FolderImages;
import org.lyceum.storage.measured.MeasuredOnly;
import org.lyceum.storage.project.ProjectQuota;
import org.lyceum.storage.tree.Way;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A pool that is there: mounted, ours, and with a way to set limits. */
final class Pool {

    /** In the pool's root; holds the pool's id. */
    private static final String MARKER = ".lyceum-pool";

    private final Path directory;
    private final PoolFile file;
    private final QuotaBackend backend;
    private volatile @Nullable Way way;

    private Pool(Path directory, PoolFile file) {
        this.directory = directory;
        this.file = file;
        this.backend = backend(file.kind(), root(), images(directory), file.projectBase());
    }

    /**
     * Mounts it unless it is.
     *
     * @param directory free of links
     */
    static Pool open(Path directory, PoolFile file) throws IOException {
        var pool = new Pool(directory, file);
        if (file.image() && MountTable.at(pool.root()).isEmpty()) {
            mount(PoolFile.imageOf(directory), pool.root(), file.kind());
        }
        pool.requireMarker();
        return pool;
    }

    static void mount(Path image, Path place, PoolKind kind) throws IOException {
        try (var attached = LoopDevices.attach(image)) {
            Mounts.mount(attached.device(), place, fileSystem(kind), options(kind));
        }
    }

    static QuotaBackend backend(PoolKind kind, Path root, Path images, long projectBase) {
        return switch (kind) {
            case XFS, EXT4 -> new ProjectQuota(kind, root, projectBase);
            case BTRFS -> new BtrfsQuota(root);
            case IMAGES -> new FolderImages(root, images);
            case MEASURED -> new MeasuredOnly(root);
        };
    }

    static Path images(Path directory) {
        return directory.resolve("images");
    }

    /** The kernel's word for it. */
    static String fileSystem(PoolKind kind) {
        return switch (kind) {
            case XFS -> "xfs";
            case EXT4 -> "ext4";
            case BTRFS -> "btrfs";
            case IMAGES, MEASURED ->
                    throw new IllegalArgumentException(kind + " is no file system");
        };
    }

    private static String options(PoolKind kind) {
        return switch (kind) {
            case XFS, EXT4 -> "prjquota";
            // Room that was given to the pool stays the pool's.
            case BTRFS -> "nodiscard";
            case IMAGES, MEASURED -> "";
        };
    }

    static void writeMarker(Path root, String id) throws IOException {
        Files.writeString(root.resolve(MARKER), id + "\n");
    }

    /** An empty mount point, or somebody else's file system, is not the pool. */
    private void requireMarker() throws IOException {
        var marker = root().resolve(MARKER);
        if (!Files.isRegularFile(marker) || !Files.readString(marker).strip().equals(file.id())) {
            throw new IOException("what is at " + root() + " is not the pool that was made");
        }
    }

    Path root() {
        return PoolFile.rootOf(directory);
    }

    QuotaBackend backend() {
        return backend;
    }

    /** Where trees of earlier versions are shown that nobody can change; ours alone to make. */
    Path versions() {
        return directory.resolve("versions");
    }

    /** How trees are made here; null until that place is there. */
    @Nullable Way way() {
        return way;
    }

    void prepared(Way found) {
        way = found;
    }

    PoolKind kind() {
        return file.kind();
    }

    boolean image() {
        return file.image();
    }

    PoolReport report() throws IOException {
        try (var root = Directory.open(root())) {
            var space = root.space();
            return new PoolReport(
                    file.kind(),
                    root().toString(),
                    file.image(),
                    space.total(),
                    space.available(),
                    file.tried());
        }
    }
}
