package org.lyceum.main;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.lyceum.platform.testing.RequiresDocker;

/** The traffic of jupyterhub-singleuser 3.0.0 with the classic notebook. */
@RequiresDocker(images = "LYCEUM_TEST_IMAGE_3")
class SingleUserTraffic3IT extends SingleUserTraffic {

    private static final String IMAGE = "LYCEUM_TEST_IMAGE_3";
    private static HubUnderTest hub;

    @BeforeAll
    static void open() {
        hub = open(IMAGE);
    }

    @AfterAll
    static void close() {
        close(hub, IMAGE);
    }

    @Override
    HubUnderTest hub() {
        return hub;
    }

    @Override
    String chosenSubprotocol() {
        return "";
    }
}
