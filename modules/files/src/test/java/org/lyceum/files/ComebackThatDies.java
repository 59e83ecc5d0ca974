package org.lyceum.files;

import org.lyceum.platform.linux.Directory;
import org.lyceum.storage.FolderKind;

import java.nio.file.Path;
import java.time.Instant;

/** A process that ends as by kill -9 in the middle of bringing an earlier version back. */
final class ComebackThatDies {

    private ComebackThatDies() {}

    /**
     * @param words the folder as it was, the folder, what to bring back, second, step
     */
    public static void main(String[] words) throws Exception {
        try (var then = Directory.open(Path.of(words[0]));
                var top = Directory.open(Path.of(words[1]))) {
            var now = Instant.ofEpochSecond(Long.parseLong(words[3]));
            new Comeback(
                            then,
                            top,
                            Trash.of(FolderKind.HOME),
                            FilePath.parse(words[2]),
                            now,
                            step -> {
                                if (step.equals(words[4])) {
                                    Runtime.getRuntime().halt(137);
                                }
                                if (words[4].equals("none")) {
                                    System.out.println(step);
                                }
                            })
                    .run();
        }
    }
}
