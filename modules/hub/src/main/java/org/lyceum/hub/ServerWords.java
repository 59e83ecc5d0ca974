package org.lyceum.hub;

import org.jspecify.annotations.Nullable;
import org.lyceum.servers.Server;

import java.util.List;
import java.util.Map;

/**
 * What the home page calls the states of a server. All of them are in the markup and one is shown;
 * the script changes which, without loading the page again.
 */
final class ServerWords {

    private static final Map<String, String> WORDS =
            Map.of(
                    "stopped", "Not running",
                    "starting", "Starting",
                    "ready", "Running",
                    "stopping", "Stopping");

    private static final List<String> ORDER = List.of("stopped", "starting", "ready", "stopping");

    private static final Html HIDDEN = new Html(" hidden");

    private ServerWords() {}

    /** The word that the page and its script share. */
    static String state(@Nullable Server server) {
        if (server == null) {
            return "stopped";
        }
        return switch (server.state()) {
            case SPAWNING -> "starting";
            case READY -> "ready";
            case STOPPING -> "stopping";
            case STOPPED, FAILED -> "stopped";
        };
    }

    /** Hides what is not about this state. */
    static Html hidden(String state, String part) {
        return HIDDEN.when(!state.equals(part));
    }

    /** What people read of a state. */
    static String of(String state) {
        return WORDS.getOrDefault(state, state);
    }

    /** One sign for each state. */
    static List<Html> badges(String state) {
        return ORDER.stream()
                .map(
                        each ->
                                Html.of(
                                        "<span class=\"state {}\" data-when=\"{}\"{}>{}</span>\n",
                                        each,
                                        each,
                                        hidden(state, each),
                                        of(each)))
                .toList();
    }

    /**
     * What the user should know of the last run, if it did not end as they wanted.
     *
     * @param offer what they might do about a start that failed
     */
    static Html trouble(@Nullable Server server, Html offer) {
        if (server == null || server.active()) {
            return Html.NOTHING;
        }
        var failure = server.failure();
        if (failure != null) {
            return Html.of(
                    "<div class=\"message bad\" role=\"alert\"><p><strong>The last start did not"
                            + " work.</strong> {}</p>{}</div>",
                    failure,
                    offer);
        }
        return EndingWords.unwished(server.ending());
    }
}
