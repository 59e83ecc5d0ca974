package org.lyceum.storage.tree;

import org.jspecify.annotations.Nullable;
import org.lyceum.platform.linux.Directory;
import org.lyceum.platform.linux.Entries;
import org.lyceum.platform.linux.FileName;
import org.lyceum.platform.linux.FileStat;
import org.lyceum.platform.linux.KernelException;
import org.lyceum.platform.linux.NodeStat;
import org.lyceum.platform.linux.Nodes;

import java.time.Instant;
import java.util.List;

/**
 * What has changed in a folder since a moment, by the times that nobody can set: whatever is
 * written, made, removed, renamed or given away leaves one at the file or at its directory. Looks
 * at every entry and opens no file.
 */
final class Changes {

    private final @Nullable Instant since;
    private final boolean whether;
    private final Pace pace = new Pace();
    private boolean any;
    private long bytes;
    private int depth;

    /**
     * @param any whether there is anything
     * @param bytes that changed files have on the disk; when only asked whether, 0
     */
    record Found(boolean any, long bytes) {}

    private Changes(@Nullable Instant since, boolean whether) {
        this.since = since;
        this.whether = whether;
    }

    /**
     * @param since null: everything is a change
     * @param whether only: ends at the first change
     */
    static Found look(Directory folder, @Nullable Instant since, boolean whether)
            throws KernelException {
        var changes = new Changes(since, whether);
        changes.count(Nodes.stat(folder));
        if (!changes.done()) {
            changes.below(folder);
        }
        return new Found(changes.any, changes.bytes);
    }

    private boolean done() {
        return any && whether;
    }

    private void count(NodeStat stat) {
        if (since != null && stat.changed().isBefore(since)) {
            return;
        }
        any = true;
        if (!whether && stat.kind() == FileStat.Kind.FILE) {
            bytes += stat.file().held() / Math.max(1, stat.links());
        }
    }

    private void below(Directory directory) throws KernelException {
        if (depth == TreeCopy.DEEPEST) {
            return;
        }
        depth++;
        Entries.each(
                directory,
                (name, isDirectory) -> {
                    visit(directory, name);
                    return !done();
                });
        depth--;
    }

    private void visit(Directory directory, FileName name) throws KernelException {
        pace.entry();
        try {
            var stat = Nodes.stat(directory, name);
            count(stat);
            if (!done() && stat.kind() == FileStat.Kind.DIRECTORY) {
                try (var inside = Entries.below(directory, List.of(name))) {
                    below(inside);
                }
            }
        } catch (KernelException e) {
            if (!TreeCopy.gone(e)) {
                throw e;
            }
            any = true; // removed or replaced while we looked
        }
    }
}
