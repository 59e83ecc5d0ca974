package org.lyceum.hub;

import static org.lyceum.platform.http.Shape.field;
import static org.lyceum.platform.http.Shape.list;
import static org.lyceum.platform.http.Shape.object;
import static org.lyceum.platform.http.Shape.optional;
import static org.lyceum.platform.http.Shape.orNull;
import static org.lyceum.platform.http.Shape.text;
import static org.lyceum.platform.http.Shape.whole;

import org.lyceum.platform.http.Operation;

/** What the reference says of {@link TokenEndpoints}. */
final class TokenOperations {

    private static final String TAG = "tokens";

    static final Operation LIST =
            Operation.of(TAG, "List a user's tokens")
                    .answers(
                            200,
                            "All that have not expired; without their secrets.",
                            object("", field("api_tokens", list(HubShapes.TOKEN), "")));

    static final Operation CREATE =
            Operation.of(TAG, "Make a token")
                    .detail(
                            "Whoever holds the scope tokens for the user may, and whoever sends"
                                    + " their own name and password in the body.")
                    .optionalBody(
                            object(
                                    "",
                                    optional("note", orNull(text()), "What it is for."),
                                    optional(
                                            "expires_in",
                                            orNull(whole()),
                                            "Seconds; 0 or null for never."),
                                    optional(
                                            "scopes",
                                            orNull(list(text())),
                                            "All that the user holds, unless given."),
                                    optional(
                                            "roles",
                                            orNull(list(text())),
                                            "Instead of scopes: names of roles."),
                                    optional(
                                            "auth",
                                            object(
                                                    "",
                                                    field("username", text(), ""),
                                                    field("password", text(), "")),
                                            "For who has no token yet.")),
                            "{\"note\": \"my script\", \"expires_in\": 3600}")
                    .answers(201, "The token, with its secret.", HubShapes.NEW_TOKEN)
                    .answers(400, "A scope or role that the user does not hold.")
                    .answers(403, "No such user, or not permitted.");

    static final Operation ONE =
            Operation.of(TAG, "Show a token").answers(200, "The token.", HubShapes.TOKEN);

    static final Operation REVOKE =
            Operation.of(TAG, "Revoke a token").answers(204, "It does not work any more.");

    private TokenOperations() {}
}
