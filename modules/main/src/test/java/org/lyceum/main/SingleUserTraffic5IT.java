package org.lyceum.main;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.lyceum.platform.testing.RequiresDocker;

/** The traffic of jupyterhub-singleuser 5.2.1 with JupyterLab 4. */
@RequiresDocker(images = "LYCEUM_TEST_IMAGE_5")
class SingleUserTraffic5IT extends SingleUserTraffic {

    private static final String IMAGE = "LYCEUM_TEST_IMAGE_5";
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
    String landing() {
        return "/user/ada/lab";
    }

    @Override
    String chosenSubprotocol() {
        return "v1.kernel.websocket.jupyter.org";
    }
}
