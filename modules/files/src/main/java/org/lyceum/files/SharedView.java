package org.lyceum.files;

import org.lyceum.identity.User;
import org.lyceum.platform.linux.FileStat;

/**
 * What a reader of a sharing link sees.
 *
 * @param place the owner's folder, which the reader cannot change
 * @param stat of what is shared, a folder or a plain file
 */
public record SharedView(SharingLink link, User owner, Place place, FileStat stat) {

    public boolean folder() {
        return stat.kind() == FileStat.Kind.DIRECTORY;
    }

    /**
     * Where something lies in the owner's folder. A path has no dots and no step of it follows a
     * link, so this is never outside of what is shared.
     *
     * @param below from what is shared on
     */
    public FilePath at(FilePath below) {
        var path = link.path();
        for (var name : below.names()) {
            path = path.child(name);
        }
        return path;
    }
}
