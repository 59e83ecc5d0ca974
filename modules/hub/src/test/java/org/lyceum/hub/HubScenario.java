package org.lyceum.hub;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpServer;

import org.lyceum.audit.AuditLog;
import org.lyceum.catalog.Audience;
import org.lyceum.catalog.CatalogConfig;
import org.lyceum.catalog.CatalogModule;
import org.lyceum.catalog.Environment;
import org.lyceum.catalog.Profile;
import org.lyceum.catalog.ProfileOption;
import org.lyceum.catalog.Size;
import org.lyceum.catalog.WebApplication;
import org.lyceum.community.Community;
import org.lyceum.community.CommunityModule;
import org.lyceum.community.HostsConfig;
import org.lyceum.content.ContentModule;
import org.lyceum.files.FilesConfig;
import org.lyceum.files.FilesModule;
import org.lyceum.identity.IdentityModule;
import org.lyceum.identity.Owner;
import org.lyceum.identity.TokenRequest;
import org.lyceum.identity.User;
import org.lyceum.login.LoginModule;
import org.lyceum.platform.db.Database;
import org.lyceum.platform.http.Json;
import org.lyceum.platform.http.Response;
import org.lyceum.platform.http.SurfaceDriver;
import org.lyceum.platform.http.Surfaces;
import org.lyceum.platform.kernel.Actor;
import org.lyceum.platform.kernel.Bytes;
import org.lyceum.platform.kernel.PlatformId;
import org.lyceum.platform.kernel.Secret;
import org.lyceum.platform.kernel.Vault;
import org.lyceum.platform.linux.Machine;
import org.lyceum.platform.observe.Metrics;
import org.lyceum.platform.testing.Eventually;
import org.lyceum.platform.testing.FakeContainerEngine;
import org.lyceum.platform.testing.TempDatabase;
import org.lyceum.proxy.Activity;
import org.lyceum.proxy.Routes;
import org.lyceum.servers.Server;
import org.lyceum.servers.ServerKey;
import org.lyceum.servers.ServersConfig;
import org.lyceum.servers.ServersModule;
import org.lyceum.servers.StopReason;
import org.lyceum.services.ServicesConfig;
import org.lyceum.services.ServicesModule;
import org.lyceum.slots.SlotsModule;
import org.lyceum.storage.StorageConfig;
import org.lyceum.storage.StorageModule;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The hubs of a platform over the real modules and a real database file; containers are a fake
 * engine's, and all of them answer through one small server that a test can hold back. What has no
 * community named is about community 1.
 */
final class HubScenario implements AutoCloseable {

    static final String PASSWORD = "seven green kettles";

    /** Who makes the users of a test. */
    static final Actor ACTOR = new Actor.Job("test");

    private static final String IMAGE = "lyceum/scientific:test";

    /** Where servers listen, inside any container. */
    private static final int SERVER_PORT = 8888;

    final FakeContainerEngine engine = new FakeContainerEngine();
    final Routes routes = new Routes();
    final IdentityModule identity;
    final CommunityModule communities;
    final LoginModule login;
    final ServersModule servers;
    final StorageModule storage;
    final FilesModule files;
    final ServicesModule services;
    final Community community;
    private final CatalogModule catalog;
    final Metrics metrics = new Metrics();
    final Surfaces surfaces;
    final SurfaceDriver hub;
    private final Database db;
    private final AtomicBoolean answering = new AtomicBoolean(true);
    private final HttpServer server;
    private final Path directory;

    HubScenario(TempDatabase temp) {
        this(temp, "/", ServersConfig.defaults());
    }

    HubScenario(TempDatabase temp, String baseUrl, ServersConfig limits) {
        this(temp, baseUrl, limits, HostsConfig.defaults());
    }

