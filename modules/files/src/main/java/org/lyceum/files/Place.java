package org.lyceum.files;

import org.jspecify.annotations.Nullable;
import org.lyceum.platform.kernel.CommunityId;
import org.lyceum.platform.kernel.Problem;
import org.lyceum.platform.kernel.UserId;
import org.lyceum.storage.FolderKey;
import org.lyceum.storage.FolderKind;

import java.time.Instant;
import java.util.Locale;

/**
 * A folder as one person has it. Every service of this module refuses to change what is read-only,
 * whoever forgot to ask before.
 *
 * @param reader whose turn it takes
 * @param name what people call it, such as a group's name
 */
public record Place(FolderKey key, UserId reader, String name, boolean readOnly) {

    /** Somebody's own home. */
    public static Place home(CommunityId community, UserId user) {
        return new Place(FolderKey.home(community, user), user, "home", false);
    }

    /** As addresses have it, and never changes: {@code home}, {@code shared}, {@code group-7}. */
    public String id() {
        var kind = key.kind().name().toLowerCase(Locale.ROOT);
        return key.kind() == FolderKind.GROUP ? kind + "-" + key.owner() : kind;
    }

    public boolean home() {
        return key.kind() == FolderKind.HOME;
    }

    /**
     * @throws Problem FORBIDDEN {@code files.read-only}
     */
    void requireWritable() {
        if (readOnly) {
            throw Problem.forbidden(
                    "files.read-only",
                    "You can read what is here and not change it. Copy what you need into your"
                            + " home, and change it there.");
        }
    }

    /**
     * What was deleted, and what was, is for those who may change the folder: so that something can
     * be taken back.
     *
     * @param time null: now
     * @throws Problem FORBIDDEN {@code files.read-only}, NOT_FOUND {@code files.unknown}
     */
    void requireReadable(@Nullable Instant time, FilePath path) {
        if (time != null) {
            requireWritable();
        }
        if (readOnly && path.within(trash().place())) {
            throw FilesProblems.unknown(null);
        }
    }

    Trash trash() {
        return Trash.of(key.kind());
    }
}
