package org.lyceum.main;

import org.lyceum.platform.kernel.Bytes;
import org.lyceum.storage.StorageConfig;
import org.lyceum.storage.StorageModule;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/**
 * A pool image whose limits the kernel enforces, for a platform under test. Needs root's rights.
 */
final class RealPool implements AutoCloseable {

    private final StorageConfig config;

    /** A btrfs of 600 MiB, which every kernel here has. */
    RealPool() {
        try {
            var directory = Files.createTempDirectory("lyceum-pool").toRealPath();
            this.config =
                    new StorageConfig(
                            directory,
                            StorageConfig.Kind.BTRFS,
                            Bytes.mib(600),
                            new Bytes(1),
                            Duration.ofDays(30));
            StorageModule.pool(config).setUp();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What a platform that is to use it is told. */
    String[] settings() {
        return new String[] {
            "storage.directory = \"" + config.directory() + "\"",
            "storage.kind = \"btrfs\"",
            "storage.reserve = \"1MiB\""
        };
    }

    Path root() {
        return config.root();
    }

    @Override
    public void close() {
        try {
            StorageModule.pool(config).unmount();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        HubUnderTest.delete(config.directory());
    }
}
