package org.lyceum.main;

import org.jspecify.annotations.Nullable;
import org.lyceum.platform.app.Threads;
import org.lyceum.platform.kernel.Bytes;
import org.lyceum.storage.StorageConfig;
import org.lyceum.storage.StorageModule;
import org.lyceum.storage.keeper.KeeperService;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A pool image whose limits the kernel enforces, for a platform under test. Needs root's rights.
 */
final class RealPool implements AutoCloseable {

    private final StorageConfig config;
    private final @Nullable KeeperService keeper;

    /** A btrfs of 600 MiB, which every kernel here has. */
    RealPool() {
        this(StorageConfig.Keeping.INSIDE);
    }

    /**
     * @param keeping apart: with a keeper that answers at a socket, as {@code lyceum keeper} does
     */
    RealPool(StorageConfig.Keeping keeping) {
        try {
            var directory = Files.createTempDirectory("lyceum-pool").toRealPath();
            this.config =
                    StorageConfig.of(
                                    directory,
                                    StorageConfig.Kind.BTRFS,
                                    Bytes.mib(600),
                                    new Bytes(1))
                            .kept(keeping, "root");
            StorageModule.pool(config).setUp();
            this.keeper =
                    keeping == StorageConfig.Keeping.APART ? StorageModule.keeper(config) : null;
            if (keeper != null) {
                Threads.startPlatform("keeper-under-test", () -> serve(keeper));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void serve(KeeperService keeper) {
        try {
            keeper.serve();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What a platform that is to use it is told. */
    String[] settings() {
        return new String[] {
            "storage.directory = \"" + config.directory() + "\"",
            "storage.kind = \"btrfs\"",
            "storage.keeper = \"" + config.keeper() + "\"",
            "storage.reserve = \"1MiB\""
        };
    }

    Path root() {
        return config.root();
    }

    @Override
    public void close() {
        try {
            if (keeper != null) {
                keeper.close();
            }
            StorageModule.pool(config).unmount();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        HubUnderTest.delete(config.directory());
    }
}
