package org.lyceum.main;

import org.lyceum.platform.kernel.Problem;
import org.lyceum.storage.StorageConfig;
import org.lyceum.storage.StorageModule;
import org.lyceum.storage.keeper.KeeperService;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;

/** The keeper as a process of its own: root's, small, and without a door to any network. */
final class KeeperCommand {

    private static final Logger log = LoggerFactory.getLogger(KeeperCommand.class);

    private KeeperCommand() {}

    /**
     * Answers until the process is told to end (SIGTERM, SIGINT).
     *
     * @throws Problem UNAVAILABLE keeper.not-started
     */
    static void run(StorageConfig config) {
        try (var keeper = StorageModule.keeper(config)) {
            Runtime.getRuntime().addShutdownHook(new Thread(() -> end(keeper), "shutdown"));
            log.info("keeper.ready socket={} user={}", config.keeperSocket(), config.keeperUser());
            keeper.serve();
        } catch (IOException e) {
            throw new Problem(
                    Problem.Kind.UNAVAILABLE,
                    "keeper.not-started",
                    "The keeper of people's files: " + e.getMessage(),
                    e);
        }
    }

    /** What was begun is finished first. */
    private static void end(KeeperService keeper) {
        log.info("keeper.ending");
        keeper.close();
    }
}
