package org.lyceum.main;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.lyceum.platform.testing.RequiresDocker;

/**
 * Goal: an engine that is killed while it freezes a server or wakes it costs nobody anything.
 * Method: an engine of the test's own, killed with SIGKILL just before and just after it does so.
 */
@RequiresDocker(images = "LYCEUM_TEST_IMAGE_3")
@Timeout(600)
class EngineKillIT {

    @Test
    void a_kill_of_the_engine_at_any_moment_leaves_the_server_its_memory_and_its_files()
            throws Exception {
        var image = System.getenv("LYCEUM_TEST_IMAGE_3");
        try (var engine = OwnEngine.start()) {
            engine.take(image);
            var socket = engine.socket().resolveSibling("relay");
            try (var relay = new SocketRelay(socket, engine.socket());
                    var platform =
                            HubUnderTest.withReference(
                                    image, "docker.socket = \"" + socket + "\"")) {
                new EngineLoss(
                                platform,
                                relay,
                                engine.socket(),
                                engine::killHard,
                                engine::startAgain)
                        .atEveryMoment();
            }
        }
    }
}
