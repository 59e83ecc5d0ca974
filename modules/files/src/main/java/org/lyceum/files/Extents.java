package org.lyceum.files;

import org.lyceum.platform.linux.OpenFile.Extent;

import java.util.List;

/**
 * Which parts of a file are in an archive, one behind the other.
 *
 * @param size of the file, with its holes
 * @param parts in the order of the file; one that is all of it when there are no holes
 */
record Extents(long size, List<Extent> parts) {

    /** More parts than this are sent with the holes between them. */
    static final int MOST = 4_000;

    Extents {
        parts = List.copyOf(parts);
    }

    static Extents whole(long size) {
        return new Extents(size, size == 0 ? List.of() : List.of(new Extent(0, size)));
    }

    boolean holes() {
        return packed() < size;
    }

    /** Bytes of all parts. */
    long packed() {
        return parts.stream().mapToLong(Extent::length).sum();
    }

    /**
     * Where to read on in the file for this place among the packed bytes.
     *
     * @return the rest of the part that the place is in
     */
    Extent at(long packed) {
        long before = 0;
        for (var part : parts) {
            if (packed < before + part.length()) {
                long into = packed - before;
                return new Extent(part.from() + into, part.length() - into);
            }
            before += part.length();
        }
        throw new IllegalArgumentException("nothing is packed at " + packed);
    }
}
