package org.lyceum.identity;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Every scope there is, what it allows, and which scopes come with it; jupyterhub 5.5, scopes.py.
 */
@SuppressWarnings("ImmutableEnumChecker") // the list is a copy
public enum ScopeName {
    ADMIN_UI("admin-ui", "Open the administration panel."),
    ADMIN_USERS(
            "admin:users",
            "Make, change and remove users.",
            "admin:auth_state",
            "users",
            "read:roles:users",
            "delete:users"),
    ADMIN_AUTH_STATE("admin:auth_state", "Read what a sign-in provider told about users."),
    USERS("users", "Read and change users.", "read:users", "list:users", "users:activity"),
    DELETE_USERS("delete:users", "Remove users."),
    LIST_USERS("list:users", "List users.", "read:users:name"),
    READ_USERS(
            "read:users",
            "Read users.",
            "read:users:name",
            "read:users:groups",
            "read:users:activity"),
    READ_USERS_NAME("read:users:name", "Read the names of users."),
    READ_USERS_GROUPS("read:users:groups", "Read which groups users are in."),
    READ_USERS_ACTIVITY("read:users:activity", "Read when users were last active."),
    USERS_ACTIVITY("users:activity", "Report that users are active.", "read:users:activity"),
    READ_ROLES(
            "read:roles",
            "Read which roles there are.",
            "read:roles:users",
            "read:roles:services",
            "read:roles:groups"),
    READ_ROLES_USERS("read:roles:users", "Read the roles of users."),
    READ_ROLES_SERVICES("read:roles:services", "Read the roles of services."),
    READ_ROLES_GROUPS("read:roles:groups", "Read the roles of groups."),
    ADMIN_SERVERS(
            "admin:servers", "Start, stop and inspect servers.", "admin:server_state", "servers"),
    ADMIN_SERVER_STATE("admin:server_state", "Read the inner state of servers."),
    SERVERS("servers", "Start and stop servers.", "read:servers", "delete:servers"),
    READ_SERVERS("read:servers", "Read the state of servers.", "read:users:name"),
    DELETE_SERVERS("delete:servers", "Stop servers."),
    TOKENS("tokens", "Make, read and revoke tokens.", "read:tokens"),
    READ_TOKENS("read:tokens", "Read which tokens there are."),
    ADMIN_GROUPS(
            "admin:groups",
            "Make, change and remove groups.",
            "groups",
            "read:roles:groups",
            "delete:groups"),
    GROUPS("groups", "Change who is in a group.", "read:groups", "list:groups"),
    LIST_GROUPS("list:groups", "List groups.", "read:groups:name"),
    READ_GROUPS("read:groups", "Read groups.", "read:groups:name"),
    READ_GROUPS_NAME("read:groups:name", "Read the names of groups."),
    DELETE_GROUPS("delete:groups", "Remove groups."),
    ADMIN_SERVICES(
            "admin:services",
            "Register and remove services.",
            "list:services",
            "read:services",
            "read:roles:services"),
    LIST_SERVICES("list:services", "List services.", "read:services:name"),
    READ_SERVICES("read:services", "Read services.", "read:services:name"),
    READ_SERVICES_NAME("read:services:name", "Read the names of services."),
    READ_HUB("read:hub", "Read about the hub itself."),
    ACCESS_SERVERS("access:servers", "Open servers."),
    ACCESS_SERVICES("access:services", "Open services."),
    SHARES(
            "shares",
            "Share access to servers.",
            "access:servers",
            "read:shares",
            "users:shares",
            "groups:shares"),
    READ_SHARES("read:shares", "Read who servers are shared with."),
    USERS_SHARES(
            "users:shares", "Read and give up what is shared with users.", "read:users:shares"),
    READ_USERS_SHARES("read:users:shares", "Read what is shared with users."),
    GROUPS_SHARES(
            "groups:shares", "Read and give up what is shared with groups.", "read:groups:shares"),
    READ_GROUPS_SHARES("read:groups:shares", "Read what is shared with groups."),
    PROXY("proxy", "Read and repair the routes of the proxy."),
    SHUTDOWN("shutdown", "Shut the hub down."),
    READ_METRICS("read:metrics", "Read the metrics.");

    private static final Map<String, ScopeName> BY_TEXT =
            Arrays.stream(values()).collect(Collectors.toMap(ScopeName::text, Function.identity()));

    private final String text;
    private final String sentence;
    private final List<String> implied;

    ScopeName(String text, String sentence, String... implied) {
        this.text = text;
        this.sentence = sentence;
        this.implied = List.of(implied);
    }

    /** As it is written on the wire. */
    public String text() {
        return text;
    }

    /** What it allows, for people. */
    public String sentence() {
        return sentence;
    }

    static Optional<ScopeName> find(String text) {
        return Optional.ofNullable(BY_TEXT.get(text));
    }

    /** Names of the scopes that come with it directly. */
    List<String> implied() {
        return implied;
    }
}
