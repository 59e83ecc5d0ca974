package org.lyceum.admin;

import static org.lyceum.platform.http.Shape.field;
import static org.lyceum.platform.http.Shape.flag;
import static org.lyceum.platform.http.Shape.list;
import static org.lyceum.platform.http.Shape.object;
import static org.lyceum.platform.http.Shape.optional;
import static org.lyceum.platform.http.Shape.orNull;
import static org.lyceum.platform.http.Shape.text;
import static org.lyceum.platform.http.Shape.whole;

import org.lyceum.platform.http.Operation;
import org.lyceum.platform.http.Shape;

/** What the reference says of communities and their members. */
final class CommunityOperations {

    private static final String TAG = "communities";

    private static final Shape ONE = Shape.of(CommunityJson.CommunityDetail.class);

    private static final Shape NOTHING = object("");

    private static final Shape.Field VERSION =
            field("version", whole(), "Of the community that was looked at.");

    private static final Shape LIMITS =
            object(
                    "",
                    optional("maxSpawning", orNull(whole()), "Starts at once."),
                    optional("maxActive", orNull(whole()), "Servers at once; 0 is no limit."),
                    optional("namedPerUser", orNull(whole()), "0 turns named servers off."));

    static final Operation LIST =
            Operation.of(TAG, "List communities")
                    .answers(
                            200,
                            "All, deleted ones too.",
                            object("", field("items", list(ONE), "")));

    static final Operation CREATE =
            Operation.of(TAG, "Make a community")
                    .detail("Its hub is there when the answer comes.")
                    .body(
                            object(
                                    "",
                                    field("name", text(), "Part of its address."),
                                    field("title", text(), "For people.")),
                            "{\"name\": \"physics\", \"title\": \"Physics\"}")
                    .answers(201, "The new community.", ONE)
                    .answers(409, "The name is taken, or links to it lead elsewhere.");

    static final Operation CHANGE =
            Operation.of(TAG, "Change title, notice and limits")
                    .body(
                            object(
                                    "",
                                    VERSION,
                                    optional("title", text(), "For people."),
                                    optional("notice", text(), "Read while it is paused."),
                                    optional(
                                            "limits",
                                            LIMITS,
                                            "All three; null is the platform's.")),
                            "{\"version\": 0, \"title\": \"Physics\"}")
                    .answers(200, "As it is now.", ONE)
                    .answers(404, "There is no such community.")
                    .answers(412, "Somebody else has changed it meanwhile.");

    static final Operation RENAME =
            changing(
                    "Rename a community",
                    "Its address changes. Old links lead on; servers that run keep their old"
                            + " address until they stop.",
                    field("name", text(), "Part of its address."),
                    "{\"version\": 0, \"name\": \"physics\"}");

    static final Operation SET_HOST =
            Operation.of(TAG, "Give a community a host of its own, or take it away")
                    .detail(
                            "Its hub is at / there; links to its path lead there. Only while none"
                                    + " of its servers run.")
                    .body(
                            object(
                                    "",
                                    VERSION,
                                    optional("host", text(), "Null or empty: the platform's.")),
                            "{\"version\": 0, \"host\": \"maths.example.org\"}")
                    .answers(200, "As it is now.", ONE)
                    .answers(404, "There is no such community.")
                    .answers(409, "The host is taken, or cannot be changed now.")
                    .answers(412, "Somebody else has changed it meanwhile.");

    static final Operation PAUSE =
            Operation.of(TAG, "Pause a community")
                    .detail("Nothing starts any more, and everybody who comes reads the notice.")
                    .body(
                            object(
                                    "",
                                    VERSION,
                                    optional("notice", text(), "Why, and until when."),
                                    optional("stopServers", flag(), "End what runs, too.")),
                            "{\"version\": 0, \"notice\": \"Back at noon.\"}")
                    .answers(200, "As it is now.", ONE)
                    .answers(404, "There is no such community.")
                    .answers(412, "Somebody else has changed it meanwhile.");

    static final Operation RESUME = changing("End a pause", "");

    static final Operation DELETE =
            changing(
                    "Delete a community",
                    "It is taken out of sight and its servers are stopped. Everything in it is"
                            + " kept; restoring brings it back.");

    static final Operation RESTORE =
            changing("Restore a deleted community", "It comes back paused.");

