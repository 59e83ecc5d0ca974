package org.lyceum.platform.testing;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.lyceum.platform.docker.ContainerEngine;
import org.lyceum.platform.docker.DockerConfig;
import org.lyceum.platform.docker.DockerEngine;

import java.time.Duration;
import java.util.List;

@RequiresDocker(images = "LYCEUM_TEST_IMAGE_3")
class DockerEngineIT extends ContainerEngineContract {

    private static DockerEngine engine;

    @BeforeAll
    static void connect() {
        engine =
                new DockerEngine(
                        new DockerConfig(
                                DockerConfig.DEFAULT_SOCKET, Duration.ofSeconds(60), 8, List.of()));
    }

    @AfterAll
    static void disconnect() {
        engine.close();
    }

    @Override
    ContainerEngine engine() {
        return engine;
    }

    @Override
    String image() {
        return System.getenv("LYCEUM_TEST_IMAGE_3");
    }
}
