package org.lyceum.storage.keeper;

import org.lyceum.platform.testing.ContainersUnderTest;
import org.lyceum.platform.testing.RequiresDocker;
import org.lyceum.storage.StorageConfig;

@RequiresDocker(images = "LYCEUM_TEST_IMAGE_3")
class BtrfsPoolImageIT extends PoolImageContract {

    private ContainersUnderTest containers;

    @Override
    StorageConfig.Kind kind() {
        return StorageConfig.Kind.BTRFS;
    }

    @Override
    People people(PoolUnderTest pool) {
        containers = new ContainersUnderTest(System.getenv("LYCEUM_TEST_IMAGE_3"), pool.root());
        return new ContainerPeople(containers);
    }

    @Override
    void end(People people) {
        containers.afterEach(null);
    }
}
