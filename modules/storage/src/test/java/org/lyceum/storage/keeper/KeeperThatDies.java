package org.lyceum.storage.keeper;

import org.lyceum.platform.kernel.Bytes;
import org.lyceum.storage.Limits;
import org.lyceum.storage.StorageConfig;

import java.nio.file.Path;
import java.time.Duration;

/** A process that ends as by kill -9 between two steps of a command. */
final class KeeperThatDies {

    private KeeperThatDies() {}

    /**
     * @param words directory and kind of the pool, command, step; {@code make} and {@code remove}
     *     are about folder 5
     */
    public static void main(String[] words) throws Exception {
        var config =
                new StorageConfig(
                        Path.of(words[0]),
                        StorageConfig.Kind.valueOf(words[1]),
                        Bytes.mib(600),
                        new Bytes(1),
                        Duration.ofDays(30));
        var keeper =
                new LocalKeeper(
                        config,
                        step -> {
                            if (step.equals(words[3])) {
                                Runtime.getRuntime().halt(137);
                            }
                        });
        var folder = KeeperCrashIT.FOLDER;
        switch (words[2]) {
            case "make" -> keeper.make(folder, new Limits(24 << 20, 0));
            case "remove" -> keeper.remove(folder);
            case "grow" -> keeper.grow(800L << 20);
            default -> throw new IllegalArgumentException(words[2]);
        }
    }
}
