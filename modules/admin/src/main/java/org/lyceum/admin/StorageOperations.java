package org.lyceum.admin;

import static org.lyceum.platform.http.Shape.field;
import static org.lyceum.platform.http.Shape.object;
import static org.lyceum.platform.http.Shape.optional;
import static org.lyceum.platform.http.Shape.orNull;
import static org.lyceum.platform.http.Shape.text;
import static org.lyceum.platform.http.Shape.whole;
import static org.lyceum.platform.http.Shape.word;

import org.lyceum.platform.http.Operation;
import org.lyceum.platform.http.Shape;
import org.lyceum.storage.FolderKind;

import java.util.Arrays;

/** What the reference says of people's files: the pool, folders and limits. */
final class StorageOperations {

    static final String TAG = "storage";

    private static final Shape KIND =
            word(Arrays.stream(FolderKind.values()).map(Enum::name).toArray(String[]::new));

    private static final Shape POOL = Shape.of(StorageJson.Pool.class);

    static final Operation POOL_SHOW =
            Operation.of(TAG, "Show the pool that holds people's files")
                    .answers(200, "As it is now.", POOL)
                    .answers(503, "It is not there.");

    static final Operation POOL_GROW =
            Operation.of(TAG, "Make the pool larger")
                    .detail("While people work. It never shrinks.")
                    .body(
                            object("", field("bytes", whole(), "What it is to have.")),
                            "{\"bytes\": 214748364800}")
                    .answers(202, "It has begun; growth tells how it goes on.", POOL)
                    .answers(400, "It has as much already, or the disk has less.")
                    .answers(409, "It cannot grow, or grows already.");

    static final Operation FOLDERS =
            Operation.of(TAG, "List folders with what they hold and may hold")
                    .query(
                            optional("kind", KIND, "HOME when absent."),
                            optional("offset", whole(), "How many to pass over."))
                    .answers(200, "At most 100.", Shape.of(StorageJson.FolderPage.class))
                    .answers(404, "There is no such community.");

    static final Operation MAKE_FOLDER =
            Operation.of(TAG, "Give a group a folder")
                    .detail("Its members find it in servers that start from then on.")
                    .body(
                            object("", field("group", text(), "Name of the group.")),
                            "{\"group\": \"lab\"}")
                    .answers(201, "It is there.", object(""))
                    .answers(404, "There is no such community or group.");

    static final Operation LIMIT =
            Operation.of(TAG, "Decide a limit, or take the decision back")
                    .detail(
                            "The nearest rule counts: folder, user, of the user's groups the one"
                                + " that allows most, community. It counts at once, for servers"
                                + " that run too. Without bytes and inodes the rule is taken away."
                                + " Managers decide about groups, users and folders, up to the"
                                + " community's limit.")
                    .body(
                            object(
                                    "",
                                    field("kind", KIND, "Which folders."),
                                    field(
                                            "scope",
                                            word("COMMUNITY", "GROUP", "USER", "FOLDER"),
                                            "For whom."),
                                    optional("name", text(), "Of the group or the user."),
                                    optional("folder", whole(), "Number of the folder."),
                                    optional("bytes", orNull(whole()), "0 is no limit."),
                                    optional(
                                            "bytesWarning",
                                            orNull(whole()),
                                            "Four fifths of it when absent."),
                                    optional("inodes", orNull(whole()), "0 is no limit."),
                                    optional(
                                            "inodesWarning",
                                            orNull(whole()),
                                            "Four fifths of it when absent."),
                                    field(
                                            "version",
                                            whole(),
                                            "Of the rule that was looked at; -1 without one.")),
                            "{\"kind\": \"HOME\", \"scope\": \"USER\", \"name\": \"ada\","
                                    + " \"bytes\": 21474836480, \"version\": -1}")
                    .answers(200, "As it is now.", Shape.of(StorageJson.RuleLine.class))
                    .answers(403, "A manager may not decide this much.")
                    .answers(404, "There is no such community, group, user or folder.")
                    .answers(412, "Somebody else has changed it meanwhile.");

    private StorageOperations() {}
}
