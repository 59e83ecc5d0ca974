package org.lyceum.main;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIf;
import org.lyceum.catalog.Audience;
import org.lyceum.catalog.DeviceWish;
import org.lyceum.catalog.Environment;
import org.lyceum.catalog.Profile;
import org.lyceum.catalog.Size;
import org.lyceum.catalog.WebApplication;
import org.lyceum.platform.app.Threads;
import org.lyceum.platform.kernel.Actor;
import org.lyceum.platform.kernel.Bytes;
import org.lyceum.platform.kernel.Problem;
import org.lyceum.platform.testing.Eventually;
import org.lyceum.platform.testing.RequiresDocker;
import org.lyceum.servers.DeviceUse;
import org.lyceum.servers.ProgressFeed;
import org.lyceum.servers.ServerState;
import org.lyceum.servers.SpawnEvent;
import org.lyceum.servers.StopReason;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;

/**
 * Goal: a server has the devices that were given to it and no others, and no seat is given twice,
 * whatever ends. Method: real containers of a program that only listens; character devices of the
 * kernel's that anything may open, since graphics cards are not everywhere.
 */
@RequiresDocker(images = "LYCEUM_TEST_IMAGE_5")
@EnabledIf("mayMakeNodes")
@Timeout(300)
class DevicesIT {

    private static final Actor SETUP = new Actor.Platform();
    private static final String MARK = "/dev/lyceum-test-" + ProcessHandle.current().pid() + "-";
    private static final String FIRST = MARK + "a";
    private static final String SECOND = MARK + "b";

    /** Of a group that no container is in by itself. */
    private static final String GROUP = "54321";

    private static final String LISTENS =
            "import http.server as h, os; h.HTTPServer(('', int(os.environ['PORT'])),"
                    + " h.SimpleHTTPRequestHandler).serve_forever()";

    private static final String OPENS =
            "import os, sys; os.close(os.open(sys.argv[1], os.O_RDWR)); print('open')";

    private static HubUnderTest hub;

    /** The kernel's own for file systems and for tunnels; one for a group, one for everybody. */
    static boolean mayMakeNodes() {
        node(FIRST, "660", "229");
        node(SECOND, "666", "200");
        boolean made = DockerCommand.host(List.of("ls", FIRST, SECOND)).lines().count() == 2;
        return made && !DockerCommand.host(List.of("chgrp", GROUP, FIRST)).contains("chgrp:");
    }

    private static void node(String path, String mode, String minor) {
        DockerCommand.host(List.of("mknod", "-m", mode, path, "c", "10", minor));
    }

    @BeforeAll
    static void open() {
        hub =
                HubUnderTest.withImage(
                        "LYCEUM_TEST_IMAGE_5",
                        "devices.card.label = \"Card\"",
                        "devices.card.units = [\"" + FIRST + "\", \"" + SECOND + "\"]",
                        "devices.shared.units = [\"/dev/zero\", \"/dev/full\"]",
                        "devices.shared.seats = 3");
        long environment = environment();
        profile("plain", environment, null);
        profile("card", environment, new DeviceWish("card", 1));
        profile("both", environment, new DeviceWish("card", 2));
        profile("shared", environment, new DeviceWish("shared", 1));
    }

    @AfterAll
    static void close() {
        if (hub != null) {
            hub.close();
        }
        DockerCommand.host(List.of("rm", "-f", FIRST, SECOND));
    }

    private static long environment() {
        var offers = hub.hub().catalog();
        var draft =
                new Environment.Draft(
                        "listens",
                        "Listens",
                        System.getenv("LYCEUM_TEST_IMAGE_5"),
                        List.of("python3", "-c", LISTENS),
                        "",
                        new WebApplication(9000, "/", true));
        var made = offers.environments().create(SETUP, hub.community(), draft);
        Eventually.holds(
                "the program has been tried",
                () ->
                        offers.catalog().environments(hub.community()).stream()
                                .anyMatch(
                                        each -> each.id() == made.id() && each.imageId() != null));
        return made.id();
    }

    private static void profile(String name, long environment, @Nullable DeviceWish device) {
        var size = new Size(Bytes.mib(96), Bytes.mib(96), 500, 64, device);
        var draft =
                new Profile.Draft(name, name, "", environment, size, List.of(), Audience.EVERYBODY);
        hub.hub().catalog().profileEdits().create(SETUP, hub.community(), draft);
    }

