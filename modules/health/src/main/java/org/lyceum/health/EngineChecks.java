package org.lyceum.health;

import static org.lyceum.health.Finding.fault;
import static org.lyceum.health.Finding.warning;
import static org.lyceum.health.Finding.well;

import org.lyceum.platform.docker.ContainerEngine;
import org.lyceum.platform.docker.EngineProcess;
import org.lyceum.platform.docker.EngineSettings;
import org.lyceum.platform.docker.EngineSettings.Limit;
import org.lyceum.platform.kernel.Problem;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/**
 * The container engine: does it answer, does it keep people apart, does it keep its logs small;
 * source: CIS Docker Benchmark 1.6, section 2.
 */
final class EngineChecks {

    private static final String FILE = "/etc/docker/daemon.json";

    private static final String THEN_RESTART = " in " + FILE + " and restart the engine.";

    private static final String RESTART = "systemctl restart docker";

    /** Log drivers that keep no more than a bound by themselves. */
    private static final Set<String> BOUNDED = Set.of("local", "none", "journald", "syslog");

    private static final Set<String> GOOD_STORAGE = Set.of("overlay2", "btrfs", "zfs", "overlayfs");

    private final ContainerEngine engine;
    private final EngineProcess process;

    EngineChecks(ContainerEngine engine, EngineProcess process) {
        this.engine = engine;
        this.process = process;
    }

    List<Check> all() {
        return List.of(
                new Check(
                        "engine.answers",
                        Area.ENGINE,
                        "Does the container engine answer?",
                        this::answers),
                check(
                        "live-restore",
                        "Do servers go on while the engine is restarted?",
                        EngineChecks::liveRestore),
                check("limits", "Can the engine limit what servers use?", EngineChecks::limits),
                check(
                        "control-groups",
                        "Are limits enforced by the kernel's present interface?",
                        EngineChecks::controlGroups),
                check("system-calls", "Are system calls filtered?", EngineChecks::systemCalls),
                check("profiles", "Does the kernel confine containers?", EngineChecks::appArmor),
                check(
                        "default-network",
                        "Are containers of the default network kept apart?",
                        EngineChecks::defaultNetwork),
                check("logs", "Do logs of containers stay small?", EngineChecks::logs),
                check("storage", "Are images stored well?", EngineChecks::storage),
                new Check(
                        "engine.network-socket",
                        Area.ENGINE,
                        "Is the engine out of the network's reach?",
                        this::networkSocket),
                new Check(
                        "engine.published-ports",
                        Area.ENGINE,
                        "Does no container listen on the machine's own addresses?",
                        this::publishedPorts));
    }

    private Check check(String id, String asks, Function<EngineSettings, Finding> judge) {
        return new Check("engine." + id, Area.ENGINE, asks, () -> judge.apply(engine.settings()));
    }

    private Finding answers() {
        try {
            return well("Docker " + engine.version() + " answers.");
        } catch (Problem silent) {
            return fault(
                    silent.detail() + " No server can start or stop until it does.",
                    "Start it, and look at its log if it does not stay.",
                    "systemctl restart docker || installer/lyceum up --detach");
        }
    }

    private static Finding liveRestore(EngineSettings settings) {
        return settings.liveRestore()
                ? well("A restart or an upgrade of the engine stops nobody's work.")
                : warning(
                        "A restart of the engine, or its upgrade, stops every server.",
                        "Set \"live-restore\": true" + THEN_RESTART,
                        RESTART);
    }

    private static Finding limits(EngineSettings settings) {
        var missing = new ArrayList<>(List.of(Limit.values()));
        missing.removeAll(settings.limits());
        if (missing.isEmpty()) {
            return well("Memory, swap, cores and processes of each server are limited.");
        }
        var words = String.join(", ", missing.stream().map(EngineChecks::name).toList());
        return fault(
                "The kernel does not let the engine limit " + words + ": one server can take all.",
                "Start the kernel with cgroup_enable=memory swapaccount=1, as GRUB_CMDLINE_LINUX in"
                        + " /etc/default/grub says, and reboot.",
                "update-grub");
    }

    private static String name(Limit limit) {
        return switch (limit) {
            case MEMORY -> "memory";
            case SWAP -> "swap";
            case CORES -> "cores";
            case PROCESSES -> "processes";
        };
    }

    private static Finding controlGroups(EngineSettings settings) {
        return settings.controlGroups() == 2
                ? well("Control groups are of version 2.")
                : warning(
                        "Control groups are of version 1, where a server that runs out of memory"
                                + " is told of less exactly.",
                        "Start the kernel with systemd.unified_cgroup_hierarchy=1 and reboot.",
                        "update-grub");
    }

    private static Finding systemCalls(EngineSettings settings) {
        return settings.security().contains("seccomp")
                ? well("Containers can make only the system calls that their work needs.")
                : fault(
                        "The engine filters no system calls, so a server can use more of the kernel"
                                + " than it should, and leave its quota.",
                        "Install the distribution's own Docker and kernel, which both can.",
                        "apt-get install --reinstall docker.io");
    }

    private static Finding appArmor(EngineSettings settings) {
        var confined =
                settings.security().contains("apparmor") || settings.security().contains("selinux");
        return confined
                ? well("AppArmor or SELinux puts one more wall round each container.")
                : warning(
                        "Neither AppArmor nor SELinux confines containers; the other walls hold,"
                                + " but one is missing.",
                        "Install AppArmor and restart the engine, where the kernel has it.",
                        "apt-get install apparmor && systemctl restart docker");
    }

    private static Finding defaultNetwork(EngineSettings settings) {
        return settings.bridgeTalks()
                ? warning(
                        "Containers that others start in the engine's default network can talk to"
                                + " each other. People's servers are never in it.",
                        "Set \"icc\": false" + THEN_RESTART,
                        RESTART)
                : well("Containers in the engine's default network cannot talk to each other.");
    }

    private static Finding logs(EngineSettings settings) {
        return BOUNDED.contains(settings.loggingDriver())
                ? well("What containers write is kept up to a bound.")
                : warning(
                        "Containers that others start keep all they ever write, by the driver "
                                + settings.loggingDriver()
                                + ", until the disk is full. Logs of people's servers are bounded.",
                        "Set \"log-driver\": \"local\"" + THEN_RESTART,
                        RESTART);
    }

    private static Finding storage(EngineSettings settings) {
        return GOOD_STORAGE.contains(settings.storageDriver())
                ? well("Images share their layers, by " + settings.storageDriver() + ".")
                : warning(
                        "Images are stored by "
                                + settings.storageDriver()
                                + ", which copies whole images or is slow.",
                        "Put "
                                + settings.rootDirectory()
                                + " on ext4 or XFS, and set \"storage-driver\": \"overlay2\""
                                + THEN_RESTART,
                        RESTART);
    }

    private Finding networkSocket() {
        return process.listensOnNetwork()
                ? fault(
                        "The engine can be reached over the network. Whoever reaches it is root on"
                                + " this machine.",
                        "Take tcp:// out of \"hosts\" in "
                                + FILE
                                + " and out of the service's command, and restart the engine.",
                        RESTART)
                : well("Only programs on this machine, and only by its socket, reach the engine.");
    }

    private Finding publishedPorts() {
        long published = process.portsPublished();
        return published == 0
                ? well("No container has a port of the machine.")
                : warning(
                        published
                                + " ports of the machine lead into containers that others started;"
                                + " people reach them without signing in here.",
                        "Look whether they should be there.",
                        "docker ps --filter publish=1-65535");
    }
}