    static final Operation RELEASE =
            Operation.of(TAG, "Give a former address up")
                    .detail("Links to it lead nowhere any more, and others may have the name.")
                    .body(
                            object("", field("baseUrl", text(), "One of formerAddresses.")),
                            "{\"baseUrl\": \"/maths/\"}")
                    .answers(200, "As it is now.", ONE)
                    .answers(404, "It is no former address of this community.")
                    .answers(409, "Servers run there.");

    static final Operation MEMBERS =
            Operation.of(TAG, "List members")
                    .query(optional("offset", whole(), "How many to pass over."))
                    .answers(200, "At most 200, by name.", Shape.of(CommunityJson.MemberPage.class))
                    .answers(404, "There is no such community.");

    static final Operation ADD_MEMBER =
            Operation.of(TAG, "Add a member")
                    .detail(
                            "Who has no account yet gets one, and a link with which they choose a"
                                    + " password.")
                    .body(
                            object(
                                    "",
                                    field("name", text(), "Name of the user."),
                                    optional("manager", flag(), "May administer the community.")),
                            "{\"name\": \"ada\"}")
                    .answers(201, "They belong to it.", Shape.of(CommunityJson.Added.class))
                    .answers(404, "There is no such community.");

    static final Operation IMPORT_MEMBERS =
            Operation.of(TAG, "Make everybody on a list a member")
                    .detail(
                            "The list is CSV with a heading: `name`, and if wanted `groups` (with"
                                + " `|` between them) and `role` (`manager` or `member`). What is"
                                + " missing is made, nothing is taken away, so a list may be sent"
                                + " again. A line that is refused keeps nobody else out.")
                    .body(
                            object(
                                    "",
                                    field("csv", text(), "The list, at most 2,000 people."),
                                    optional(
                                            "apply",
                                            flag(),
                                            "Without it the answer says what would happen.")),
                            "{\"csv\": \"name,groups,role\\nada,lab|course,manager\\nbob,lab,\"}")
                    .answers(
                            200,
                            "What each line does, or did.",
                            Shape.of(CommunityJson.Roster.class))
                    .answers(404, "There is no such community.")
                    .answers(413, "The list is too long.");

    static final Operation INVITE =
            Operation.of(TAG, "Give a member a link to choose a password")
                    .detail(
                            "Older links of theirs end. Managers do this for accounts that nobody"
                                    + " has used yet, and that belong to their communities alone.")
                    .answers(201, "The link.", Shape.of(CommunityJson.PasswordLink.class))
                    .answers(403, "They have used the account already.")
                    .answers(404, "There is no such member.");

    static final Operation PASSWORD_LINK =
            Operation.of("people", "Give somebody a link to choose a new password")
                    .detail("The old password goes on working until they have chosen one.")
                    .answers(201, "The link.", Shape.of(CommunityJson.PasswordLink.class))
                    .answers(404, "There is no such user.");

    static final Operation CHANGE_MEMBER =
            Operation.of(TAG, "Make a member a manager, or undo it")
                    .body(
                            object("", field("manager", flag(), "May administer the community.")),
                            "{\"manager\": true}")
                    .answers(200, "Done.", NOTHING)
                    .answers(404, "There is no such member.");

    static final Operation REMOVE_MEMBER =
            Operation.of(TAG, "Remove a member")
                    .detail("Their servers there are stopped; account and files stay.")
                    .answers(204, "They do not belong to it any more.")
                    .answers(404, "There is no such member.");

    static final Operation GROUPS =
            Operation.of(TAG, "List groups")
                    .query(optional("offset", whole(), "How many to pass over."))
                    .answers(
                            200,
                            "At most 200, in the order they were made.",
                            Shape.of(CommunityJson.GroupPage.class))
                    .answers(404, "There is no such community.");

    static final Operation CREATE_GROUP =
            Operation.of(TAG, "Make a group")
                    .body(Shape.of(GroupEndpoints.GroupBody.class), "{\"name\": \"physics\"}")
                    .answers(201, "Without anybody in it.", Shape.of(CommunityJson.GroupLine.class))
                    .answers(404, "There is no such community.")
                    .answers(409, "There is one of that name.");

