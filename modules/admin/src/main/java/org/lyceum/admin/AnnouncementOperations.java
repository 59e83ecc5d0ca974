package org.lyceum.admin;

import static org.lyceum.platform.http.Shape.field;
import static org.lyceum.platform.http.Shape.flag;
import static org.lyceum.platform.http.Shape.object;
import static org.lyceum.platform.http.Shape.optional;
import static org.lyceum.platform.http.Shape.text;
import static org.lyceum.platform.http.Shape.whole;

import org.lyceum.platform.http.Operation;
import org.lyceum.platform.http.Shape;

/** What the reference says of operations on many servers. */
final class AnnouncementOperations {

    private static final String TAG = "servers";

    private static final String WHOM =
            "A community; without it all of the platform, which takes one of its administrators.";

    static final Operation LIST =
            Operation.of(TAG, "List what people are told")
                    .answers(
                            200, "All that stand.", Shape.of(AnnouncementJson.Announcements.class));

    static final Operation PUT =
            Operation.of(TAG, "Tell everybody something")
                    .detail(
                            "On home pages and in JupyterLab, in the place of what was told before."
                                    + " With it starts can be paused, and servers stopped at a time"
                                    + " that people see.")
                    .body(
                            object(
                                    "",
                                    optional("community", whole(), WHOM),
                                    field("text", text(), "At most 300 characters."),
                                    optional("pausesStarts", flag(), "Nothing starts meanwhile."),
                                    optional(
                                            "stopsAt",
                                            text(),
                                            "When servers end that were started before; ISO 8601"
                                                    + " with an offset.")),
                            "{\"text\": \"New disks on Friday at 18:00.\", \"pausesStarts\":"
                                    + " false}")
                    .answers(200, "People are told within half a minute.", object(""))
                    .answers(403, "Only administrators of the platform tell everybody.")
                    .answers(404, "There is no such community.");

    static final Operation END =
            Operation.of(TAG, "Take back what people are told")
                    .detail("With the pause and the stop that came with it.")
                    .body(object("", optional("community", whole(), WHOM)), "{}")
                    .answers(200, "It is taken back.", object(""))
                    .answers(403, "Only administrators of the platform do this for everybody.")
                    .answers(404, "There is no such community, or nothing to take back.");

    static final Operation STOP =
            Operation.of(TAG, "Stop many servers now")
                    .body(
                            object(
                                    "",
                                    optional("community", whole(), WHOM),
                                    optional("group", text(), "Of its members only.")),
                            "{\"community\": 1, \"group\": \"physics-101\"}")
                    .answers(
                            202,
                            "They are stopping.",
                            Shape.of(AnnouncementJson.StoppingServers.class))
                    .answers(403, "Only administrators of the platform stop all servers.")
                    .answers(404, "There is no such community or group.");

    private AnnouncementOperations() {}
}
