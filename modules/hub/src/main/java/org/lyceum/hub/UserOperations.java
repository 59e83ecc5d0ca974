package org.lyceum.hub;

import static org.lyceum.platform.http.Shape.either;
import static org.lyceum.platform.http.Shape.field;
import static org.lyceum.platform.http.Shape.flag;
import static org.lyceum.platform.http.Shape.list;
import static org.lyceum.platform.http.Shape.map;
import static org.lyceum.platform.http.Shape.object;
import static org.lyceum.platform.http.Shape.optional;
import static org.lyceum.platform.http.Shape.orNull;
import static org.lyceum.platform.http.Shape.text;
import static org.lyceum.platform.http.Shape.time;
import static org.lyceum.platform.http.Shape.word;

import org.lyceum.platform.http.Operation;
import org.lyceum.platform.http.Shape;

/** What the reference says of {@link UserEndpoints} and its neighbours. */
final class UserOperations {

    private static final String TAG = "users";

    private static final Shape.Field STOPPED =
            optional(
                    "include_stopped_servers",
                    either(flag(), word("", "1", "0")),
                    "Show servers that do not run, too.");

    static final Operation SELF =
            Operation.of(TAG, "Show who calls")
                    .detail(
                            "Single-user servers ask this about every visitor. A token or cookie"
                                    + " that is not good is answered 403, never 401.")
                    .query(STOPPED)
                    .answers(200, "The user or service that calls.", HubShapes.CALLER);

    static final Operation TOKEN_OWNER =
            Operation.of(TAG, "Show whose token this is")
                    .detail("Deprecated: the token is in the address. Some clients begin with it.")
                    .query(STOPPED)
                    .answers(200, "The user or service whose it is.", HubShapes.CALLER)
                    .answers(404, "No token of this hub.");

    static final Operation COOKIE_OWNER =
            Operation.of(TAG, "Show whom a cookie signs in")
                    .detail(
                            "Deprecated: the cookie's value is in the address. Cookies of this hub"
                                    + " only; the answer holds what the caller may see.")
                    .query(STOPPED)
                    .answers(200, "The user whom it signs in.", HubShapes.USER)
                    .answers(404, "No cookie of this hub.");

    static final Operation REMOVED =
            Operation.of(TAG, "Make a token by password, as long ago")
                    .detail("Removed in JupyterHub 2; make tokens at /users/{user}/tokens.")
                    .answers(404, "Always.");

    static final Operation LIST =
            Operation.of(TAG, "List users")
                    .query(
                            optional(
                                    "state",
                                    word("active", "inactive", "ready"),
                                    "With an active server, without one, with a ready one."),
                            optional("name_filter", text(), "Part of the name, in any case."),
                            optional(
                                    "sort",
                                    word(
                                            "id",
                                            "name",
                                            "last_activity",
                                            "-id",
                                            "-name",
                                            "-last_activity"),
                                    "In which order; a minus turns it round."),
                            STOPPED)
                    .query(Paging.PARAMETERS)
                    .answers(
                            200,
                            "Those that the caller may see.",
                            HubShapes.paged("UserPage", list(HubShapes.USER)));

    static final Operation CREATE_SEVERAL =
            Operation.of(TAG, "Create several users")
                    .detail("Those that exist already are passed over.")
                    .body(
                            object(
                                    "",
                                    field("usernames", list(text()), "Names of the new users."),
                                    optional(
                                            "admin",
                                            orNull(flag()),
                                            "Make them administrators; only administrators may.")),
                            "{\"usernames\": [\"ada\", \"grace\"]}")
                    .answers(201, "The new users.", list(HubShapes.USER))
                    .answers(409, "All of them exist already.");

    static final Operation ONE =
            Operation.of(TAG, "Show a user")
                    .query(STOPPED)
                    .answers(200, "The user, as far as the caller may see.", HubShapes.USER);

    static final Operation CREATE_ONE =
            Operation.of(TAG, "Create a user")
                    .optionalBody(
                            object(
                                    "",
                                    optional(
                                            "admin",
                                            orNull(flag()),
                                            "Make an administrator; only administrators may.")),
                            "{\"admin\": false}")
                    .answers(201, "The new user.", HubShapes.USER)
                    .answers(409, "There is a user of this name.");

    static final Operation CHANGE =
            Operation.of(TAG, "Change a user")
                    .body(
                            object(
                                    "",
                                    optional("name", orNull(text()), "A new name."),
                                    optional(
                                            "admin",
                                            orNull(flag()),
                                            "Whether an administrator; only administrators may."),
                                    optional("auth_state", Shape.anything(), "Not looked at.")),
                            "{\"admin\": false}")
                    .answers(200, "The user, changed.", HubShapes.USER)
                    .answers(400, "The name is taken, or a server is running.");

    static final Operation DELETE =
            Operation.of(TAG, "Delete a user")
                    .detail("Their servers are stopped first.")
                    .answers(204, "The user is gone.")
                    .answers(400, "It is the caller, or a server does not stop.");

    static final Operation ACTIVITY =
            Operation.of(TAG, "Tell when a user was last active")
                    .detail("Single-user servers do; times only move forward.")
                    .body(
                            object(
                                    "",
                                    optional("last_activity", orNull(time()), "Of the user."),
                                    optional(
                                            "servers",
                                            orNull(
                                                    map(
                                                            object(
                                                                    "",
                                                                    field(
                                                                            "last_activity",
                                                                            time(),
                                                                            "")))),
                                            "Of servers, by name.")),
                            "{\"last_activity\": \"2026-01-01T00:00:00Z\"}")
                    .answers(200, "Noted.", "text/plain");

    private UserOperations() {}
}
