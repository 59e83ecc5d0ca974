package org.lyceum.hub;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import org.jspecify.annotations.Nullable;
import org.lyceum.identity.Group;
import org.lyceum.identity.Owner;
import org.lyceum.identity.RegisteredService;
import org.lyceum.identity.Roles;
import org.lyceum.identity.Scopes;
import org.lyceum.identity.Target;
import org.lyceum.identity.Token;
import org.lyceum.identity.User;
import org.lyceum.platform.http.Json;
import org.lyceum.servers.Server;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * JupyterHub's JSON models (contract §4.2). Which keys are there depends on the scopes of whoever
 * asks. Source: jupyterhub 5.5.1, apihandlers/base.py.
 */
final class HubModels {

    private final HubUrls urls;

    HubModels(HubUrls urls) {
        this.urls = urls;
    }

    /**
     * @param user the user
     * @param groups names of the groups the user is in
     * @param given names of the roles the user was given
     * @param servers all of the user's servers, in the order to list them
     */
    record Person(User user, Set<String> groups, List<String> given, List<Server> servers) {

        /** Whether the user administers the platform, or this community. */
        boolean admin() {
            return user.admin() || given.contains(Roles.ADMIN);
        }

        /** Names of all roles the user holds, but for those of groups; sorted. */
        List<String> roles() {
            var roles = new TreeSet<>(given);
            roles.add(Roles.USER);
            if (admin()) {
                roles.add(Roles.ADMIN);
            }
            return List.copyOf(roles);
        }
    }

    ObjectNode user(Scopes scopes, Person person, boolean includeStopped) {
        var user = person.user();
        var target = new Target.OfUser(user.name(), person.groups());
        boolean full = scopes.allows("read:users", target);
        var json = Json.object().put("kind", "user").put("name", user.name());
        if (full || anyOf(scopes, target, "read:users:name", "read:roles:users")) {
            json.put("admin", person.admin());
        }
        if (full || scopes.allows("read:users:groups", target)) {
            strings(json, "groups", person.groups().stream().sorted().toList());
        }
        if (full || scopes.allows("read:roles:users", target)) {
            strings(json, "roles", person.roles());
        }
        if (full) {
            var server = defaultServer(person.servers());
            json.put("created", HubTime.text(user.createdAt()));
            json.put("server", url(user, server));
            json.put("pending", server == null ? null : pending(server));
        }
        if (full || scopes.allows("read:users:activity", target)) {
            json.put("last_activity", HubTime.text(lastActivity(person)));
        }
        putServers(json, scopes, person, includeStopped);
        if (scopes.allows("admin:auth_state", target)) {
            json.putNull("auth_state");
        }
        return json;
    }

    ObjectNode server(User user, Server server, boolean withState) {
        var name = server.key().name();
        var json = Json.object().put("name", name).put("full_name", user.name() + "/" + name);
        json.put("last_activity", HubTime.text(server.lastActivityAt()));
        json.put("started", HubTime.text(server.startedAt()));
        json.put("pending", pending(server));
        json.put("ready", server.ready()).put("stopped", !server.active());
        json.put("url", urls.of(user, server));
        json.set("user_options", Json.tree(server.userOptions()));
        json.put("progress_url", urls.progress(user.name(), name));
        json.putNull("full_url").putNull("full_progress_url");
        if (withState) {
            json.putObject("state"); // what it would take to find the container is ours alone
        }
        return json;
    }

    /** {@code roles}: names of those the group was given, sorted. */
    ObjectNode group(Scopes scopes, Group group, List<String> roles) {
        var target = new Target.OfGroup(group.name());
        boolean full = scopes.allows("read:groups", target);
        var json = Json.object().put("kind", "group").put("name", group.name());
        if (full) {
            strings(json, "users", group.users());
            json.set("properties", Json.tree(group.properties()));
        }
        if (full || scopes.allows("read:roles:groups", target)) {
            strings(json, "roles", roles);
        }
        return json;
    }

    /** {@code given}: names of the roles the service was given, sorted. */
    ObjectNode service(Scopes scopes, RegisteredService service, List<String> given) {
        var target = new Target.OfService(service.name());
        boolean full = scopes.allows("read:services", target);
        var json = Json.object().put("kind", "service").put("name", service.name());
        json.put("admin", service.admin());
        if (full || scopes.allows("read:roles:services", target)) {
            var roles = new TreeSet<>(given);
            if (service.admin()) {
                roles.add(Roles.ADMIN);
            }
            strings(json, "roles", roles);
        }
        if (full) {
            json.put("url", service.url());
            json.put("prefix", service.url() == null ? null : prefix(service));
            json.putArray("command");
            json.put("pid", 0);
            json.set("info", Json.tree(service.info()));
            json.put("display", service.display());
        }
        return json;
    }

    ObjectNode token(Token token) {
        var json = Json.object();
        switch (token.owner()) {
            case Owner.OfUser(var user) -> json.put("user", user.name());
            case Owner.OfService(var service) -> json.put("service", service.name());
        }
        json.put("id", token.id()).put("kind", "api_token");
        json.putArray("roles");
        strings(json, "scopes", token.scopes());
        json.put("created", HubTime.text(token.createdAt()));
        json.put("last_activity", HubTime.text(token.lastActivityAt()));
        json.put("expires_at", HubTime.text(token.expiresAt()));
        json.put("note", token.note());
        json.put("session_id", token.sessionId());
        json.put("oauth_client", token.oauthClient());
        return json;
    }

    static void strings(ObjectNode json, String key, Collection<String> values) {
        ArrayNode array = json.putArray(key);
        values.forEach(array::add);
    }

    /** JupyterHub's word for what a server is in the middle of, or null. */
    static @Nullable String pending(Server server) {
        return switch (server.state()) {
            case SPAWNING -> "spawn";
            case STOPPING -> "stop";
            case READY, STOPPED, FAILED -> null;
        };
    }

    private void putServers(ObjectNode json, Scopes scopes, Person person, boolean includeStopped) {
        var user = person.user();
        var groups = person.groups();
        boolean all = scopes.allows("read:servers", new Target.OfUser(user.name(), groups));
        ObjectNode servers = Json.object();
        boolean any = all;
        for (var server : person.servers()) {
            var name = server.key().name();
            var target = new Target.OfServer(user.name(), name, groups);
            if (!scopes.allows("read:servers", target)) {
                continue;
            }
            any = true;
            if (server.active() || includeStopped) {
                boolean withState = scopes.allows("admin:server_state", target);
                servers.set(name, server(user, server, withState));
            }
        }
        if (any) {
            json.set("servers", servers);
        }
    }

    private @Nullable String url(User user, @Nullable Server server) {
        return server != null && server.ready() ? urls.of(user, server) : null;
    }

    private String prefix(RegisteredService service) {
        return urls.service(service.name());
    }

    private static @Nullable Instant lastActivity(Person person) {
        var latest = person.user().lastActivityAt();
        for (var server : person.servers()) {
            var at = server.lastActivityAt();
            if (latest == null || at.isAfter(latest)) {
                latest = at;
            }
        }
        return latest;
    }

    private static @Nullable Server defaultServer(List<Server> servers) {
        return servers.stream().filter(s -> s.key().unnamed()).findFirst().orElse(null);
    }

    private static boolean anyOf(Scopes scopes, Target target, String... wanted) {
        return List.of(wanted).stream().anyMatch(scope -> scopes.allows(scope, target));
    }
}
