package org.lyceum.storage.keeper;

import static org.assertj.core.api.Assumptions.assumeThat;

import org.junit.jupiter.api.BeforeEach;
import org.lyceum.storage.StorageConfig;

import java.io.IOException;

class BtrfsSnapshotsIT extends SnapshotContract {

    @Override
    StorageConfig.Kind kind() {
        return StorageConfig.Kind.BTRFS;
    }

    @Override
    @BeforeEach
    void make() throws IOException {
        assumeThat(System.getProperty("user.name")).as("mounting needs root").isEqualTo("root");
        super.make();
    }
}
