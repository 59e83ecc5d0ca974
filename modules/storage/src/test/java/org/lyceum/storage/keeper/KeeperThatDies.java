package org.lyceum.storage.keeper;

import org.lyceum.platform.kernel.Bytes;
import org.lyceum.storage.StorageConfig;

import java.io.IOException;
import java.nio.file.Path;

/** A process that ends as by kill -9 between two steps of a command. */
final class KeeperThatDies {

    private KeeperThatDies() {}

    /**
     * @param words directory and kind of the pool, command, step, mark of the folder; {@code serve}
     *     is no command: it answers until a caller's command gets to the step
     */
    public static void main(String[] words) throws Exception {
        var config =
                StorageConfig.of(
                        Path.of(words[0]),
                        StorageConfig.Kind.valueOf(words[1]),
                        Bytes.mib(600),
                        new Bytes(1));
        var keeper =
                new LocalKeeper(
                        config,
                        step -> {
                            if (step.equals(words[3])) {
                                Runtime.getRuntime().halt(137);
                            }
                        });
        if (words[2].equals("serve")) {
            serve(config, keeper);
        } else {
            KeeperCrashIT.give(keeper, words[2], Long.parseLong(words[4]));
        }
    }

    private static void serve(StorageConfig config, LocalKeeper keeper) throws IOException {
        try (var service = KeeperService.listen(config, keeper)) {
            System.out.println("ready");
            service.serve();
        }
    }
}
