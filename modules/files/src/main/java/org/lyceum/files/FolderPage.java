package org.lyceum.files;

import org.jspecify.annotations.Nullable;

import java.util.List;

/**
 * A part of what a folder holds: folders first, then by name.
 *
 * @param count all that is in the folder
 * @param next where the following page begins; null on the last one
 */
public record FolderPage(List<Entry> entries, long count, @Nullable String next) {

    public FolderPage {
        entries = List.copyOf(entries);
    }
}
