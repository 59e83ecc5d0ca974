package org.lyceum.main;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.lyceum.platform.testing.RequiresDocker;

/** jupyterhub-singleuser 5.2.1 with JupyterLab 4, from Debian 13. */
@RequiresDocker(images = "LYCEUM_TEST_IMAGE_5")
class SingleUser5IT extends SingleUserContract {

    private static HubUnderTest hub;

    @BeforeAll
    static void open() {
        hub = HubUnderTest.withImage("LYCEUM_TEST_IMAGE_5");
        prepare(hub);
    }

    @AfterAll
    static void close() {
        hub.close();
    }

    @Override
    HubUnderTest hub() {
        return hub;
    }

    @Override
    String landing() {
        return "/user/ada/lab";
    }
}
