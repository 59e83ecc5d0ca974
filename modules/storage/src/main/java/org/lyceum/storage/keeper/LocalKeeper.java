package org.lyceum.storage.keeper;

import org.jspecify.annotations.Nullable;
import org.lyceum.platform.linux.ContainerMounts;
import org.lyceum.platform.linux.Descriptor;
import org.lyceum.platform.linux.Directory;
import org.lyceum.platform.linux.LoopDevices;
import org.lyceum.platform.linux.MountTable;
import org.lyceum.platform.linux.Mounts;
import org.lyceum.platform.linux.Trees;
import org.lyceum.storage.Folder;
import org.lyceum.storage.FolderKey;
import org.lyceum.storage.Keeper;
import org.lyceum.storage.Limits;
import org.lyceum.storage.PoolReport;
import org.lyceum.storage.QuotaBackend;
import org.lyceum.storage.StorageConfig;
import org.lyceum.storage.UnsafeFolderException;
import org.lyceum.storage.Usage;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.IntStream;

/** Does the work in this process, with this process's rights. */
public final class LocalKeeper implements Keeper {

    /** More than commands run at once; folders that share one wait for each other, that is all. */
    private static final int LOCKS = 64;

    private static final int SEALED = 0700;

    private final StorageConfig config;
    private final Checkpoint checkpoint;
    private final SnapshotWork snapshots;
    private final ReentrantLock opening = new ReentrantLock();
    private final ReentrantLock[] locks =
            IntStream.range(0, LOCKS)
                    .mapToObj(i -> new ReentrantLock())
                    .toArray(ReentrantLock[]::new);
    private volatile @Nullable Pool pool;

    public LocalKeeper(StorageConfig config) {
        this(config, Checkpoint.NONE);
    }

    LocalKeeper(StorageConfig config, Checkpoint checkpoint) {
        this.config = config;
        this.checkpoint = checkpoint;
        this.snapshots = new SnapshotWork(checkpoint);
    }

    /**
     * Makes the pool, once: tries what this machine can enforce and takes the best.
     *
     * @throws IOException when a kind was asked for that does not work here
     */
    public PoolReport setUp() throws IOException {
        Files.createDirectories(config.directory());
        new PoolSetup(config, config.directory().toRealPath()).make();
        return open();
    }

    /**
     * Takes the pool out of the machine's sight, for whoever removes the platform or mends the
     * disk.
     *
     * @throws IOException while a server or a shell uses something in it
     */
    public void unmount() throws IOException {
        var directory = config.directory().toRealPath();
        for (var mount : MountTable.all().reversed()) {
            if (mount.at().startsWith(directory)) {
                Mounts.unmount(mount.at());
            }
        }
        close();
    }

    @Override
    public PoolReport open() throws IOException {
        return pool().report();
    }

    private Pool pool() throws IOException {
        var now = pool;
        if (now != null) {
            return now;
        }
        opening.lock();
        try {
            if (pool == null) {
                Files.createDirectories(config.directory());
                var directory = config.directory().toRealPath();
                var made = PoolFile.read(directory);
                pool =
                        Pool.open(
                                directory,
                                made.isPresent()
                                        ? made.get()
                                        : new PoolSetup(config, directory).inPlace());
            }
            return pool;
        } finally {
            opening.unlock();
        }
    }

    @Override
    public Made make(Folder folder, Limits limits) throws IOException {
        var now = pool();
        var key = folder.key();
        return inFolder(
                now,
                folder,
                parent -> {
                    checkpoint.at("make.parents");
                    var made = now.backend().make(parent, folder, limits);
                    checkpoint.at("make.limited");
                    var files = files(key, made);
                    try (var directory = parent.below(files)) {
                        giveAway(directory, folder);
                    }
                    checkpoint.at("make.given-away");
                    return new Made(made.mark(), now.root().resolve(key.parent()).resolve(files));
                });
    }

    private static String files(FolderKey key, QuotaBackend.Made made) {
        return made.inside().isEmpty() ? key.name() : key.name() + "/" + made.inside();
    }

    /** An end between making and giving away leaves it ours and empty: this finishes the work. */
    private static void giveAway(Directory directory, Folder folder) throws IOException {
        var owner = (Integer) Files.getAttribute(directory.path(), "unix:uid");
        if (owner != null && owner == StorageConfig.UID) {
            return; // what its owner did to the permissions is their business
        }
        try (var entries = Files.newDirectoryStream(directory.path())) {
            if (entries.iterator().hasNext()) {
                throw new UnsafeFolderException(folder.key() + " belongs to uid " + owner);
            }
        }
        directory.mode(folder.key().kind().mode());
        directory.own(StorageConfig.UID, StorageConfig.GID);
    }

    @Override
    public void limit(Folder folder, long mark, Limits limits) throws IOException {
        var now = pool();
        inFolder(
                now,
                folder,
                parent -> {
                    checkpoint.at("limit");
                    now.backend().limit(parent, folder, mark, limits);
                    return null;
                });
    }

