package org.lyceum.storage;

import java.nio.file.Path;

/**
 * A folder that somebody may have, whether or not it was made yet.
 *
 * @param place as their containers see it; its last name is what people call it
 */
public record FolderGrant(FolderKey key, String place, boolean readOnly) {

    FolderMount at(Path hostPath) {
        return new FolderMount(key, hostPath, place, readOnly);
    }
}
