package org.lyceum.files;

import org.jspecify.annotations.Nullable;
import org.lyceum.platform.linux.Directory;
import org.lyceum.platform.linux.Entries;
import org.lyceum.platform.linux.FileName;
import org.lyceum.platform.linux.FileStat;
import org.lyceum.platform.linux.KernelException;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.PriorityQueue;

/**
 * Sorted parts of a directory, in memory for one part only: each part is one pass over all names
 * that keeps the smallest behind the last part. A million names take about a second. On the owner's
 * threads.
 */
final class FolderListing {

    /** A name, and whether the file system calls it a directory. */
    record Name(FileName name, boolean directory) {

        /** For {@link #parse}. */
        String written() {
            return (directory ? "d" : "f") + FilePath.written(name);
        }

        static Name parse(String written) {
            boolean directory = written.startsWith("d");
            return new Name(FilePath.name(written.substring(1)), directory);
        }
    }

    /** For programs: by bytes, whatever it is. */
    static final Comparator<Name> PLAIN = Comparator.comparing(Name::name);

    /** For people: folders first, then in the order of the alphabet as far as that is text. */
    static final Comparator<Name> FOR_PEOPLE =
            Comparator.comparing(Name::directory)
                    .reversed()
                    .thenComparing(FolderListing::folded)
                    .thenComparing(Name::name);

    /**
     * A part.
     *
     * @param count of all names in the directory
     */
    record Part(List<Name> names, long count, boolean more) {}

    private FolderListing() {}

    private static String folded(Name name) {
        return new String(name.name().bytes(), StandardCharsets.UTF_8).toLowerCase(Locale.ROOT);
    }

    /** The first {@code limit} names behind {@code after}. */
    static Part part(Directory directory, Comparator<Name> order, @Nullable Name after, int limit)
            throws KernelException {
        var smallest = new PriorityQueue<Name>(limit + 1, order.reversed());
        long[] seen = {0, 0}; // all, and those behind the last part
        Entries.each(
                directory,
                (name, isDirectory) -> {
                    seen[0]++;
                    var found = new Name(name, isDirectory);
                    if (after == null || order.compare(found, after) > 0) {
                        seen[1]++;
                        keep(smallest, found, order, limit);
                    }
                    return true;
                });
        var names = new ArrayList<>(smallest);
        names.sort(order);
        return new Part(Collections.unmodifiableList(names), seen[0], seen[1] > limit);
    }

    private static void keep(
            PriorityQueue<Name> smallest, Name found, Comparator<Name> order, int limit) {
        if (smallest.size() < limit) {
            smallest.add(found);
        } else if (order.compare(found, smallest.element()) < 0) {
            smallest.remove();
            smallest.add(found);
        }
    }

    /** A part with all that a page says of each. */
    static FolderPage page(Directory directory, @Nullable String after, int limit)
            throws KernelException {
        var from = after == null || after.isEmpty() ? null : Name.parse(after);
        var part = part(directory, FOR_PEOPLE, from, limit);
        var entries = new ArrayList<Entry>();
        for (var name : part.names()) {
            try {
                entries.add(entry(directory, name.name()));
            } catch (KernelException e) {
                if (!e.is(KernelException.ENOENT)) {
                    throw e;
                }
            }
        }
        var next = part.more() ? part.names().getLast().written() : null;
        return new FolderPage(entries, part.count(), next);
    }

    private static Entry entry(Directory directory, FileName name) throws KernelException {
        var stat = Entries.stat(directory, name);
        if (stat.kind() != FileStat.Kind.LINK) {
            return new Entry(name, stat, "");
        }
        var target = Entries.target(directory, name);
        return new Entry(name, stat, new String(target, StandardCharsets.UTF_8));
    }
}
