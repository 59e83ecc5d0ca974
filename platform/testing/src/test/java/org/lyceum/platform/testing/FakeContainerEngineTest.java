package org.lyceum.platform.testing;

import org.lyceum.platform.docker.ContainerEngine;

class FakeContainerEngineTest extends ContainerEngineContract {

    private final FakeContainerEngine engine = new FakeContainerEngine();

    FakeContainerEngineTest() {
        engine.addImage("test:1", "sha256:1");
    }

    @Override
    ContainerEngine engine() {
        return engine;
    }

    @Override
    String image() {
        return "test:1";
    }
}
