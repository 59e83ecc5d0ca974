package org.lyceum.servers;

import com.fasterxml.jackson.annotation.JsonInclude;

import org.jspecify.annotations.Nullable;
import org.lyceum.storage.FolderUsage;

import java.util.List;

/**
 * What JupyterLab shows in a corner, by the extension among the {@link GuestTools}.
 *
 * @param id one that is dismissed comes back only under another
 * @param type as JupyterLab calls it: {@code warning}, {@code error}
 * @param message at most 140 characters, which is what JupyterLab shows
 * @param at stands for <code>{at}</code> in the message, in the reader's own time; ISO 8601
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record Notice(String id, String type, String message, @Nullable String at, List<Action> actions) {

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

    static Notice of(PlannedEnds.End end) {
        boolean idle = end.reason() == StopReason.IDLE;
        return new Notice(
                "end-" + end.at().getEpochSecond(),
                "warning",
                idle
                        ? "This server stops at {at} because nothing happens in it. Saved files"
                                + " stay."
                        : "This server stops at {at}: it has run for as long as servers may. Save"
                                + " your work.",
                end.at().toString(),
                idle
                        ? List.of(
                                new Action("Go on using it", null),
                                new Action("Keep it for longer", "home"))
                        : List.of(new Action("My servers", "home")));
    }
}