    @Override
    public Usage usage(Folder folder, long mark) throws IOException {
        var now = pool();
        try (var parent = parent(now, folder.key())) {
            return now.backend().usage(parent, folder, mark);
        }
    }

    @Override
    public Map<Long, Usage> usages() throws IOException {
        return pool().backend().usages();
    }

    @Override
    public Path seal(Folder folder) throws IOException {
        return own(folder, 0, 0, SEALED);
    }

    @Override
    public void release(Folder folder) throws IOException {
        own(folder, StorageConfig.UID, StorageConfig.GID, folder.key().kind().mode());
    }

    private Path own(Folder folder, int uid, int gid, int mode) throws IOException {
        var now = pool();
        return inFolder(
                now,
                folder,
                parent -> {
                    var place = files(folder.key(), now.backend().find(parent, folder));
                    try (var files = parent.below(place)) {
                        files.own(uid, gid);
                        checkpoint.at("own");
                        files.mode(mode);
                    }
                    return now.root().resolve(folder.key().parent()).resolve(place);
                });
    }

    @Override
    public void remove(Folder folder) throws IOException {
        var now = pool();
        snapshots.dropAll(now, folder);
        inFolder(
                now,
                folder,
                parent -> {
                    checkpoint.at("remove");
                    now.backend().remove(parent, folder);
                    return null;
                });
        snapshots.dropAll(now, folder); // of one that was being taken
    }

    @Override
    public int sweep(Folder folder, Instant untouchedSince) throws IOException {
        var now = pool();
        try (var files = files(now, folder)) {
            checkpoint.at("sweep");
            return Trees.removeUntouched(files, untouchedSince);
        }
    }

    @Override
    public Taken snapshot(Folder folder, Instant at, long shareBytes) throws IOException {
        return snapshots.take(pool(), folder, at, shareBytes);
    }

    @Override
    public Snapshots snapshots(Folder folder) throws IOException {
        return snapshots.list(pool(), folder);
    }

    @Override
    public long snapshotBytes() throws IOException {
        return snapshots.bytes(pool());
    }

    @Override
    public void dropSnapshot(Folder folder, Instant at) throws IOException {
        snapshots.drop(pool(), folder, at);
    }

    @Override
    public void mount(Folder folder, ContainerProcess container, String place, boolean readOnly)
            throws IOException {
        ContainerPlace.require(place);
        try (var files = files(pool(), folder)) {
            checkpoint.at("mount");
            ContainerMounts.mount(
                    files, container.pid(), place, readOnly, () -> ContainerPlace.holds(container));
        }
    }

    @Override
    public PoolReport grow(long bytes) throws IOException {
        var now = pool();
        if (!now.image()) {
            throw new IOException("the pool is no image; grow the file system it lies on");
        }
        opening.lock();
        try {
            var image = PoolFile.imageOf(config.directory().toRealPath());
            if (bytes < Files.size(image)) {
                throw new IOException("the pool is " + Files.size(image) + " bytes already");
            }
            try (var file = Descriptor.openFile(image)) {
                file.allocate(bytes);
            }
            checkpoint.at("grow.allocated");
            LoopDevices.growToFile(LoopDevices.find(image).orElseThrow());
            checkpoint.at("grow.device");
            now.backend().grow(now.root());
            return now.report();
        } finally {
            opening.unlock();
        }
    }

    /** The directory with the folder's files. */
    static Directory files(Pool pool, Folder folder) throws IOException {
        try (var parent = parent(pool, folder.key())) {
            var found = pool.backend().find(parent, folder);
            return parent.below(files(folder.key(), found));
        }
    }

    @FunctionalInterface
    private interface Work<T extends @Nullable Object> {
        T in(Directory parent) throws IOException;
    }

    /** One at a time for each folder, in the directory that holds it. */
    private <T extends @Nullable Object> T inFolder(Pool now, Folder folder, Work<T> work)
            throws IOException {
        var lock = locks[Math.floorMod(folder.key().hashCode(), LOCKS)];
        lock.lock();
        try (var parent = parent(now, folder.key())) {
            return work.in(parent);
        } finally {
            lock.unlock();
        }
    }

    /** Makes what is missing on the way; all of it is root's, to be passed through by others. */
    private static Directory parent(Pool pool, FolderKey key) throws IOException {
        return path(pool, key.parent());
    }

    static Directory path(Pool pool, String path) throws IOException {
        var at = Directory.open(pool.root());
        for (var name : path.split("/")) {
            try (var above = at) {
                boolean made = above.make(name, 0711);
                at = above.below(name);
                if (made) {
                    at.mode(0711); // whatever our umask is
                }
            }
        }
        return at;
    }

    /** Closes nothing that others use: what is mounted stays. */
    @Override
    public void close() {
        pool = null;
    }
}
