package org.lyceum.servers;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A start that reads nothing of what its user has configured or installed, and needs no room in the
 * home: the launcher puts the server's own home onto {@code /tmp}. The files are where they were.
 * Asked for by an option, once: the next start is an ordinary one.
 */
public final class Rescue {

    static final String OPTION = "rescue";

    /** Tells the launcher. */
    private static final String VARIABLE = "LYCEUM_RESCUE";

    private Rescue() {}

    /** The options of a start that is to be a rescue, and else like the last one. */
    public static Map<String, Object> of(Map<String, Object> lastOptions) {
        var options = new LinkedHashMap<>(lastOptions);
        options.put(OPTION, true);
        return options;
    }

    static boolean wanted(Server server) {
        return Boolean.TRUE.equals(server.userOptions().get(OPTION));
    }

    /** What of the last start's options is repeated. */
    static Map<String, Object> repeated(Map<String, Object> lastOptions) {
        var options = new LinkedHashMap<>(lastOptions);
        options.remove(OPTION);
        return options;
    }

    static Map<String, String> variables(Server server) {
        return wanted(server) ? Map.of(VARIABLE, "1") : Map.of();
    }
}
