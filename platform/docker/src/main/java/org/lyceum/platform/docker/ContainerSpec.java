package org.lyceum.platform.docker;

import org.lyceum.platform.kernel.Bytes;

import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * A container that may be run. Whatever is not a field here cannot be asked for: no privileges, no
 * capabilities, no host namespaces, no published ports, no writable root file system.
 *
 * <p>The engine shows all of this to whoever may inspect containers: no secret belongs in the
 * labels, the environment or the command.
 *
 * @param name unique on the machine
 * @param image an image id or reference that is on this machine; nothing is ever pulled
 * @param labels what the container is; {@link #PLATFORM_LABEL} must be among them
 * @param network the name of one of our networks, or {@link #NO_NETWORK}
 * @param mountPoints where something will be mounted once it runs: an empty directory of its user's
 *     until then, with room for {@value #MOUNT_POINT_BYTES} bytes
 * @param devices what it may use of the host; of nodes, character devices only
 * @param runtime by which the engine runs it; empty for the engine's own
 */
public record ContainerSpec(
        String name,
        String image,
        Map<String, String> labels,
        Program program,
        String network,
        Limits limits,
        List<Bind> binds,
        List<String> mountPoints,
        List<Device> devices,
        String runtime) {

    /** What is written there before the mount is hidden by it, and counts as memory. */
    static final long MOUNT_POINT_BYTES = 1024 * 1024;

    /** The label that tells our containers and networks from everybody else's. */
    public static final String PLATFORM_LABEL = "org.lyceum.platform";

    /** A container with the loopback interface only. */
    public static final String NO_NETWORK = "none";

    /** Home, shared directories and a launcher are a handful; more is a mistake. */
    private static final int MAX_BINDS = 32;

    /** A few units of a few nodes each; more is a mistake. */
    private static final int MAX_DEVICES = 64;

    /** The contract needs 30; the kernel's own limit on all together is about 2 MiB. */
    private static final int MAX_ENVIRONMENT = 300;

    /** As an engine's configuration names one. */
    private static final Pattern RUNTIME = Pattern.compile("([a-zA-Z0-9][a-zA-Z0-9_.-]{0,63})?");

    /** As Docker has it. */
    private static final Pattern NAME = Pattern.compile("[a-zA-Z0-9][a-zA-Z0-9_.-]{1,127}");

    /** Only our own networks: {@code host} and {@code container:…} can not be written. */
    private static final Pattern NETWORK = Pattern.compile("lyceum-[a-z0-9-]{1,100}");

    private static final Pattern TARGET = Pattern.compile("(/[^/\\p{Cntrl}]+)+");

    private static final Pattern VARIABLE = Pattern.compile("[A-Za-z_][A-Za-z0-9_]{0,127}");

    public ContainerSpec {
        require(NAME.matcher(name).matches(), "'" + name + "' is not a container name");
        require(!image.isBlank(), "a container needs an image");
        require(RUNTIME.matcher(runtime).matches(), "'" + runtime + "' is no runtime");
        requirePlatformLabel(labels);
        require(
                network.equals(NO_NETWORK) || NETWORK.matcher(network).matches(),
                "'" + network + "' is not one of our networks");
        require(
                binds.size() + mountPoints.size() <= MAX_BINDS,
                "more than " + MAX_BINDS + " binds");
        var targets = new HashSet<String>();
        for (var point : mountPoints) {
            requireTarget(point);
            require(targets.add(point), "two mounts at " + point);
        }
        for (var bind : binds) {
            require(targets.add(bind.target()), "two binds at " + bind.target());
        }
        labels = Map.copyOf(labels);
        binds = List.copyOf(binds);
        mountPoints = List.copyOf(mountPoints);
        devices = List.copyOf(devices);
        require(devices.size() <= MAX_DEVICES, "more than " + MAX_DEVICES + " devices");
    }

    /** One that has all it needs from the beginning. */
    public ContainerSpec(
            String name,
            String image,
            Map<String, String> labels,
            Program program,
            String network,
            Limits limits,
            List<Bind> binds) {
        this(name, image, labels, program, network, limits, binds, List.of());
    }

    /**
     * One that has places where something is mounted later, run by the engine's own runtime,
     * without devices.
     */
    public ContainerSpec(
            String name,
            String image,
            Map<String, String> labels,
            Program program,
            String network,
            Limits limits,
            List<Bind> binds,
            List<String> mountPoints) {
        this(name, image, labels, program, network, limits, binds, mountPoints, List.of(), "");
    }

    /** The same, run by another runtime; empty for the engine's own. */
    public ContainerSpec under(String other) {
        return new ContainerSpec(
                name, image, labels, program, network, limits, binds, mountPoints, devices, other);
    }

    /** The same, with these devices. */
    public ContainerSpec with(List<Device> handed) {
        return new ContainerSpec(
                name, image, labels, program, network, limits, binds, mountPoints, handed, runtime);
    }

    /** Which installation it belongs to. */
    String platform() {
        return labels.getOrDefault(PLATFORM_LABEL, "");
    }

    static void requirePlatformLabel(Map<String, String> labels) {
        require(
                !labels.getOrDefault(PLATFORM_LABEL, "").isBlank(),
                "without the label " + PLATFORM_LABEL + " nobody would find it again");
    }

    private static void require(boolean holds, String message) {
        if (!holds) {
            throw new IllegalArgumentException(message);
        }
    }

    /**
     * What runs inside.
     *
     * @param command the whole command line; the image's own entry point is not used
     * @param uid numeric and never 0
     */
    public record Program(
            List<String> command,
            Map<String, String> environment,
            String workingDirectory,
            int uid,
            int gid) {

        public Program {
            require(!command.isEmpty(), "a container needs a command");
            require(uid > 0 && gid > 0, "a container never runs as root");
            require(workingDirectory.startsWith("/"), "the working directory must be absolute");
            require(environment.size() <= MAX_ENVIRONMENT, "too many environment variables");
            environment.forEach(
                    (key, value) -> {
                        require(VARIABLE.matcher(key).matches(), "'" + key + "' is no variable");
                        require(value.indexOf('\0') < 0, key + " holds a NUL");
                    });
            command = List.copyOf(command);
            environment = Map.copyOf(environment);
        }
    }

    /**
     * What it may use up. Swap is never added to memory.
     *
     * @param memory hard limit, at least 16 MiB; files in /tmp, /run and /dev/shm count
     * @param milliCpus thousandths of one core, 10 or more; also its weight when cores are short
     * @param pids processes and threads together, 16 to 32768
     * @param scratch size of /tmp; /run gets a fixed small size
     * @param background whether it only gets what cores nobody else wants
     */
    public record Limits(Bytes memory, int milliCpus, int pids, Bytes scratch, boolean background) {

        public Limits(Bytes memory, int milliCpus, int pids, Bytes scratch) {
            this(memory, milliCpus, pids, scratch, false);
        }

        /** The same, behind everybody else when cores are short. */
        public Limits inBackground() {
            return new Limits(memory, milliCpus, pids, scratch, true);
        }

        public Limits {
            require(memory.compareTo(Bytes.mib(16)) >= 0, "memory must be at least 16 MiB");
            require(milliCpus >= 10, "milliCpus must be at least 10");
            require(pids >= 16 && pids <= 32768, "pids must be 16 to 32768");
            require(scratch.compareTo(Bytes.mib(1)) >= 0, "scratch must be at least 1 MiB");
        }
    }

    /**
     * A directory or file of the host inside the container. The source must lie below one of the
     * roots the engine was configured with; the engine checks that after following every link.
     *
     * @param target absolute, without {@code .} or {@code ..}; not the root, /proc, /sys or /dev
     */
    public record Bind(Path source, String target, boolean readOnly) {

        public Bind {
            require(source.isAbsolute(), "a bind's source must be absolute");
            requireTarget(target);
        }
    }

    private static void requireTarget(String target) {
        require(
                TARGET.matcher(target).matches()
                        && Path.of(target).normalize().toString().equals(target),
                "'" + target + "' is not a clean absolute path");
        for (var kernels : List.of("/proc", "/sys", "/dev")) {
            require(!Path.of(target).startsWith(kernels), "nothing is mounted in " + kernels);
        }
    }
}
