package org.lyceum.platform.linux;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What is mounted in our own view, from /proc/self/mountinfo; proc_pid_mountinfo(5). */
public final class MountTable {

    private static final Path FILE = Path.of("/proc/self/mountinfo");

    private MountTable() {}

    /**
     * A mount.
     *
     * @param source such as {@code /dev/loop3}
     * @param fileSystem such as {@code btrfs}
     * @param options those of the file system, such as {@code rw,prjquota}, after those of the
     *     mount
     */
    public record Mounted(Path at, String fileSystem, String source, List<String> options) {}

    /** The topmost mount exactly at this place. */
    public static Optional<Mounted> at(Path place) throws IOException {
        return all().reversed().stream().filter(mount -> mount.at().equals(place)).findFirst();
    }

    /** The mount that holds this path, which must be free of links. */
    public static Optional<Mounted> holding(Path path) throws IOException {
        Mounted best = null;
        for (var mount : all()) {
            boolean holds = path.startsWith(mount.at());
            if (holds && (best == null || mount.at().getNameCount() >= best.at().getNameCount())) {
                best = mount;
            }
        }
        return Optional.ofNullable(best);
    }

    /** Everything, in the order it was mounted. */
    public static List<Mounted> all() throws IOException {
        var mounts = new ArrayList<Mounted>();
        for (var line : Files.readAllLines(FILE)) {
            var fields = List.of(line.split(" "));
            int dash = fields.indexOf("-");
            var options = new ArrayList<>(List.of(fields.get(5).split(",")));
            options.addAll(List.of(fields.get(dash + 3).split(",")));
            mounts.add(
                    new Mounted(
                            Path.of(unescape(fields.get(4))),
                            fields.get(dash + 1),
                            unescape(fields.get(dash + 2)),
                            options));
        }
        return mounts;
    }

    /** Spaces, tabs, newlines and backslashes are written as three octal digits. */
    private static String unescape(String text) {
        if (text.indexOf('\\') < 0) {
            return text;
        }
        var out = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) == '\\' && i + 3 < text.length()) {
                out.append((char) Integer.parseInt(text.substring(i + 1, i + 4), 8));
                i += 3;
            } else {
                out.append(text.charAt(i));
            }
        }
        return out.toString();
    }
}
