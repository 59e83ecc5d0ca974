package org.lyceum.main;

import org.lyceum.community.Community;
import org.lyceum.identity.Owner;
import org.lyceum.identity.RegisteredService;
import org.lyceum.identity.RoleHolder;
import org.lyceum.identity.Token;
import org.lyceum.identity.TokenRequest;
import org.lyceum.identity.User;
import org.lyceum.platform.kernel.Actor;
import org.lyceum.platform.kernel.CommunityId;
import org.lyceum.platform.testing.FakeContainerEngine;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A platform with two communities. In the first are ada, who has one of everything, eve, who has
 * nothing, and root, who administers the platform; in the second, physics, are bob and boss, who
 * holds the role admin there and nothing elsewhere.
 */
final class AccessWorld implements AutoCloseable {

    /** In everything that is ada's: an answer with it has told something of hers. */
    static final String MARK = "marked-as-adas-own";

    static final String HOME = "/";
    static final String PHYSICS = "/physics/";

    private static final Actor SETUP = new Actor.Platform();

    final HubUnderTest platform = HubUnderTest.withFake(new FakeContainerEngine());
    final Browser nobody = new Browser(platform.origin());
    final RestDocument home = RestDocument.read(nobody, "/hub/api/openapi.json");
    final RestDocument physics;
    final RestDocument admin = RestDocument.read(nobody, "/api/admin/v1/openapi.json");
    final DatabaseImage database = new DatabaseImage(platform.data().resolve("lyceum.db"));

    private final CommunityId first = platform.community();
    private final Community second;
    private final Map<String, User> users = new java.util.HashMap<>();
    private final Token adasToken;

    AccessWorld() {
        second = platform.hub().communities().communities().create(SETUP, "physics", "Physics");
        for (var name : List.of("ada", "eve")) {
            users.put(name, platform.user(name));
        }
        users.put("root", platform.user("root", true));
        for (var name : List.of("bob", "boss")) {
            users.put(name, outsider(name));
        }
        identity().roles().give(SETUP, second.id(), "admin", holder("boss"));
        identity().groups().create(SETUP, first, "readers", List.of("ada"));
        identity().groups().setProperties(SETUP, first, "readers", Map.of("about", MARK));
        identity().groups().create(SETUP, first, "others", List.of("eve"));
        identity().services().create(SETUP, first, draft("grader"), null);
        identity().services().create(SETUP, first, draft("other"), null);
        adasToken = issue(first, "ada", Duration.ofDays(1)).token();
        physics = RestDocument.read(nobody, PHYSICS + "hub/api/openapi.json");
    }

    /** Ada's own things, by the names that paths have for them. */
    Map<String, String> adas() {
        return Map.of(
                "user", "ada",
                "server", "",
                "group", "readers",
                "service", "grader",
                "token", adasToken.id());
    }

    List<RestDocument> hubs() {
        return List.of(home, physics);
    }

    /** A token of this user in the first community, with these scopes or all of theirs. */
    String token(String user, String... scopes) {
        return issue(first, user, Duration.ofHours(1), scopes).secret().reveal();
    }

    /** What a token of the first community that asked for this scope may do. */
    List<String> scopesOfToken(String user, String scope) {
        return issue(first, user, Duration.ofHours(1), scope).token().scopes();
    }

    /** The same in the second community. */
    String physicsToken(String user, String... scopes) {
        return issue(second.id(), user, Duration.ofHours(1), scopes).secret().reveal();
    }

    String token(RestDocument hub, String user, String... scopes) {
        return hub == physics ? physicsToken(user, scopes) : token(user, scopes);
    }

    /** Somebody who may do everything in this hub. */
    String mightyIn(RestDocument hub) {
        return hub == physics ? "boss" : "root";
    }

    /** One that has been revoked. */
    String revoked() {
        var issued = issue(first, "root", Duration.ofHours(1));
        identity().tokens().revoke(SETUP, issued.token());
        return issued.secret().reveal();
    }

    /** One that ends at once. */
    String expired() {
        return issue(first, "root", Duration.ofNanos(1)).secret().reveal();
    }

    Browser.Page send(
            Browser browser,
            RestDocument document,
            RestDocument.Operation operation,
            Map<String, String> names,
            String token,
            String... headers) {
        var all = new ArrayList<>(List.of(headers));
        if (!token.isEmpty()) {
            all.addAll(List.of("Authorization", "token " + token));
        }
        if (!operation.body().isEmpty()) {
            all.addAll(List.of("Content-Type", operation.mediaType()));
        }
        return browser.send(
                operation.method(),
                document.server() + operation.at(names),
                operation.body().isEmpty() ? null : operation.body(),
                all.toArray(String[]::new));
    }

    private org.lyceum.identity.IdentityModule identity() {
        return platform.hub().identity();
    }

    private RoleHolder holder(String user) {
        return new RoleHolder.OfUser(users.get(user).id());
    }

    private User outsider(String name) {
        var user = identity().users().create(SETUP, name, false);
        identity().passwords().set(SETUP, user.id(), HubUnderTest.password(name));
        platform.hub().communities().members().join(SETUP, second.id(), user.id());
        return user;
    }

    private static RegisteredService.Draft draft(String name) {
        return new RegisteredService.Draft(
                name, false, null, Map.of("about", MARK), true, false, null);
    }

    private Token.Issued issue(
            CommunityId community, String user, Duration life, String... scopes) {
        var owner = new Owner.OfUser(users.get(user));
        var request =
                new TokenRequest.Api(
                        community, owner, List.of(scopes), user.equals("ada") ? MARK : "", life);
        return identity().tokens().issue(SETUP, request);
    }

    /** Ends the pause that a call of {@code POST /shutdown} began. */
    void resume() {
        var communities = platform.hub().communities().communities();
        var now = communities.find(first).orElseThrow();
        communities.resume(SETUP, first, now.version());
    }

    @Override
    public void close() throws Exception {
        database.close();
        platform.close();
    }
}
