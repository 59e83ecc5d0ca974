package org.lyceum.platform.linux;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Looks for what somebody has left running in a terminal. Blocking. */
public final class TerminalProcesses {

    /** In {@code /proc/PID/stat} after the program's name; source: proc_pid_stat(5). */
    private static final int SESSION = 3;

    private static final int TERMINAL = 4;

    private TerminalProcesses() {}

    /**
     * Whether a shell in a terminal of the container runs anything: a process that has a terminal
     * and did not open its session.
     *
     * @param containerId 64 hexadecimal digits
     */
    public static boolean in(String containerId) throws IOException {
        try (var processes = Files.newDirectoryStream(Path.of("/proc"), "[0-9]*")) {
            for (var process : processes) {
                if (isWork(process, containerId)) {
                    return true;
                }
            }
        }
        return false;
    }

    private static boolean isWork(Path process, String containerId) {
        try {
            var stat = Files.readString(process.resolve("stat"));
            var fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", TERMINAL + 2);
            boolean child = !fields[SESSION].equals(process.getFileName().toString());
            return child
                    && !fields[TERMINAL].equals("0")
                    && Files.readString(process.resolve("cgroup")).contains(containerId);
        } catch (IOException ended) {
            return false;
        }
    }
}
