package org.lyceum.servers;

import com.fasterxml.jackson.annotation.JsonInclude;

import org.jspecify.annotations.Nullable;
import org.lyceum.storage.FolderUsage;

import java.util.List;

/**
 * What JupyterLab shows in a corner, by the extension among the {@link GuestTools}.
 *
 * @param id one that is dismissed comes back only under another
 * @param type as JupyterLab calls it: {@code info}, {@code warning}, {@code error}
 * @param message at most 140 characters, which is what JupyterLab shows
 * @param at stands for <code>{at}</code> in the message, in the reader's own time; ISO 8601
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record Notice(String id, String type, String message, @Nullable String at, List<Action> actions) {

    /** Characters; JupyterLab shows no more. */
    private static final int MOST = 140;

    /**
     * A button.
     *
     * @param path of a page below the hub's own path; null: the server counts as used now
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Action(String label, @Nullable String path) {}

    static Notice ofHome(FolderUsage.Level level) {
        return new Notice(
                "home-" + level.name(),
                level == FolderUsage.Level.HIGH ? "warning" : "error",
                level.ofHome(),
                null,
                List.of(
                        new Action("What takes the most room", "files/largest"),
                        new Action("My files", "files")));
    }

    static Notice of(Announcement announcement) {
        var text = announcement.text();
        return new Notice(
                "announced-" + announcement.since().toEpochMilli(),
                "info",
                text.length() <= MOST ? text : text.substring(0, MOST - 1) + "…",
                null,
                List.of(new Action("My servers", "home")));
    }

    static Notice of(PlannedEnds.End end) {
        var home = new Action("My servers", "home");
        return switch (end.reason()) {
            case IDLE ->
                    ofEnd(
                            end,
                            "This server stops at {at} because nothing happens in it. Saved files"
                                    + " stay.",
                            List.of(
                                    new Action("Go on using it", null),
                                    new Action("Keep it for longer", "home")));
            case OPERATION ->
                    ofEnd(
                            end,
                            "An administrator stops all servers at {at}. Save your work.",
                            List.of(home));
            default ->
                    ofEnd(
                            end,
                            "This server stops at {at}: it has run for as long as servers may. Save"
                                    + " your work.",
                            List.of(home));
        };
    }

    private static Notice ofEnd(PlannedEnds.End end, String message, List<Action> actions) {
        var at = end.at();
        return new Notice("end-" + at.getEpochSecond(), "warning", message, at.toString(), actions);
    }
}
