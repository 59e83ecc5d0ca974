package org.lyceum.platform.linux;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** What the kernel said of late; needs CAP_SYSLOG or root. */
public final class KernelLog {

    private static final Path DEVICE = Path.of("/dev/kmsg");

    private static final int O_NONBLOCK = 0x800;

    /** Longer than the kernel makes a record, with what it knows about it. */
    private static final int RECORD_BYTES = 8 * 1024;

    /** The kernel's ring holds fewer. */
    private static final int MAX_RECORDS = 50_000;

    private static final int EPIPE = 32;

    /** Source: Linux, mm/oom_kill.c, dump_oom_summary; a name may hold commas. */
    private static final Pattern VICTIM = Pattern.compile(",task=(.*),pid=(\\d+),uid=\\d+");

    /** Source: Linux, mm/oom_kill.c, __oom_kill_process. */
    private static final Pattern KILLED =
            Pattern.compile("Killed process (\\d+) \\(.*\\).* anon-rss:(\\d+)kB");

    private KernelLog() {}

    /**
     * A process that was ended because its control group had no memory left.
     *
     * @param program what it is called, at most 15 bytes
     * @param bytes of memory of its own at that moment
     */
    public record Kill(String program, long bytes) {}

    /** The last one whose control group's path has this part, such as a container's id. */
    public static Optional<Kill> lastKill(String group) throws IOException {
        return lastKill(records(), group);
    }

    static Optional<Kill> lastKill(List<String> records, String group) {
        Optional<Kill> last = Optional.empty();
        String program = "";
        String pid = "";
        for (var record : records) {
            if (record.startsWith("oom-kill:")) {
                var victim = VICTIM.matcher(record);
                boolean wanted = record.contains(group) && victim.find();
                program = wanted ? victim.group(1) : "";
                pid = wanted ? victim.group(2) : "";
            }
            var killed = KILLED.matcher(record);
            if (killed.find() && killed.group(1).equals(pid)) {
                last = Optional.of(new Kill(program, Long.parseLong(killed.group(2)) * 1024));
            }
        }
        return last;
    }

    /** All that the kernel still has, oldest first, without what stands before each. */
    private static List<String> records() throws IOException {
        var records = new ArrayList<String>();
        try (var device = new Descriptor(Descriptor.number(DEVICE, O_NONBLOCK));
                var arena = Arena.ofConfined()) {
            var record = arena.allocate(RECORD_BYTES);
            while (records.size() < MAX_RECORDS) {
                try {
                    long length =
                            Call.READ.of(DEVICE.toString(), device.number(), record, RECORD_BYTES);
                    records.add(text(record.asSlice(0, length).toArray(ValueLayout.JAVA_BYTE)));
                } catch (KernelException e) {
                    if (e.is(KernelException.EAGAIN)) {
                        return records;
                    }
                    if (!e.is(EPIPE)) { // overwritten while we read: the next one is there
                        throw e;
                    }
                }
            }
        }
        return records;
    }

    /** {@code 6,1234,5678901,-;text}, then lines of what it is about. */
    private static String text(byte[] record) {
        var all = new String(record, StandardCharsets.UTF_8);
        var text = all.substring(all.indexOf(';') + 1);
        int end = text.indexOf('\n');
        return end < 0 ? text : text.substring(0, end);
    }
}
