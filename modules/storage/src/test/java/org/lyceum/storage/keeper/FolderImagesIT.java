package org.lyceum.storage.keeper;

import org.lyceum.platform.testing.RequiresDocker;
import org.lyceum.storage.Folder;
import org.lyceum.storage.Keeper;
import org.lyceum.storage.Limits;
import org.lyceum.storage.PoolKind;
import org.lyceum.storage.StorageConfig;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

@RequiresDocker(images = "LYCEUM_TEST_IMAGE_3")
class FolderImagesIT extends ContainerQuotaContract {

    /** CAP_SYS_RESOURCE, without which ext4 does not grow while it is mounted; capability.h. */
    private static final int SYS_RESOURCE = 24;

    @Override
    StorageConfig.Kind wanted() {
        return StorageConfig.Kind.IMAGES;
    }

    @Override
    PoolKind kind() {
        return PoolKind.IMAGES;
    }

    @Override
    String refusal() {
        return "No space left on device";
    }

    /** Whole blocks of inodes, in each block group. */
    @Override
    int roundedFiles() {
        return 32;
    }

    /** Sandboxes take the capability away; on such a machine the virtual machine shows growth. */
    @Override
    boolean grows() {
        try (var lines = Files.lines(Path.of("/proc/self/status"))) {
            var effective = lines.filter(line -> line.startsWith("CapEff:")).findFirst().get();
            return (Long.parseLong(effective.substring(8).strip(), 16) >> SYS_RESOURCE & 1) == 1;
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    /** The reconciler does this each minute: what was freed goes to the ballast. */
    @Override
    void settle(Folder folder, Keeper.Made made) throws IOException {
        super.settle(folder, made);
        var limits = keeper().usage(folder, made.mark()).limits();
        keeper().limit(folder, made.mark(), new Limits(Math.min(limits.bytes(), 64 * MIB), 0));
    }
}