    HubScenario(TempDatabase temp, String baseUrl, ServersConfig limits, HostsConfig hosts) {
        this.db = temp.database();
        var clock = temp.clock();
        var audit = new AuditLog(db, clock);
        this.server = listen();
        this.directory = temp.directory();
        engine.giveAddress(server.getAddress().getHostString());
        engine.addImage(IMAGE, "sha256:" + "1".repeat(64));
        this.identity = new IdentityModule(db, audit, clock);
        this.communities = new CommunityModule(hosts, db, audit, identity, clock);
        var platform = new PlatformId("0".repeat(32));
        var image = CatalogConfig.of(IMAGE);
        this.catalog =
                new CatalogModule(db, audit, engine, identity, communities, image, platform, clock);
        this.storage =
                new StorageModule(StorageConfig.defaults(temp.directory()), db, identity, clock);
        this.files =
                new FilesModule(
                        FilesConfig.defaults(),
                        db,
                        audit,
                        identity,
                        communities,
                        storage,
                        temp.directory().resolve("lists"),
                        clock);
        var parts = new ContentModule.Parts(db, audit, catalog, storage, engine, HubContent.VAULT);
        var content = HubContent.of(parts, IMAGE, platform, temp.directory(), clock);
        var slots =
                HubSlots.none(
                        new SlotsModule.Parts(
                                db,
                                audit,
                                communities.communities(),
                                catalog.profiles(),
                                engine,
                                limits.scratch(),
                                ZoneOffset.UTC),
                        platform,
                        temp.directory(),
                        clock);
        this.servers =
                new ServersModule(
                        limits,
                        new ServersModule.Parts(
                                db,
                                identity,
                                communities,
                                catalog,
                                storage,
                                slots,
                                engine,
                                new Machine(Bytes.gib(1024).value(), Instant.EPOCH),
                                routes,
                                new Activity(routes, clock),
                                gateway -> "http://" + gateway + ":8081"),
                        platform,
                        Secret.random(),
                        temp.directory(),
                        clock);
        catalog.start();
        this.services =
                new ServicesModule(
                        ServicesConfig.defaults(),
                        identity,
                        communities,
                        routes,
                        () -> "http://127.0.0.1:8000",
                        () -> Set.of(8000, 8081));
        this.community = at(baseUrl, communities.communities().ensureDefault());
        this.login =
                new LoginModule(
                        db, audit, identity, communities, new Vault(Secret.random()), clock);
        var all =
                new HubServices(
                        identity,
                        communities,
                        login,
                        catalog.profiles(),
                        new HubServices.Servers(
                                servers.spawns(),
                                servers.stops(),
                                servers.queries(),
                                servers.progress(),
                                servers.activity(),
                                servers.namedLimits(),
                                servers.keeping(),
                                servers.announcements()),
                        services.registrations(),
                        storage,
                        files,
                        content.pulls(),
                        routes,
                        id -> metrics,
                        clock);
        this.surfaces = new Surfaces();
        this.hub = new SurfaceDriver(surfaces, HubShapes.FAILURE);
        if (baseUrl.equals("/")) {
            new HubModule(all, surfaces).start();
        } else {
            var live = new LiveCommunity(community);
            surfaces.mount(
                    new CommunityHub(
                            live,
                            all,
                            new HubAssets(),
                            new HubSecrets(Secret.random(), new Handover(clock))));
        }
    }

    private static Community at(String baseUrl, Community community) {
        return new Community(
                community.id(),
                community.name(),
                community.title(),
                baseUrl,
                community.host(),
                community.state(),
                community.notice(),
                community.stopsServers(),
                community.limits(),
                community.version());
    }

    /** A community made while the platform runs. */
    Community community(String name) {
        return communities.communities().create(ACTOR, name, "The " + name + " department");
    }

    Community now(Community one) {
        return communities.communities().find(one.id()).orElseThrow();
    }

    void join(User user, Community other) {
        communities.members().join(ACTOR, other.id(), user.id());
    }

    String token(User user, Community where, String... scopes) {
        var request =
                new TokenRequest.Api(
                        where.id(), new Owner.OfUser(user), List.of(scopes), "a test's", null);
        return identity.tokens().issue(user.actor(), request).secret().reveal();
    }

    /** A browser in which the user has signed in at this community's hub. */
    Client signedIn(User user, Community where) {
        return signIn(client(), user, now(where).baseUrl());
    }

    /** A member with {@link #PASSWORD}. */
    User user(String name) {
        return member(name, false);
    }

    User admin(String name) {
        return member(name, true);
    }

    /** A token with these scopes, or with all of the owner's. */
    String token(User user, String... scopes) {
        return token(user, community, scopes);
    }

    Client client() {
        return new Client(hub, "");
    }

    /** Sends this token with every request. */
    Client client(String token) {
        return new Client(hub, token);
    }

    /** A browser in which the user has signed in. */
    Client signedIn(User user) {
        return signIn(client(), user, community.baseUrl());
    }

    /** The same at a host of the platform's. */
    Client signedInAt(String host, String scheme, User user, Community where) {
        return signIn(client().at(host).over(scheme), user, now(where).baseUrl());
    }

    /** Starts the user's default server and waits until it is ready. */
    Server start(User user, Community where) {
        var key = new ServerKey(where.id(), user.id(), "");
        servers.spawns().spawn(user.actor(), key, null);
        return servers.spawns().await(key, Duration.ofSeconds(30));
    }

    Server start(User user) {
        return start(user, community);
    }

    private static Client signIn(Client client, User user, String base) {
        client.get(base + "hub/login");
        var response =
                client.form(
                        base + "hub/login",
                        "username",
                        user.name(),
                        "password",
                        PASSWORD,
                        "_xsrf",
                        client.xsrf());
        if (response.status() != 302) {
            throw new AssertionError("not signed in: " + text(response));
        }
        return client;
    }

