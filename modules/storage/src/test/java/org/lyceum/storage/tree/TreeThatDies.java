package org.lyceum.storage.tree;

import org.lyceum.platform.linux.Directory;

import java.nio.file.Path;
import java.time.Instant;

/** A process that ends as by kill -9 between two steps of taking or dropping a snapshot. */
final class TreeThatDies {

    private TreeThatDies() {}

    /**
     * @param words folder, place of its snapshots, "take" or "drop", second, step
     */
    public static void main(String[] words) throws Exception {
        try (var folder = Directory.open(Path.of(words[0]));
                var place = Directory.open(Path.of(words[1]))) {
            var snapshots =
                    new TreeSnapshots(
                            place,
                            Way.of(place),
                            step -> {
                                if (step.equals(words[4])) {
                                    Runtime.getRuntime().halt(137);
                                }
                            });
            var at = Instant.ofEpochSecond(Long.parseLong(words[3]));
            if (words[2].equals("take")) {
                snapshots.take(folder, at, Long.MAX_VALUE);
            } else {
                snapshots.drop(at);
            }
        }
    }
}
