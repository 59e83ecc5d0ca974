package org.lyceum.hub;

import static org.lyceum.platform.http.Shape.field;
import static org.lyceum.platform.http.Shape.list;
import static org.lyceum.platform.http.Shape.object;
import static org.lyceum.platform.http.Shape.optional;
import static org.lyceum.platform.http.Shape.orNull;
import static org.lyceum.platform.http.Shape.text;
import static org.lyceum.platform.http.Shape.time;
import static org.lyceum.platform.http.Shape.whole;
import static org.lyceum.platform.http.Shape.word;

import org.lyceum.platform.http.Operation;
import org.lyceum.platform.http.Shape;
import org.lyceum.platform.http.Shape.ObjectOf;

/** What the reference says of shares and share codes, and what {@link ShareModels} writes. */
final class ShareOperations {

    private static final String TAG = "shares";

    private static final ObjectOf NAMED = object("", field("name", text(), ""));

    private static final Shape SERVER =
            object(
                    "SharedServer",
                    field("user", NAMED, "Its owner."),
                    field("name", text(), "Empty for the default server."),
                    field("url", text(), "Where people find it, from the root of the host."),
                    field("full_url", orNull(text()), "The same with host, where it is known."),
                    field("ready", Shape.flag(), "Whether it can be used now."));

    private static final Shape SHARE =
            object(
                    "Share",
                    field("server", SERVER, ""),
                    field("scopes", list(text()), "What the recipient may do with it."),
                    field("user", orNull(NAMED), "The recipient, when it is a user."),
                    field("group", orNull(NAMED), "The recipient, when it is a group."),
                    field("kind", word("user", "group"), ""),
                    field("created_at", time(), ""));

    private static final ObjectOf CODE =
            object(
                    "ShareCode",
                    field("server", SERVER, ""),
                    field("scopes", list(text()), "What whoever exchanges it gets."),
                    field("id", text(), ""),
                    field("created_at", time(), ""),
                    field("expires_at", time(), ""),
                    field("exchange_count", whole(), "How often it was exchanged."),
                    field("last_exchanged_at", orNull(time()), ""));

    private static final Shape NEW_CODE =
            CODE.and(
                    "NewShareCode",
                    field("code", text(), "Shown this once."),
                    field("accept_url", text(), "The page where people exchange it."),
                    field("full_accept_url", orNull(text()), "With host, where it is known."));

    private static final Shape SHARES = HubShapes.enveloped("SharePage", list(SHARE));
    private static final Shape CODES = HubShapes.enveloped("ShareCodePage", list(CODE));

    private static final Shape RECIPIENT =
            object(
                    "",
                    optional("user", text(), "With whom; either this or group."),
                    optional("group", text(), ""),
                    optional("scopes", list(text()), "For this server; access if missing."));

    private static final String TO_BOB = "{\"user\": \"bob\"}";

    static final Operation OF_OWNER =
            Operation.of(TAG, "List what a user shares")
                    .query(Paging.PARAMETERS)
                    .answers(200, "Shares of all servers of the user.", SHARES);

    static final Operation OF_SERVER =
            Operation.of(TAG, "List with whom a server is shared")
                    .query(Paging.PARAMETERS)
                    .answers(200, "Its shares.", SHARES);

    static final Operation GRANT =
            Operation.of(TAG, "Share a server")
                    .detail("Adds to what the recipient has already.")
                    .body(RECIPIENT, TO_BOB)
                    .answers(200, "The share.", SHARE);

    static final Operation REVOKE =
            Operation.of(TAG, "Take a share back")
                    .detail("The scopes that are named, or all.")
                    .body(RECIPIENT, TO_BOB)
                    .answers(
                            200,
                            "What is left of it; an object without keys when nothing is.",
                            Shape.either(SHARE, object("")));

    static final Operation REVOKE_ALL =
            Operation.of(TAG, "Take all shares of a server back").answers(204, "They are gone.");

    static final Operation WITH_USER =
            Operation.of(TAG, "List what is shared with a user")
                    .detail("Also what is shared with the user's groups.")
                    .query(Paging.PARAMETERS)
                    .answers(200, "Shares.", SHARES);

    static final Operation WITH_GROUP =
            Operation.of(TAG, "List what is shared with a group")
                    .query(Paging.PARAMETERS)
                    .answers(200, "Shares.", SHARES);

    static final Operation ONE =
            Operation.of(TAG, "Show a share from its recipient's side")
                    .answers(200, "The share.", SHARE);

    static final Operation GIVE_UP =
            Operation.of(TAG, "Give up a share").answers(204, "It is gone.");

    static final Operation CODES_OF_OWNER =
            Operation.of(TAG, "List the share codes of a user")
                    .query(Paging.PARAMETERS)
                    .answers(200, "Those that have not expired.", CODES);

    static final Operation CODES_OF_SERVER =
            Operation.of(TAG, "List the share codes of a server")
                    .query(Paging.PARAMETERS)
                    .answers(200, "Those that have not expired.", CODES);

    static final Operation CREATE_CODE =
            Operation.of(TAG, "Make a share code")
                    .detail("Whoever has it can exchange it for a share until it expires.")
                    .optionalBody(
                            object(
                                    "",
                                    optional("scopes", list(text()), "Access if missing."),
                                    optional(
                                            "expires_in",
                                            whole(),
                                            "Seconds, 60 to 31536000; a day if missing.")),
                            "{\"expires_in\": 3600}")
                    .answers(200, "The code.", NEW_CODE);

    static final Operation DELETE_CODES =
            Operation.of(TAG, "Delete share codes of a server")
                    .detail("One by code or id, or all. What was exchanged stays shared.")
                    .query(
                            optional("code", text(), "The code itself."),
                            optional("id", text(), "Its id."))
                    .answers(204, "They are gone.")
                    .answers(404, "This server has no such code.");

    private ShareOperations() {}
}