    static final Operation GROUP_FOLLOWS =
            Operation.of(TAG, "Decide which groups at providers a group follows")
                    .detail(
                            "Their people come in when they sign in, and go when the provider names"
                                    + " them there no more. Whom a manager has added stays.")
                    .body(
                            Shape.of(GroupEndpoints.FollowsBody.class),
                            "{\"follows\": [{\"provider\": 1, \"group\": \"physics-1\"}]}")
                    .answers(204, "It counts from the next sign-in on.")
                    .answers(404, "There is no such community, group or provider.");

    static final Operation LIMIT_MEMBER =
            limiting(
                    "Limit a member's named servers",
                    "Counts before what their groups and the community say. Servers that are there"
                            + " stay.",
                    "There is no such member.");

    static final Operation LIMIT_GROUP =
            limiting(
                    "Limit the named servers of everybody in a group",
                    "Counts before what the community says; of several groups the one that allows"
                            + " most.",
                    "There is no such group.");

    private static final Shape ENDS_RULE =
            object(
                    "",
                    optional("cullAfterSeconds", orNull(whole()), "Without use; 0: never."),
                    optional("maxAgeSeconds", orNull(whole()), "Used or not; 0: never."),
                    optional("keepAtMostSeconds", orNull(whole()), "On request; 0: not at all."),
                    optional(
                            "freezeAfterSeconds",
                            orNull(whole()),
                            "Asleep when without use for this long; 0: never."));

    private static final String ENDS_EXAMPLE =
            "{\"cullAfterSeconds\": 3600, \"maxAgeSeconds\": null, \"keepAtMostSeconds\": 0,"
                    + " \"freezeAfterSeconds\": 600}";

    static final Operation ENDS =
            Operation.of(TAG, "Show when servers of a community end by themselves")
                    .detail("What was decided for it and for its profiles, and what counts.")
                    .answers(200, "Of all its profiles.", Shape.of(EndsJson.EndsView.class))
                    .answers(404, "There is no such community.");

    static final Operation CHANGE_ENDS =
            ending(
                    "Decide when servers of a community end by themselves",
                    "There is no such community.");

    static final Operation CHANGE_ENDS_OF_PROFILE =
            ending(
                    "Decide when servers of a profile end by themselves",
                    "There is no such community, or no such profile in it.");

    static final Operation CHANGE_PERSON =
            Operation.of("people", "Make somebody an administrator of the platform, or undo it")
                    .body(
                            object("", field("administrator", flag(), "Of the whole platform.")),
                            "{\"administrator\": true}")
                    .answers(200, "Done.", NOTHING)
                    .answers(404, "There is no such user.")
                    .answers(409, "Nobody would be left.");

    private CommunityOperations() {}

    private static Operation ending(String summary, String unknown) {
        return Operation.of(TAG, summary)
                .detail(
                        "What is null, or missing, is left to the next above. Servers that run"
                                + " follow at once, after the usual warning.")
                .body(ENDS_RULE, ENDS_EXAMPLE)
                .answers(200, "As it is now.", Shape.of(EndsJson.EndsView.class))
                .answers(404, unknown);
    }

    private static Operation changing(String summary, String detail) {
        return Operation.of(TAG, summary)
                .detail(detail)
                .body(object("", VERSION), "{\"version\": 0}")
                .answers(200, "As it is now.", ONE)
                .answers(404, "There is no such community.")
                .answers(409, "It cannot be done as it is now.")
                .answers(412, "Somebody else has changed it meanwhile.");
    }

    private static Operation limiting(String summary, String detail, String unknown) {
        return Operation.of(TAG, summary)
                .detail(detail)
                .body(
                        object(
                                "",
                                optional(
                                        "namedServers",
                                        orNull(whole()),
                                        "Up to 1000; 0 turns them off, null decides nothing.")),
                        "{\"namedServers\": 3}")
                .answers(200, "Done.", NOTHING)
                .answers(404, unknown);
    }

    private static Operation changing(
            String summary, String detail, Shape.Field more, String example) {
        return Operation.of(TAG, summary)
                .detail(detail)
                .body(object("", VERSION, more), example)
                .answers(200, "As it is now.", ONE)
                .answers(404, "There is no such community.")
                .answers(409, "The name is taken, or links to it lead elsewhere.")
                .answers(412, "Somebody else has changed it meanwhile.");
    }
}