    /** The token that a server which is still starting was given. */
    String secretOf(Server row) throws IOException {
        var file = directory.resolve("run/servers").resolve(Long.toString(row.id())).resolve("env");
        Eventually.holds("the server has its token", () -> file.toFile().length() > 0);
        var match =
                Pattern.compile("JUPYTERHUB_API_TOKEN='([0-9a-f]+)'")
                        .matcher(Files.readString(file));
        if (!match.find()) {
            throw new AssertionError("no token in the server's variables");
        }
        return match.group(1);
    }

    /** Ends the pause of the first community. */
    void resume() {
        var paused = now(community);
        communities.communities().resume(ACTOR, paused.id(), paused.version());
    }

    /** Waits for a start to be over. */
    void ready(User user, String server) {
        Eventually.holds("the server is ready", () -> now(user, server).ready());
    }

    void stopped(User user, String server) {
        Eventually.holds("the server has stopped", () -> !now(user, server).active());
    }

    private Server now(User user, String server) {
        var key = new ServerKey(community.id(), user.id(), server);
        return servers.queries().find(key).orElseThrow();
    }

    /** One more profile in the first community, of its first environment. */
    void profile(String name, String title) {
        var first = catalog.catalog().profiles(community.id()).getFirst().draft();
        catalog.profileEdits()
                .create(
                        ACTOR,
                        community.id(),
                        new Profile.Draft(
                                name,
                                title,
                                "",
                                first.environmentId(),
                                first.size(),
                                List.of(),
                                Audience.EVERYBODY));
    }

    /** The same of a size of its own, with questions. */
    void profile(String name, String title, Audience audience, List<ProfileOption> options) {
        var first = catalog.catalog().profiles(community.id()).getFirst().draft();
        catalog.profileEdits()
                .create(
                        ACTOR,
                        community.id(),
                        new Profile.Draft(
                                name,
                                title,
                                "Words about it",
                                first.environmentId(),
                                new Size(Bytes.gib(2), 1500),
                                options,
                                audience));
    }

    /** A profile of a program that is no Jupyter server; it listens where all of them do. */
    void webProfile(String name) {
        var made =
                catalog.environments()
                        .create(
                                ACTOR,
                                community.id(),
                                new Environment.Draft(
                                        name,
                                        name,
                                        IMAGE,
                                        List.of("serve", "{port}", "{prefix}"),
                                        "",
                                        new WebApplication(SERVER_PORT, "/up", true)));
        Eventually.holds(
                "the environment has been tried",
                () ->
                        catalog.catalog().environments(community.id()).stream()
                                .anyMatch(
                                        each -> each.id() == made.id() && each.imageId() != null));
        catalog.profileEdits()
                .create(
                        ACTOR,
                        community.id(),
                        new Profile.Draft(
                                name,
                                name,
                                "",
                                made.id(),
                                new Size(Bytes.gib(1), 1000),
                                List.of(),
                                Audience.EVERYBODY));
    }

    /** Changes whom a profile is for. */
    void offer(String name, Audience audience) {
        var there =
                catalog.catalog().profiles(community.id()).stream()
                        .filter(each -> each.name().equals(name))
                        .findFirst()
                        .orElseThrow();
        var draft =
                new Profile.Draft(
                        name,
                        there.title(),
                        there.description(),
                        there.environmentId(),
                        there.size(),
                        there.options(),
                        audience);
        catalog.profileEdits().change(ACTOR, community.id(), there.id(), there.version(), draft);
    }

    /** Servers that start from now on do not get ready. */
    void holdServers() {
        answering.set(false);
    }

    void letServersAnswer() {
        answering.set(true);
    }

    static String text(Response response) {
        return new String(((Response.Body.Whole) response.body()).bytes(), StandardCharsets.UTF_8);
    }

    static JsonNode json(Response response) {
        return Json.parse(((Response.Body.Whole) response.body()).bytes());
    }

    @Override
    public void close() {
        letServersAnswer();
        for (var active : servers.queries().active()) {
            servers.stops().stop(ACTOR, active.key(), StopReason.ADMIN);
            servers.stops().await(active.key(), Duration.ofSeconds(30));
        }
        server.stop(0);
        files.close();
    }

    private User member(String name, boolean admin) {
        var user = identity.users().create(ACTOR, name, admin);
        identity.passwords().set(ACTOR, user.id(), PASSWORD);
        communities.members().join(ACTOR, community.id(), user.id());
        return user;
    }

    /** An address of this machine that no other test has: the port is always the same. */
    private HttpServer listen() {
        var parts = ThreadLocalRandom.current().ints(3, 1, 255).mapToObj(Integer::toString);
        var address = "127." + parts.collect(Collectors.joining("."));
        try {
            var made = HttpServer.create(new InetSocketAddress(address, SERVER_PORT), 16);
            made.createContext(
                    "/",
                    exchange -> {
                        exchange.sendResponseHeaders(answering.get() ? 200 : 503, -1);
                        exchange.close();
                    });
            made.start();
            return made;
        } catch (IOException e) {
            throw new UncheckedIOException("listen on " + address, e);
        }
    }
}
