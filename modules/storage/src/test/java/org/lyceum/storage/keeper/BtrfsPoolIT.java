package org.lyceum.storage.keeper;

import org.lyceum.platform.testing.RequiresDocker;
import org.lyceum.storage.PoolKind;
import org.lyceum.storage.StorageConfig;

@RequiresDocker(images = "LYCEUM_TEST_IMAGE_3")
class BtrfsPoolIT extends ContainerQuotaContract {

    @Override
    StorageConfig.Kind wanted() {
        return StorageConfig.Kind.BTRFS;
    }

    @Override
    PoolKind kind() {
        return PoolKind.BTRFS;
    }

    @Override
    String refusal() {
        return "Disk quota exceeded";
    }
}
