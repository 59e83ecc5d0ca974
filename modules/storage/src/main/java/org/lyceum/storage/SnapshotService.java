package org.lyceum.storage;

import org.jspecify.annotations.Nullable;
import org.lyceum.platform.kernel.Problem;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/** Earlier versions of folders, as they are there. Who may see them is asked above. Blocking. */
public final class SnapshotService {

    private final FolderRepository folders;
    private final Keeper keeper;
    private final SnapshotRule rule;
    private final AtomicReference<@Nullable SnapshotUse> use = new AtomicReference<>();

    SnapshotService(FolderRepository folders, Keeper keeper, SnapshotRule rule) {
        this.folders = folders;
        this.keeper = keeper;
        this.rule = rule;
    }

    /**
     * Whether any are taken here.
     *
     * @throws Problem UNAVAILABLE {@code storage.unwritable}
     */
    public boolean taken() {
        try {
            return rule.hourly() > 0 && keeper.open().kind().abilities().snapshots();
        } catch (IOException e) {
            throw StorageProblems.of(e);
        }
    }

    /** What all together take; empty until somebody has looked, which is done every ten minutes. */
    public Optional<SnapshotUse> use() {
        return Optional.ofNullable(use.get());
    }

    void found(SnapshotUse now) {
        use.set(now);
    }

    /** When the folder was looked at, the latest first. */
    public List<Instant> list(FolderKey key) {
        var folder = folders.find(key);
        if (folder.isEmpty()) {
            return List.of();
        }
        try {
            return keeper.snapshots(folder.get().folder()).times().reversed();
        } catch (IOException e) {
            throw StorageProblems.of(e);
        }
    }

    /**
     * Where the folder's files are as they were. Only a time that is in the list has a place: what
     * somebody asks for never becomes part of a path.
     *
     * @throws Problem NOT_FOUND {@code storage.no-snapshot}
     */
    public Path place(FolderKey key, Instant time) {
        try {
            var folder = folders.find(key).orElseThrow(SnapshotService::gone).folder();
            var snapshots = keeper.snapshots(folder);
            if (!snapshots.times().contains(time)) {
                throw gone();
            }
            return snapshots.at(time);
        } catch (IOException e) {
            throw StorageProblems.of(e);
        }
    }

    private static Problem gone() {
        return new Problem(
                Problem.Kind.NOT_FOUND,
                "storage.no-snapshot",
                "There is no version of that time any more: older ones make room for newer ones."
                        + " Choose another time from the list.",
                null);
    }
}
