package org.lyceum.main;

import static org.assertj.core.api.Assertions.assertThat;

import org.lyceum.identity.Owner;
import org.lyceum.identity.RegisteredService;
import org.lyceum.identity.Role;
import org.lyceum.identity.RoleHolder;
import org.lyceum.identity.ServiceClient;
import org.lyceum.identity.TokenRequest;
import org.lyceum.identity.User;
import org.lyceum.platform.config.ConfigFile;
import org.lyceum.platform.docker.Container;
import org.lyceum.platform.docker.ContainerEngine;
import org.lyceum.platform.docker.DockerEngine;
import org.lyceum.platform.jobs.Job;
import org.lyceum.platform.kernel.Actor;
import org.lyceum.platform.kernel.Secret;
import org.lyceum.platform.testing.FakeContainerEngine;
import org.lyceum.platform.testing.Leftovers;
import org.lyceum.servers.ServerKey;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * The whole platform on a free port, over a throwaway data directory, with the real engine or one
 * in memory. Wired by the production class; what it started is gone when it is closed.
 */
final class HubUnderTest implements AutoCloseable {

    private static final Actor SETUP = new Actor.Platform();

    /** More than any test makes where containers are real. */
    private static final int MAX_COMMUNITIES = 5;

    private static final String FAKE_IMAGE = "lyceum/fake:test";

    private final Path data;
    private final PlatformConfig config;
    private final ContainerEngine engine;
    private final AheadClock clock = new AheadClock();
    private final Map<String, User> users = new LinkedHashMap<>();
    private Hub hub;

    private HubUnderTest(Path data, PlatformConfig config, ContainerEngine engine) {
        this.data = data;
        this.config = config;
        this.engine = engine;
        this.hub = open();
    }

    /** A platform whose containers are in memory; {@code settings} as below. */
    static HubUnderTest withFake(FakeContainerEngine engine, String... settings) {
        engine.addImage(FAKE_IMAGE, "sha256:" + "1".repeat(64));
        var all = new ArrayList<>(List.of(settings));
        all.add("hub-api.port = " + freePort());
        var data = newDirectory();
        return new HubUnderTest(data, config(data, FAKE_IMAGE, all.toArray(String[]::new)), engine);
    }

    /** A platform whose one environment is the image that {@code variable} names. */
    static HubUnderTest withImage(String variable, String... settings) {
        return withReference(System.getenv().getOrDefault(variable, "lyceum/none:none"), settings);
    }

    /** {@code settings}: lines like {@code servers.start-timeout = "5s"}. */
    static HubUnderTest withReference(String image, String... settings) {
        var data = newDirectory();
        var config = config(data, image, settings);
        return new HubUnderTest(data, config, new DockerEngine(config.docker()));
    }

