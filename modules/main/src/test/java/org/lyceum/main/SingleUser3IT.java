package org.lyceum.main;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.lyceum.platform.testing.RequiresDocker;

/** jupyterhub-singleuser 3.0.0 with the classic notebook, from Debian 12. */
@RequiresDocker(images = "LYCEUM_TEST_IMAGE_3")
class SingleUser3IT extends SingleUserContract {

    private static HubUnderTest hub;

    @BeforeAll
    static void open() {
        hub = HubUnderTest.withImage("LYCEUM_TEST_IMAGE_3");
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
        return "/user/ada/tree";
    }
}
