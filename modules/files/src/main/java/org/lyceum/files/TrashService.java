package org.lyceum.files;

import org.jspecify.annotations.Nullable;
import org.lyceum.platform.kernel.Problem;
import org.lyceum.platform.linux.Directory;
import org.lyceum.platform.linux.Entries;
import org.lyceum.platform.linux.FileName;
import org.lyceum.platform.linux.Trees;
import org.lyceum.storage.FolderKey;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;

/**
 * Deletes into the trash, and brings back; for those who may change the folder. What is in the
 * trash counts like everything else there. Blocking; throws the Problems of {@link FilesProblems},
 * and FORBIDDEN {@code files.read-only}.
 */
public final class TrashService {

    private final OwnerAccess access;
    private final Clock clock;

    TrashService(OwnerAccess access, Clock clock) {
        this.access = access;
        this.clock = clock;
    }

    /**
     * Moves it to the trash.
     *
     * @return its name there
     */
    public FileName put(Place place, FilePath path) {
        place.requireWritable();
        FileService.requireName(path);
        var trash = place.trash();
        if (path.within(trash.place()) || trash.place().within(path)) {
            throw Problem.invalid(
                    "files.is-trash",
                    "The trash cannot be put into itself. Empty it on its own page, or delete this"
                            + " for good.");
        }
        return access.in(
                place.key(),
                top -> {
                    try (var parent = Entries.below(top, path.parent().names())) {
                        return trash.put(top, parent, path, clock.instant());
                    }
                });
    }

    /** Removes it for good: the way out when not even a note in the trash fits any more. */
    public void remove(Place place, FilePath path) {
        place.requireWritable();
        FileService.requireName(path);
        access.in(
                place.key(),
                top -> {
                    try (var parent = Entries.below(top, path.parent().names())) {
                        Trees.remove(parent, path.last());
                        return true;
                    }
                });
    }

    /** What is in it, by name, from behind {@code after}, at most {@value FileService#PAGE}. */
    public List<TrashItem> list(Place place, @Nullable FileName after) {
        place.requireWritable();
        return access.in(place.key(), top -> place.trash().list(top, after, FileService.PAGE));
    }

    /**
     * Brings it back.
     *
     * @return where it is now
     */
    public FilePath restore(Place place, FileName name) {
        place.requireWritable();
        return access.in(place.key(), top -> place.trash().restore(top, name));
    }

    /** Removes one thing in it for good. */
    public void purge(Place place, FileName name) {
        change(place, top -> place.trash().remove(top, name));
    }

    /** Removes all of it for good. */
    public void empty(Place place) {
        change(place, place.trash()::empty);
    }

    /**
     * Removes for good what was deleted longer ago than this.
     *
     * @return how much went
     */
    int expire(FolderKey folder, Duration age) {
        var before = clock.instant().minus(age).atOffset(ZoneOffset.UTC).toLocalDateTime();
        return access.in(folder, top -> Trash.of(folder.kind()).expire(top, before));
    }

    private interface Change {
        void in(Directory top) throws IOException;
    }

    private void change(Place place, Change change) {
        place.requireWritable();
        access.in(
                place.key(),
                top -> {
                    change.in(top);
                    return true;
                });
    }
}
