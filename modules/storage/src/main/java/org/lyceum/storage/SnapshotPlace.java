package org.lyceum.storage;

import org.lyceum.platform.linux.Directory;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The directory in which one folder's snapshots lie, each called by the second it was taken in;
 * what has another name is none. Root's alone to change.
 */
public final class SnapshotPlace {

    private SnapshotPlace() {}

    /** From the oldest on. */
    public static List<Instant> times(Directory place) throws IOException {
        var times = new ArrayList<Instant>();
        try (var entries = Files.newDirectoryStream(place.path())) {
            for (var entry : entries) {
                time(entry.getFileName().toString()).ifPresent(times::add);
            }
        }
        times.sort(null);
        return times;
    }

    private static Optional<Instant> time(String name) {
        return name.matches("[0-9]{1,11}")
                ? Optional.of(Instant.ofEpochSecond(Long.parseLong(name)))
                : Optional.empty();
    }

    /** The name of a snapshot's directory. */
    public static String name(Instant at) {
        return Long.toString(at.getEpochSecond());
    }
}
