package org.lyceum.servers;

import org.junit.jupiter.api.Timeout;
import org.lyceum.platform.testing.RequiresDocker;

/** The same with jupyterhub 5.2.1 and JupyterLab 4, as the default environment has them. */
@RequiresDocker(images = "LYCEUM_TEST_IMAGE_5")
@Timeout(240)
class RealServer5IT extends RealServerIT {

    @Override
    String image() {
        return "LYCEUM_TEST_IMAGE_5";
    }
}
