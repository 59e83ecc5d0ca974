package org.lyceum.platform.docker;

import com.github.dockerjava.api.model.Capability;
import com.github.dockerjava.api.model.HostConfig;
import com.github.dockerjava.api.model.LogConfig;
import com.github.dockerjava.api.model.RestartPolicy;
import com.github.dockerjava.api.model.Ulimit;

import org.lyceum.platform.kernel.Bytes;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The only maker of host configurations for people's containers. It starts from nothing and sets
 * what a container may have; each line answers one statement of the security checklist.
 * docs/adr/0012 says why, and what was left out.
 */
final class HardenedProfile {

    /** Docker's own scale: one whole core weighs 1024. */
    private static final int SHARES_PER_CORE = 1024;

    /** The kernel's smallest weight. */
    private static final int LEAST_SHARES = 2;

    static final long CPU_PERIOD_MICROS = 100_000;

    /** Kernels and language servers open many files; more than this is a leak. */
    private static final long MAX_OPEN_FILES = 16_384;

    /** Sockets and pid files of the server itself. */
    private static final Bytes RUN_SIZE = Bytes.mib(16);

    /** Empty files cost the kernel memory too; this many cost about 100 MB. */
    private static final int MAX_SCRATCH_FILES = 100_000;

    /**
     * Data loaders of the machine learning kind pass batches through /dev/shm; counted as memory.
     */
    private static final Bytes SHARED_MEMORY = Bytes.mib(256);

    /** Above the platform's own 0, so that the kernel takes a user's process first. */
    private static final int OOM_SCORE = 500;

    private final BindRoots roots;

    HardenedProfile(BindRoots roots) {
        this.roots = roots;
    }

    /**
     * @param imageVolumes paths the image declares as volumes; Docker would give each a directory
     *     on disk without a limit, so they become scratch space instead
     */
    HostConfig hostConfig(ContainerSpec spec, Set<String> imageVolumes) {
        var limits = spec.limits();
        var config =
                HostConfig.newHostConfig()
                        .withCapDrop(Capability.ALL)
                        .withPrivileged(false)
                        .withSecurityOpts(
                                List.of(
                                        "no-new-privileges:true",
                                        "seccomp=" + SystemCallFilter.JSON))
                        .withReadonlyRootfs(true)
                        .withTmpFs(scratch(spec, imageVolumes))
                        .withMounts(spec.binds().stream().map(roots::mount).toList())
                        .withNetworkMode(spec.network())
                        .withPublishAllPorts(false)
                        .withIpcMode("private")
                        .withCgroupnsMode("private")
                        .withShmSize(SHARED_MEMORY.value())
                        .withMemory(limits.memory().value())
                        .withMemorySwap(limits.memory().value())
                        .withCpuPeriod(CPU_PERIOD_MICROS)
                        .withCpuQuota(cpuQuota(limits))
                        .withCpuShares(cpuShares(limits))
                        .withPidsLimit((long) limits.pids())
                        .withUlimits(
                                List.of(
                                        new Ulimit("nofile", MAX_OPEN_FILES, MAX_OPEN_FILES),
                                        new Ulimit("core", 0L, 0L)))
                        .withOomScoreAdj(OOM_SCORE)
                        .withInit(true)
                        .withRuntime(spec.runtime().isEmpty() ? null : spec.runtime())
                        .withRestartPolicy(RestartPolicy.noRestart())
                        .withLogConfig(
                                new LogConfig(
                                        LogConfig.LoggingType.LOCAL,
                                        Map.of("max-size", "5m", "max-file", "2")))
                        .withAutoRemove(false);
        return spec.devices().isEmpty() ? config : with(spec.devices(), config);
    }

    /** All else stays: a device takes nothing of the hardening away. */
    private static HostConfig with(List<Device> devices, HostConfig config) {
        return config.withDevices(DeviceNodes.nodes(devices))
                .withDeviceRequests(DeviceNodes.requests(devices))
                .withGroupAdd(DeviceNodes.groups(devices));
    }

    /** Of each {@link #CPU_PERIOD_MICROS}. */
    static long cpuQuota(ContainerSpec.Limits limits) {
        return CPU_PERIOD_MICROS * limits.milliCpus() / 1000;
    }

    static int cpuShares(ContainerSpec.Limits limits) {
        return limits.background()
                ? LEAST_SHARES
                : Math.max(LEAST_SHARES, SHARES_PER_CORE * limits.milliCpus() / 1000);
    }

    private Map<String, String> scratch(ContainerSpec spec, Set<String> imageVolumes) {
        var scratch = new LinkedHashMap<String, String>();
        for (var path : imageVolumes) {
            if (spec.binds().stream().noneMatch(bind -> bind.target().equals(path))) {
                scratch.put(path, tmpfs(spec, spec.limits().scratch()));
            }
        }
        for (var point : spec.mountPoints()) {
            scratch.put(point, tmpfs(spec, new Bytes(ContainerSpec.MOUNT_POINT_BYTES)));
        }
        scratch.put("/tmp", tmpfs(spec, spec.limits().scratch()));
        scratch.put("/run", tmpfs(spec, RUN_SIZE));
        return scratch;
    }

    /**
     * Programs may be run from /tmp: pip and compilers do (docs/adr/0012). The owner is named
     * because runc gives the new directory the mode of the image's own, which for /run is 0755.
     */
    private static String tmpfs(ContainerSpec spec, Bytes size) {
        return "rw,nosuid,nodev,exec,mode=1777,uid="
                + spec.program().uid()
                + ",gid="
                + spec.program().gid()
                + ",size="
                + size.value()
                + ",nr_inodes="
                + MAX_SCRATCH_FILES;
    }
}
