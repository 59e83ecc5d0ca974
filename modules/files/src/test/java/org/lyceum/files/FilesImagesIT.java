package org.lyceum.files;

import org.lyceum.platform.testing.RequiresDocker;
import org.lyceum.storage.StorageConfig;

@RequiresDocker // loop devices and mounts, as containers need
class FilesImagesIT extends RealPoolContract {

    @Override
    StorageConfig.Kind kind() {
        return StorageConfig.Kind.IMAGES;
    }
}
