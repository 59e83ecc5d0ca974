package org.lyceum.storage;

import org.lyceum.platform.kernel.Problem;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;

/** Makes folders, and says what they hold. Blocking. */
public final class FolderService {

    private static final Logger log = LoggerFactory.getLogger(FolderService.class);

    private final DiskGuard guard;
    private final FolderRepository folders;
    private final LeavingService leaving;
    private final LimitService limits;
    private final Keeper keeper;
    private final Clock clock;

    FolderService(
            DiskGuard guard,
            FolderRepository folders,
            LeavingService leaving,
            LimitService limits,
            Keeper keeper,
            Clock clock) {
        this.guard = guard;
        this.folders = folders;
        this.leaving = leaving;
        this.limits = limits;
        this.keeper = keeper;
        this.clock = clock;
    }

    /**
     * The folder's directory on this machine, made if it is not there, with its limits in force. An
     * existing one is left as it is.
     *
     * @throws Problem UNAVAILABLE {@code storage.disk-full} when the disk of the records or of the
     *     engine is nearly full, {@code storage.unsafe} when something that is not ours is in the
     *     way, {@code storage.unwritable}, {@code folder.being-removed}; CONFLICT {@code
     *     folder.leaving} for what belongs to somebody who has left
     */
    public Path ensure(FolderKey key) {
        return made(key, true);
    }

    /**
     * The same however little room is left: for who reads, and for who deletes to make room.
     *
     * @throws Problem as {@link #ensure}, without {@code storage.disk-full}
     */
    public Path open(FolderKey key) {
        return made(key, false);
    }

    private Path made(FolderKey key, boolean forMore) {
        try {
            keeper.open();
            if (forMore) {
                guard.requireRoomToStart();
            }
            var line = folders.claim(key, clock.instant());
            leaving.beforeUse(line.folder());
            var made = keeper.make(line.folder(), limits.of(line.folder()).enforced());
            if (line.mark() == null || line.mark() != made.mark()) {
                folders.mark(line.folder(), made.mark());
                log.info("folder.made folder={} mark={}", key, made.mark());
            }
            return made.place();
        } catch (IOException e) {
            throw StorageProblems.of(e);
        }
    }

    /** Folders of a kind that are there, by number, from behind {@code after}. */
    public List<Folder> made(FolderKind kind, long after, int limit) {
        return folders.made(kind, after, limit);
    }

    /** A folder by its number. */
    public Optional<Folder> find(long number) {
        return folders.find(number).map(FolderRepository.Line::folder);
    }

    /**
     * Mounts the folder in a container that runs already.
     *
     * @param place absolute, as the container sees it; the directory it lies in must be there
     * @throws Problem UNAVAILABLE {@code storage.not-mountable}
     */
    public void mount(
            FolderKey key, Keeper.ContainerProcess container, String place, boolean readOnly) {
        try {
            var line =
                    folders.find(key)
                            .orElseThrow(() -> new IOException(key + " has never been made"));
            keeper.mount(line.folder(), container, place, readOnly);
        } catch (IOException e) {
            throw StorageProblems.notMounted(e);
        }
    }

    /**
     * What the folder holds right now; where only walking would tell, what was measured last. Empty
     * when there is no such folder.
     *
     * @throws Problem UNAVAILABLE {@code storage.unsafe}, {@code storage.unwritable}
     */
    public Optional<FolderUsage> usage(FolderKey key) {
        return folders.find(key).map(this::usage);
    }

    private FolderUsage usage(FolderRepository.Line line) {
        var effective = limits.of(line.folder());
        var mark = line.mark();
        try {
            boolean enforced = keeper.open().kind().abilities().bytes();
            if (mark == null || !enforced) {
                return new FolderUsage(
                        line.folder(), line.usedBytes(), line.usedInodes(), effective, enforced);
            }
            var now = keeper.usage(line.folder(), mark);
            var inodes = now.inodes() == Usage.UNCOUNTED ? null : now.inodes();
            return new FolderUsage(line.folder(), now.bytes(), inodes, effective, true);
        } catch (IOException e) {
            throw StorageProblems.of(e);
        }
    }
}
