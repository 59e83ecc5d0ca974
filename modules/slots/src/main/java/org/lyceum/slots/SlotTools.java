package org.lyceum.slots;

import org.lyceum.platform.docker.ContainerSpec;
import org.lyceum.platform.kernel.Bytes;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * What nearly every class of the module uses.
 *
 * @param mountPoints where folders will be mounted, the home first
 * @param common files that every container is given
 * @param scratch size of /tmp in every container
 */
record SlotTools(
        SlotLabels labels,
        SlotFiles files,
        SlotChannels channels,
        SlotEnds ends,
        Runs runs,
        List<String> mountPoints,
        Supplier<List<ContainerSpec.Bind>> common,
        Bytes scratch) {

    /** Whom containers run as. */
    record Runs(int uid, int gid) {}

    /** A slot's container: everything but whose it is. */
    ContainerSpec spec(Slot slot, String mode, Path directory, String network) {
        var limits = slot.limits();
        var binds = new ArrayList<>(common.get());
        binds.add(new ContainerSpec.Bind(directory, SlotFiles.MOUNTED, true));
        return new ContainerSpec(
                labels.containerName(slot),
                slot.kind().imageId(),
                labels.of(slot),
                new ContainerSpec.Program(
                        SlotFiles.command(mode, slot.kind().command()),
                        Map.of(),
                        mountPoints.getFirst(),
                        runs.uid(),
                        runs.gid()),
                network,
                new ContainerSpec.Limits(
                                limits.memory(), limits.milliCpus(), limits.pids(), scratch)
                        .inBackground(),
                binds,
                mountPoints);
    }
}
