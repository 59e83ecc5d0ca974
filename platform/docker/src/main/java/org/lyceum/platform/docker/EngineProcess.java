package org.lyceum.platform.docker;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * The engine's processes as the kernel lists them: what the engine itself does not tell. Looks at
 * what runs, so that it holds whether settings came from a file or from the command line.
 */
public final class EngineProcess {

    private static final String ENGINE = "dockerd";
    private static final String PROXY = "docker-proxy";

    /** Where an engine on a network listens by custom, as the kernel writes it: 2375 and 2376. */
    private static final Set<String> NETWORK_PORTS = Set.of("0947", "0948");

    /** The state of a socket that listens; source: Linux, include/net/tcp_states.h. */
    private static final String LISTENS = "0A";

    private final Path processes;

    /**
     * @param processes the kernel's list, {@code /proc}
     */
    public EngineProcess(Path processes) {
        this.processes = processes;
    }

    /**
     * How many programs carry a container's published port; each is one more that listens on the
     * machine's own addresses.
     */
    public long portsPublished() {
        return lines().stream().filter(line -> named(first(line), PROXY)).count();
    }

    /** Whether the engine is told to listen on a network, or something listens where it would. */
    public boolean listensOnNetwork() {
        return lines().stream()
                        .anyMatch(line -> named(first(line), ENGINE) && line.contains("tcp://"))
                || listens(processes.resolve("net/tcp"))
                || listens(processes.resolve("net/tcp6"));
    }

    /** Lines like {@code 0: 0100007F:0947 00000000:0000 0A …}; source: proc_pid_net(5). */
    private static boolean listens(Path sockets) {
        try (var lines = Files.lines(sockets)) {
            return lines.map(line -> line.strip().split("\\s+"))
                    .filter(words -> words.length > 3 && words[3].equals(LISTENS))
                    .anyMatch(words -> NETWORK_PORTS.contains(words[1].replaceFirst(".*:", "")));
        } catch (IOException notThere) {
            return false; // a kernel without that protocol
        }
    }

    private static String first(String line) {
        return line.split("\0", 2)[0];
    }

    private static boolean named(String command, String name) {
        return command.equals(name) || command.endsWith("/" + name);
    }

    /** Command lines, words apart by NUL; those that have ended meanwhile are empty. */
    private List<String> lines() {
        var lines = new ArrayList<String>();
        try (var all = Files.newDirectoryStream(processes, "[0-9]*")) {
            all.forEach(process -> lines.add(line(process)));
        } catch (IOException e) {
            throw new UncheckedIOException("reading " + processes, e);
        }
        return lines;
    }

    private static String line(Path process) {
        try {
            return Files.readString(process.resolve("cmdline"), StandardCharsets.ISO_8859_1);
        } catch (IOException ended) {
            return "";
        }
    }
}