    @Test
    void a_server_has_its_unit_only_and_who_finds_none_waits_while_others_pass() {
        ready("ada", "card");
        ready("bob", "card");
        assertThat(taken("card")).containsExactly(1, 1);
        assertThat(opens("ada", FIRST)).as("by the group of the node").contains("open");
        assertThat(opens("ada", SECOND)).contains("No such file");
        assertThat(opens("bob", SECOND)).contains("open");
        assertThat(opens("bob", FIRST)).contains("No such file");

        asks("cy", "card");
        waits("cy", "it needs 1 × Card, and too few of 2 seats are free");
        asks("two", "both");
        waits("two", "You are number 2 in line for it");
        ready("dee", "plain");
        assertThat(refused("eve", "card")).contains("too few of 2 seats are free");

        stop("two");
        stop("ada");
        becomesReady("cy");
        assertThat(opens("cy", FIRST)).contains("open");

        hub.restart();
        assertThat(taken("card")).as("after a restart").containsExactly(1, 1);
        asks("eve", "card");
        waits("eve", "it needs 1 × Card");

        DockerCommand.run("kill", container("bob"));
        Eventually.holds(
                "the loss is seen",
                () -> {
                    hub.run("servers.reconcile", hub.hub().servers().jobs());
                    return !active("bob");
                });
        becomesReady("eve");
        assertThat(opens("eve", SECOND)).contains("open");
        List.of("cy", "eve", "dee").forEach(DevicesIT::stop);
        assertThat(taken("card")).containsExactly(0, 0);
    }

    @Test
    void twenty_starts_at_once_never_take_more_seats_than_there_are() throws Exception {
        var people = IntStream.range(0, 20).mapToObj(n -> "p" + n).toList();
        people.forEach(hub::user);
        var threads = new ArrayList<Thread>();
        for (var name : people) {
            threads.add(Threads.start("start-" + name, () -> asks(name, "shared")));
        }
        for (var thread : threads) {
            thread.join();
        }
        Eventually.holds(
                "all seats are taken",
                Duration.ofMinutes(1),
                () -> within() && running(people) == 6);
        assertThat(taken("shared")).containsExactly(3, 3);
        assertThat(people.stream().filter(DevicesIT::active)).hasSize(20);
        people.stream().filter(DevicesIT::isReady).forEach(DevicesIT::stop);
        Eventually.holds(
                "the next ones have them",
                Duration.ofMinutes(1),
                () -> within() && running(people) == 6);
        people.stream().filter(DevicesIT::active).forEach(DevicesIT::stop);
        Eventually.holds("all have ended", () -> taken("shared").equals(List.of(0, 0)));
    }

    /** By what the engine says and not by what the platform believes. */
    private static boolean within() {
        var held =
                hub.containers().stream()
                        .map(each -> each.labels().get("org.lyceum.devices"))
                        .filter(Objects::nonNull)
                        .toList();
        for (var unit : List.of("/dev/zero", "/dev/full")) {
            assertThat(held.stream().filter(unit::equals).count()).as(unit).isLessThanOrEqualTo(3);
        }
        return true;
    }

    private static long running(List<String> people) {
        return people.stream().filter(DevicesIT::isReady).count();
    }

    private static boolean isReady(String name) {
        return state(name) == ServerState.READY;
    }

    private static boolean active(String name) {
        return state(name).active();
    }

    private static ServerState state(String name) {
        var queries = hub.hub().servers().queries();
        return queries.find(hub.server(name)).orElseThrow().state();
    }

    private static void asks(String name, String profile) {
        hub.user(name);
        var options = Map.<String, Object>of("profile", profile);
        hub.hub().servers().spawns().spawnInTurn(SETUP, hub.server(name), options);
    }

    private static void ready(String name, String profile) {
        asks(name, profile);
        becomesReady(name);
    }

    private static void becomesReady(String name) {
        var server = hub.hub().servers().spawns().await(hub.server(name), Duration.ofMinutes(1));
        assertThat(server.state()).as(name + ": " + server.failure()).isEqualTo(ServerState.READY);
    }

    private static String refused(String name, String profile) {
        hub.user(name);
        var spawns = hub.hub().servers().spawns();
        var options = Map.<String, Object>of("profile", profile);
        var problem =
                catchThrowableOfType(
                        Problem.class, () -> spawns.spawn(SETUP, hub.server(name), options));
        assertThat(problem.code()).isEqualTo("server.too-many-active");
        return problem.detail();
    }

    /** Is told so, and is still waiting. */
    private static void waits(String name, String words) {
        try (var events = hub.hub().servers().progress().events(hub.server(name))) {
            Eventually.holds(
                    name + " is told: " + words,
                    () -> {
                        var event = next(events);
                        return event != null && event.message().contains(words);
                    });
        }
        assertThat(state(name)).isEqualTo(ServerState.SPAWNING);
    }

    private static @Nullable SpawnEvent next(ProgressFeed.Subscription events) {
        try {
            return events.next(Duration.ofSeconds(5));
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void stop(String name) {
        hub.hub().servers().stops().stop(SETUP, hub.server(name), StopReason.USER);
        Eventually.holds(name + " has ended", () -> !active(name));
    }

    private static String container(String name) {
        var queries = hub.hub().servers().queries();
        return Objects.requireNonNull(queries.find(hub.server(name)).orElseThrow().containerId());
    }

    private static String opens(String name, String path) {
        return DockerCommand.run("exec", container(name), "python3", "-c", OPENS, path);
    }

    private static List<Integer> taken(String kind) {
        return hub.hub().servers().queries().devices().stream()
                .filter(use -> use.kind().name().equals(kind))
                .flatMap(use -> use.units().stream())
                .map(DeviceUse.Unit::taken)
                .toList();
    }
}
