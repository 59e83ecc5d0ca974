package org.lyceum.identity;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The roles there are, each a named list of scopes; jupyterhub 5.5, roles.py. */
public final class Roles {

    /** In a token's list: all that its owner holds, at any time. */
    public static final String INHERIT = "inherit";

    /** In a list of scopes: nothing but who the owner is. */
    static final String NO_SCOPE = "(no_scope)";

    /** In a role: a user's rights over themselves. */
    static final String SELF = "self";

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

    static final List<String> ADMIN =
            List.of(
                    "admin-ui",
                    "admin:users",
                    "admin:servers",
                    "admin:services",
                    "tokens",
                    "admin:groups",
                    "list:services",
                    "read:services",
                    "read:hub",
                    "proxy",
                    "shutdown",
                    "access:services",
                    "access:servers",
                    "read:roles",
                    "read:metrics",
                    "shares");

    static final List<String> SERVER = List.of("users:activity!user", "access:servers!server");

    private static final Map<String, List<String>> ALL =
            Map.of(
                    "user",
                    List.of(SELF),
                    "admin",
                    ADMIN,
                    "server",
                    SERVER,
                    "token",
                    List.of(INHERIT));

    private Roles() {}

    /** The scopes of a role as they are written; empty when there is no such role. */
    public static Optional<List<String>> scopes(String role) {
        return Optional.ofNullable(ALL.get(role));
    }

    private static List<Scope> parsed(String... written) {
        return Arrays.stream(written).map(Scope::parse).toList();
    }
}
