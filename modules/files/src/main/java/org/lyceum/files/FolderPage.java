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

    /** The same without one thing, if this is the page of the folder that it is in. */
    FolderPage without(FilePath folder, FilePath hidden) {
        if (hidden.top() || !hidden.parent().equals(folder)) {
            return this;
        }
        var rest = entries.stream().filter(each -> !each.name().equals(hidden.last())).toList();
        return new FolderPage(rest, count, next);
    }
}
