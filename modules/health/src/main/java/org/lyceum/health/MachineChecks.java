package org.lyceum.health;

import static org.lyceum.health.Finding.fault;
import static org.lyceum.health.Finding.warning;
import static org.lyceum.health.Finding.well;

import org.lyceum.platform.kernel.Bytes;
import org.lyceum.platform.kernel.Origin;
import org.lyceum.platform.linux.KernelClock;
import org.lyceum.platform.linux.KernelException;
import org.lyceum.platform.linux.Pressure;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;

/** The machine itself: its memory, its clock, its kernel's bounds, and the way people come. */
final class MachineChecks {

    /** Below this share of memory, programs are about to be killed. */
    private static final double MIN_AVAILABLE = 0.05;

    /** A JupyterLab watches its files with up to ten of these, and all people are one user. */
    private static final long MIN_INSTANCES = 1024;

    private static final long MIN_WATCHES = 65_536;

    /** A connection from the browser and one to the server for each of a thousand notebooks. */
    private static final long MIN_OPEN_FILES = 4096;

    private static final long MIN_PROCESSES = 32_768;

    /** In percent of the last ten seconds. */
    private static final double MUCH_PRESSURE = 40;

    private static final String KEEP =
            "Put the line into /etc/sysctl.d/60-lyceum.conf too, so that it is kept.";

    private final KernelFiles kernel;
    private final Door door;

    /**
     * How people reach the platform.
     *
     * @param address it listens on, such as {@code 127.0.0.1}
     * @param encrypts whether it speaks TLS itself, and leads everybody there
     * @param origin that people's browsers use; empty when none is set
     */
    record Door(String address, boolean encrypts, Optional<Origin> origin) {}

    MachineChecks(KernelFiles kernel, Door door) {
        this.kernel = kernel;
        this.door = door;
    }

    List<Check> all() {
        return List.of(
                check("memory", "Is there memory left?", this::memory),
                check("pressure", "Does work go on without waiting?", this::pressure),
                check("clock", "Is the clock kept right?", MachineChecks::clock),
                check("file-watchers", "Can every notebook watch its files?", this::watchers),
                check("open-files", "May the platform hold enough connections?", this::openFiles),
                check("processes", "Is there room for everybody's processes?", this::processes),
                check("encryption", "Do passwords travel encrypted?", this::encryption),
                check("name", "Is the platform's name known?", this::name));
    }

    private static Check check(String id, String asks, Callable<Finding> look) {
        return new Check("machine." + id, Area.MACHINE, asks, look);
    }

    private Finding memory() throws IOException {
        long total = kernel.memory("MemTotal");
        long available = kernel.memory("MemAvailable");
        var words = new Bytes(available) + " of " + new Bytes(total) + " are available.";
        return available >= total * MIN_AVAILABLE
                ? well(words)
                : fault(
                        words + " The kernel is about to end programs.",
                        "Stop servers that nobody needs, or give people smaller ones.",
                        null);
    }

    private Finding pressure() {
        var told = Pressure.in(kernel.root().resolve("pressure"));
        if (told.isEmpty()) {
            return warning(
                    "The kernel does not say what it is short of, so the platform cannot calm a"
                            + " busy machine.",
                    "Start the kernel with psi=1, as GRUB_CMDLINE_LINUX in /etc/default/grub says,"
                            + " and reboot.",
                    "update-grub");
        }
        var now = told.get();
        var words =
                "Of the last ten seconds "
                        + Math.round(now.cores())
                        + " % were spent waiting for cores, "
                        + Math.round(now.memory())
                        + " % for memory, "
                        + Math.round(now.disk())
                        + " % for disks.";
        boolean much = now.memory() > MUCH_PRESSURE || now.disk() > MUCH_PRESSURE;
        return much
                ? warning(
                        words,
                        "If it lasts, give people smaller servers, or the machine more.",
                        null)
                : well(words);
    }

    private static Finding clock() throws KernelException {
        return KernelClock.synchronised()
                ? well("A program compares it with others.")
                : warning(
                        "Nothing compares this machine's clock with others. When it is some minutes"
                                + " wrong, sign-in at institutions and codes of a second factor"
                                + " fail.",
                        "Install a time service.",
                        "apt-get install systemd-timesyncd");
    }

    private Finding watchers() throws IOException {
        long instances = kernel.setting("fs/inotify/max_user_instances");
        long watches = kernel.setting("fs/inotify/max_user_watches");
        if (instances >= MIN_INSTANCES && watches >= MIN_WATCHES) {
            return well("There is room for " + instances + " watchers of " + watches + " files.");
        }
        return warning(
                "All people together may have "
                        + instances
                        + " watchers of "
                        + watches
                        + " files; then editors say \"too many open files\" or no longer notice"
                        + " changes.",
                "Raise it. " + KEEP,
                "sysctl -w fs.inotify.max_user_instances="
                        + Math.max(instances, MIN_INSTANCES)
                        + " fs.inotify.max_user_watches="
                        + Math.max(watches, MIN_WATCHES));
    }

    private Finding openFiles() throws IOException {
        long may = kernel.openFiles();
        return may >= MIN_OPEN_FILES
                ? well("It may have " + may + " open.")
                : fault(
                        "The platform may have "
                                + may
                                + " files and connections open, two for each open notebook.",
                        "Raise LimitNOFILE in the platform's service to "
                                + MIN_OPEN_FILES
                                + " or more, or ulimit -n where there is no systemd, and restart"
                                + " it.",
                        null);
    }

    private Finding processes() throws IOException {
        long room =
                Math.min(kernel.setting("kernel/pid_max"), kernel.setting("kernel/threads-max"));
        return room >= MIN_PROCESSES
                ? well("The kernel has room for " + room + " processes.")
                : warning(
                        "The kernel has room for " + room + " processes and threads in all.",
                        "Raise it. " + KEEP,
                        "sysctl -w kernel.pid_max=4194304 kernel.threads-max=" + MIN_PROCESSES);
    }

    private Finding encryption() throws UnknownHostException {
        if (door.encrypts()) {
            return well("The platform speaks HTTPS, and leads there who comes without.");
        }
        if (door.origin().map(Origin::secure).orElse(false)) {
            return well("People come by " + door.origin().orElseThrow() + ".");
        }
        if (InetAddress.getByName(door.address()).isLoopbackAddress() && door.origin().isEmpty()) {
            return well("Only programs on this machine reach the platform.");
        }
        return fault(
                "People's passwords and work cross the network readable by others on it.",
                "Give the platform a certificate (https.certificate), or put a server that speaks"
                        + " HTTPS before it and set hub.url to the https address; the page about"
                        + " addresses in the documentation says how.",
                null);
    }

    private Finding name() {
        if (door.origin().isEmpty()) {
            return well("No name is set (hub.url); people use the machine's address.");
        }
        var host = door.origin().get().host();
        try {
            return well(host + " leads to " + InetAddress.getByName(host).getHostAddress() + ".");
        } catch (UnknownHostException e) {
            return fault(
                    "This machine does not find " + host + ", so people may not either.",
                    "Add it to the network's name service, and look at /etc/resolv.conf.",
                    "getent hosts " + host);
        }
    }
}