    private static Path newDirectory() {
        try {
            return Files.createTempDirectory("lyceum-test");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static PlatformConfig config(Path data, String image, String... settings) {
        var toml = new StringBuilder();
        if (List.of(settings).stream().noneMatch(line -> line.startsWith("http.port"))) {
            toml.append("http.port = ").append(freePort()).append('\n');
        }
        toml.append("data.directory = \"").append(data).append("\"\n");
        toml.append("catalog.default-image = \"").append(image).append("\"\n");
        // Tests count containers: what waits for nobody is there only where it is asked for.
        if (Arrays.stream(settings).noneMatch(setting -> setting.startsWith("slots."))) {
            toml.append("slots.enabled = false\n");
        }
        for (var setting : settings) {
            toml.append(setting).append('\n');
        }
        return PlatformConfig.read(ConfigFile.of(toml.toString(), Map.of()));
    }

    /** Chosen once, so that a platform comes back at the same address after a restart. */
    static int freePort() {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Hub open() {
        var opened = Hub.open(config, new Adapters(clock, engine));
        opened.start();
        return opened;
    }

    /** Ends the platform and starts it again on the same data and the same port; servers run on. */
    void restart() {
        hub.close();
        hub = open();
    }

    /** Lets so much time pass for the platform; nobody waits for it. */
    void passes(Duration time) {
        clock.advance(time);
    }

    /** Runs one of the platform's jobs now. */
    Job.Report run(String job, List<Job> jobs) {
        return jobs.stream()
                .filter(each -> each.name().equals(job))
                .findFirst()
                .orElseThrow()
                .run();
    }

    String origin() {
        return hub.origin();
    }

    ContainerEngine engine() {
        return engine;
    }

    Hub hub() {
        return hub;
    }

    Path data() {
        return data;
    }

    User user(String name) {
        return user(name, false);
    }

    /** A member of the default community who can sign in with {@link #password}. */
    User user(String name, boolean admin) {
        return users.computeIfAbsent(
                name,
                n -> {
                    var user = hub.identity().users().create(SETUP, n, admin);
                    hub.identity().passwords().set(SETUP, user.id(), password(n));
                    hub.communities().members().join(SETUP, community(), user.id());
                    return user;
                });
    }

    /** Another password than {@link #password(String)}. */
    void setPassword(String name, String password) {
        hub.identity().passwords().set(SETUP, users.get(name).id(), password);
    }

    /** Registers a service; its token, which is its OAuth secret too when it has pages. */
    String service(RegisteredService.Draft draft) {
        var secret = Secret.random();
        hub.identity().services().create(SETUP, community(), draft, secret);
        return secret.reveal();
    }

    /**
     * A service as an operator writes it down.
     *
     * @param url null when it has no pages and nobody signs in at it
     */
    static RegisteredService.Draft serviceDraft(String name, boolean admin, String url) {
        var client =
                new ServiceClient(
                        ServiceClient.PREFIX + name,
                        "/services/" + name + "/oauth_callback",
                        List.of());
        return new RegisteredService.Draft(
                name, admin, url, Map.of(), true, false, url == null ? null : client);
    }

    /** A service that only speaks to the API, with a role of these scopes; its token. */
    String service(String name, String role, List<String> scopes) {
        var token = service(serviceDraft(name, false, null));
        var made = hub.identity().services().find(community(), name).orElseThrow();
        role(role, scopes, new RoleHolder.OfService(made.id()));
        return token;
    }

    /** Makes a role and gives it. */
    void role(String name, List<String> scopes, RoleHolder holder) {
        var roles = hub.identity().roles();
        roles.create(SETUP, community(), name, new Role.Draft("", scopes));
        roles.give(SETUP, community(), name, holder);
    }

    static String password(String name) {
        return "correct horse of " + name;
    }

    /** A browser in which this user has signed in. */
    Browser browserOf(String name) {
        var browser = new Browser(origin());
        assertThat(browser.signIn(name, password(name)).status()).isEqualTo(302);
        return browser;
    }

    /** An API token of the user, with these scopes. */
    String token(String name, String... scopes) {
        var owner = new Owner.OfUser(users.get(name));
        var request = new TokenRequest.Api(community(), owner, List.of(scopes), "test", null);
        return hub.identity().tokens().issue(SETUP, request).secret().reveal();
    }

    org.lyceum.platform.kernel.CommunityId community() {
        return hub.communities().communities().ensureDefault().id();
    }

    ServerKey server(String name) {
        return new ServerKey(community(), users.get(name).id(), "");
    }

    /** Containers of this installation, in any state. */
    List<Container> containers() {
        return engine.list(Map.of("org.lyceum.platform", platformId()));
    }

    String platformId() {
        try {
            return Files.readString(data.resolve("keys/platform-id")).strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        hub.close();
        clean(engine, platformId());
        delete(data);
    }

    /** Removes what an installation left with the engine. */
    static void clean(ContainerEngine engine, String platformId) {
        var prefix = "lyceum-" + platformId.substring(0, 6) + "-c";
        var networks = IntStream.rangeClosed(1, MAX_COMMUNITIES).mapToObj(n -> prefix + n).toList();
        Leftovers.sweep(engine, platformId, networks);
    }

    static void delete(Path root) {
        try (var files = Files.walk(root)) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("deleting " + root, e);
        }
    }
}
