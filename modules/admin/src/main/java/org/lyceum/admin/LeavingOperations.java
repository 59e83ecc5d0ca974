package org.lyceum.admin;

import static org.lyceum.platform.http.Shape.field;
import static org.lyceum.platform.http.Shape.object;
import static org.lyceum.platform.http.Shape.optional;
import static org.lyceum.platform.http.Shape.text;
import static org.lyceum.platform.http.Shape.whole;

import org.lyceum.platform.http.Operation;
import org.lyceum.platform.http.Shape;

/** What the reference says of files whose owners have gone. */
final class LeavingOperations {

    static final Operation LIST =
            Operation.of(StorageOperations.TAG, "List files that are kept of those who have gone")
                    .query(optional("offset", whole(), "How many to pass over."))
                    .answers(
                            200,
                            "At most 100, those that go first before all others.",
                            Shape.of(StorageJson.LeavingPage.class))
                    .answers(404, "There is no such community.");

    static final Operation BRING_BACK =
            Operation.of(StorageOperations.TAG, "Bring back somebody with their files")
                    .detail(
                            "A member joins again, a deleted user or group is made again under the"
                                    + " same number. The files are theirs within a minute.")
                    .body(
                            object(
                                    "",
                                    optional(
                                            "name",
                                            text(),
                                            "Another name, when theirs has been given away.")),
                            "{}")
                    .answers(200, "They are back.", object(""))
                    .answers(404, "These files are nobody's to bring back.")
                    .answers(409, "The name is taken, or the community is deleted.");

    static final Operation ASK =
            Operation.of(StorageOperations.TAG, "Say why files of somebody who left are fetched")
                    .detail(
                            "Then the archive can be fetched for a day, by whoever said it. The"
                                    + " reason stays in the audit log.")
                    .body(
                            object("", field("reason", text(), "3 to 200 letters, one line.")),
                            "{\"reason\": \"The group goes on with their measurements\"}")
                    .answers(200, "The archive can be fetched now.", object(""))
                    .answers(403, "Only administrators of the platform may do this.")
                    .answers(404, "These files are not kept any more.")
                    .answers(409, "Servers that use them may still be ending.");

    static final Operation FETCH =
            Operation.of(StorageOperations.TAG, "Fetch files of somebody who left, as an archive")
                    .detail(
                            "A tar archive with all but the trash; a part with `Range`. Its"
                                    + " owner loses nothing, and finds it when they come back.")
                    .answers(200, "The archive.", "application/octet-stream")
                    .answers(206, "A part of it.", "application/octet-stream")
                    .answers(403, "Nobody has said why, or it is no administrator's to have.")
                    .answers(404, "These files are not kept any more.");

    static final Operation KEEP =
            Operation.of(StorageOperations.TAG, "Keep files longer, or less long")
                    .body(
                            object("", field("days", whole(), "From now; 1 to 3650.")),
                            "{\"days\": 365}")
                    .detail("Managers can only have them kept longer.")
                    .answers(200, "They are removed then.", object(""))
                    .answers(403, "A manager may not have them removed earlier.")
                    .answers(404, "These files are not kept any more.");

    static final Operation REMOVE =
            Operation.of(StorageOperations.TAG, "Remove files that are kept, now")
                    .detail("With their earlier versions. Nobody brings them back.")
                    .answers(204, "They are being removed.")
                    .answers(403, "Only administrators of the platform may do this.")
                    .answers(404, "These files are not kept any more.");

    private LeavingOperations() {}
}
