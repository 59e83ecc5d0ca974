package org.lyceum.hub;

import static org.lyceum.platform.http.Shape.anything;
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
import static org.lyceum.platform.http.Shape.whole;
import static org.lyceum.platform.http.Shape.word;

import org.lyceum.platform.http.Shape;
import org.lyceum.platform.http.Shape.ObjectOf;

/**
 * What {@link HubModels} writes, for the reference (contract §4.2). Keys that are not always there
 * depend on the scopes of whoever asks.
 */
final class HubShapes {

    static final Shape FAILURE =
            object(
                    "Failure",
                    field("status", whole(), "The status of the answer, again."),
                    field("message", text(), "What is wrong, for people."),
                    optional("code", text(), "What is wrong, for programs: server.running."));

    static final Shape SERVER =
            object(
                    "Server",
                    field("name", text(), "Empty for the default server."),
                    field("full_name", text(), "Name of the user, a slash, name of the server."),
                    field("last_activity", orNull(time()), "When it was last used."),
                    field("started", orNull(time()), "Null while it does not run."),
                    field("pending", orNull(word("spawn", "stop")), "What it is in the middle of."),
                    field("ready", flag(), "Whether it can be used now."),
                    field("stopped", flag(), "Whether it is neither ready nor in between."),
                    field("url", text(), "Where people find it, from the root of the host."),
                    field("user_options", map(anything()), "What its last start was asked for."),
                    field("progress_url", text(), "Where the events of its start are."),
                    field("full_url", orNull(text()), "The same with host, where it is known."),
                    field("full_progress_url", orNull(text()), ""),
                    optional("state", map(anything()), "Empty; needs admin:server_state."));

    static final ObjectOf USER =
            object(
                    "User",
                    field("kind", word("user"), ""),
                    field("name", text(), ""),
                    optional("admin", flag(), "Whether the user is an administrator."),
                    optional("groups", list(text()), "Needs read:users:groups."),
                    optional("roles", list(text()), "Needs read:roles:users."),
                    optional("created", time(), ""),
                    optional("server", orNull(text()), "URL of the default server, when ready."),
                    optional("pending", orNull(word("spawn", "stop")), "Of the default server."),
                    optional("last_activity", orNull(time()), "Needs read:users:activity."),
                    optional("servers", map(SERVER), "By name; needs read:servers."),
                    optional("auth_state", orNull(map(anything())), "Needs admin:auth_state."));

    static final Shape GROUP =
            object(
                    "Group",
                    field("kind", word("group"), ""),
                    field("name", text(), ""),
                    optional("users", list(text()), "Names of its members; needs read:groups."),
                    optional("properties", map(anything()), "Whatever was put there."),
                    optional("roles", list(text()), "Needs read:roles:groups."));

    static final ObjectOf SERVICE =
            object(
                    "Service",
                    field("kind", word("service"), ""),
                    field("name", text(), ""),
                    field("admin", flag(), "Whether it may do what administrators may."),
                    optional("roles", list(text()), "Needs read:roles:services."),
                    optional("url", orNull(text()), "Where the hub reaches it."),
                    optional("prefix", orNull(text()), "Where people reach it."),
                    optional("command", list(text()), "Empty: the hub starts no services."),
                    optional("pid", whole(), "Zero, likewise."),
                    optional("info", map(anything()), "Whatever was put there."),
                    optional("display", flag(), "Whether pages list it."));

    static final ObjectOf TOKEN =
            object(
                    "Token",
                    optional("user", text(), "Whose it is, when it is a user's."),
                    optional("service", text(), "Whose it is, when it is a service's."),
                    field("id", text(), ""),
                    field("kind", word("api_token"), ""),
                    field("roles", list(text()), "Empty: tokens have scopes."),
                    field("scopes", list(text()), ""),
                    field("created", time(), ""),
                    field("last_activity", orNull(time()), "When it was last used."),
                    field("expires_at", orNull(time()), "Null when it does not expire."),
                    field("note", text(), "What its owner wrote about it."),
                    field("session_id", orNull(text()), "Of the browser it was made in."),
                    field("oauth_client", text(), "For whom it was made."));

    static final Shape NEW_TOKEN =
            TOKEN.and("NewToken", field("token", text(), "The secret; shown this once."));

    /** Who calls: a user or a service, and what about the token or cookie they came with. */
    static final Shape CALLER =
            either(USER.and("CallingUser", call()), SERVICE.and("CallingService", call()));

    private HubShapes() {}

    /** What a list endpoint answers: bare, or in the envelope that {@link Paging} describes. */
    static Shape paged(String name, Shape items) {
        var next =
                object(
                        "NextPage",
                        field("offset", whole(), ""),
                        field("limit", whole(), ""),
                        field("url", text(), "Ask here for the next part."));
        var pagination =
                object(
                        "Pagination",
                        field("offset", whole(), ""),
                        field("limit", whole(), ""),
                        field("total", whole(), "How many there are in all parts together."),
                        field("next", orNull(next), "Null in the last part."));
        return either(
                items,
                object(
                        name,
                        field("items", items, ""),
                        field("_pagination", pagination, "Which part this is.")));
    }

    private static Shape.Field[] call() {
        return new Shape.Field[] {
            field("session_id", orNull(text()), "Of the browser that the token was made in."),
            field("token_id", orNull(text()), "Null for a browser."),
            field("scopes", list(text()), "All that the caller may use now, expanded.")
        };
    }
}
