package org.lyceum.files;

import org.lyceum.platform.kernel.Problem;
import org.lyceum.storage.SnapshotService;

import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;

/**
 * Earlier versions of a folder: which there are, and bringing files of them back. For those who may
 * change the folder; others get FORBIDDEN {@code files.read-only}. Blocking.
 */
public final class VersionService {

    private final OwnerAccess access;
    private final FileService files;
    private final SnapshotService snapshots;
    private final Clock clock;

    VersionService(OwnerAccess access, FileService files, SnapshotService snapshots, Clock clock) {
        this.access = access;
        this.files = files;
        this.snapshots = snapshots;
        this.clock = clock;
    }

    /** Whether earlier versions are kept on this machine. */
    public boolean kept() {
        return snapshots.taken();
    }

    /** Times of which there is a version, the latest first. */
    public List<Instant> times(Place place) {
        place.requireWritable();
        return snapshots.list(place.key());
    }

    /**
     * Brings a file or a folder back to where it lay. What is there now goes to the trash, and only
     * once all of the earlier version is here. What is shared with the version is not copied.
     *
     * @throws Problem as {@link FilesProblems}, and {@code storage.no-snapshot}
     */
    public void restore(Place place, Instant time, FilePath path) {
        place.requireWritable();
        FileService.requireName(path);
        var folder = place.key();
        try (var top = access.in(folder, opened -> opened.below("."));
                var then = access.in(folder, time, opened -> opened.below("."))) {
            var comeback = new Comeback(then, top, place.trash(), path, clock.instant());
            files.requireRoom(folder, access.call(comeback::held));
            access.call(
                    () -> {
                        comeback.run();
                        return true;
                    });
        } catch (IOException e) {
            throw FilesProblems.of(e);
        }
    }
}
