package org.lyceum.files;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The page that lies in an archive beside the files: what is not in it, and what changed while it
 * was made. Always of the same length, which was promised before anything of it is known.
 */
final class ArchiveReport {

    static final int BYTES = 8 * 1024;

    /** More would not fit; how many there are is said. */
    private static final int NAMED = 25;

    private static final int NAME_CHARS = 120;

    private final List<String> omitted = new ArrayList<>();
    private final List<String> changed = new ArrayList<>();
    private int omittedCount;
    private int changedCount;
    private String lastChanged = "";

    /** Never was in it: a pipe, a socket, a folder that its permissions close. */
    void omitted(FilePath path) {
        omittedCount++;
        add(omitted, path.toString());
    }

    /** Was gone, closed or shorter when its turn came; zeros stand for what is missing. */
    void changed(String path) {
        if (path.equals(lastChanged)) {
            return; // another piece of it
        }
        lastChanged = path;
        changedCount++;
        add(changed, path);
    }

    private static void add(List<String> list, String path) {
        if (list.size() < NAMED) {
            int from = Math.max(0, path.length() - NAME_CHARS);
            list.add((from > 0 ? "…" : "") + path.substring(from));
        }
    }

    byte[] bytes() {
        var text = new StringBuilder();
        text.append("About this archive\n\nUnpack it with 'tar -xf'. Links are kept as links.\n");
        section(
                text,
                omittedCount,
                omitted,
                "not in it: pipes, sockets, and folders that their permissions close");
        section(
                text,
                changedCount,
                changed,
                "gone, closed or shorter when their turn came; zeros stand for what is missing");
        var bytes = text.toString().getBytes(StandardCharsets.UTF_8);
        var all = new byte[BYTES];
        Arrays.fill(all, (byte) '\n');
        System.arraycopy(bytes, 0, all, 0, Math.min(bytes.length, BYTES - 1));
        return all;
    }

    private static void section(StringBuilder text, int count, List<String> named, String what) {
        text.append('\n').append(count).append(count == 1 ? " thing is " : " things are ");
        text.append(what).append(".\n");
        named.forEach(path -> text.append("  ").append(path).append('\n'));
        if (count > named.size()) {
            text.append("  and ").append(count - named.size()).append(" more\n");
        }
    }
}
