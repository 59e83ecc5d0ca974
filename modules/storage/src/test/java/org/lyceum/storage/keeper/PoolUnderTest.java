package org.lyceum.storage.keeper;

import static org.assertj.core.api.Assertions.assertThat;

import org.lyceum.platform.kernel.Bytes;
import org.lyceum.platform.linux.Directory;
import org.lyceum.platform.linux.LoopDevices;
import org.lyceum.platform.linux.MountTable;
import org.lyceum.platform.linux.Mounts;
import org.lyceum.storage.StorageConfig;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;

/** A pool in a throwaway directory; nothing of it stays mounted or attached when it is closed. */
final class PoolUnderTest implements AutoCloseable {

    private final Path directory;
    private final StorageConfig config;
    private final LocalKeeper keeper;

    PoolUnderTest(StorageConfig.Kind kind, Bytes size) throws IOException {
        this(Files.createTempDirectory("lyceum-pool").toRealPath(), kind, size);
    }

    PoolUnderTest(Path directory, StorageConfig.Kind kind, Bytes size) throws IOException {
        this.directory = directory;
        this.config = StorageConfig.of(directory, kind, size, new Bytes(1));
        this.keeper = new LocalKeeper(config);
        try {
            keeper.setUp();
        } catch (IOException e) {
            close();
            throw e;
        }
    }

    LocalKeeper keeper() {
        return keeper;
    }

    StorageConfig config() {
        return config;
    }

    Path root() {
        return directory.resolve("root");
    }

    Path image() {
        return directory.resolve("pool.img");
    }

    /** Has the kernel write down what it counts. */
    void flush() throws IOException {
        try (var root = Directory.open(root())) {
            root.flushFileSystem();
        }
    }

    /** As a restart of the machine: nothing is mounted, nobody remembers anything. */
    void reboot() throws IOException {
        unmountAll();
        keeper.close();
    }

    private void unmountAll() throws IOException {
        for (var mount : MountTable.all().reversed()) {
            if (mount.at().startsWith(directory)) {
                Mounts.unmount(mount.at());
            }
        }
    }

    @Override
    public void close() throws IOException {
        unmountAll();
        if (Files.exists(image())) {
            assertThat(LoopDevices.find(image())).as("still attached").isEmpty();
        }
        try (var files = Files.walk(directory)) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
