package org.lyceum.identity;

import java.util.Arrays;
import java.util.List;
import java.util.Set;

/**
 * The names and words that roles have a meaning by; jupyterhub 5.5, roles.py. What the roles of a
 * community allow is in its rows.
 */
public final class Roles {

    /** Held by every member, without being given. */
    public static final String USER = "user";

    /** Held by every administrator of the platform, and by whom it is given to. */
    public static final String ADMIN = "admin";

    /** What a single-user server's own token gets. Nobody holds it. */
    public static final String SERVER = "server";

    /** What a token gets for which no scopes were asked. Nobody holds it. */
    public static final String TOKEN = "token";

    /** In a token's list: all that its owner holds, at any time. */
    public static final String INHERIT = "inherit";

    /** In a list of scopes: nothing but who the owner is. */
    static final String NO_SCOPE = "(no_scope)";

    /** In a role: a user's rights over themselves. */
    static final String SELF = "self";

    /** Roles that stand for something by themselves, so that they are given to nobody. */
    static final Set<String> NOT_GIVEN = Set.of(USER, SERVER, TOKEN);

    /** Without these no single-user server could report that it is used, or let anybody in. */
    static final List<String> SERVER_NEEDS =
            List.of("users:activity!user", "access:servers!server");

    /** What {@link #SELF} stands for, for a user. */
    static final List<Scope> OF_SELF =
            parsed(
                    "read:users!user",
                    "users:activity!user",
                    "servers!user",
                    "tokens!user",
                    "access:servers!user",
                    "users:shares!user",
                    "read:shares!user");

    /** Who the owner is: part of every token of a user. */
    static final List<Scope> IDENTIFY_USER =
            parsed("read:users:name!user", "read:users:groups!user");

    /** Part of every token of a service. */
    static final List<Scope> IDENTIFY_SERVICE = parsed("read:services:name!service");

    private Roles() {}

    private static List<Scope> parsed(String... written) {
        return Arrays.stream(written).map(Scope::parse).toList();
    }
}
