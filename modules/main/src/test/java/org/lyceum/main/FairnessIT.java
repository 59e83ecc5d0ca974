package org.lyceum.main;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.lyceum.platform.docker.Container;
import org.lyceum.platform.kernel.Actor;
import org.lyceum.platform.linux.CoreTime;
import org.lyceum.platform.testing.Eventually;
import org.lyceum.platform.testing.RequiresDocker;
import org.lyceum.platform.testing.SecurityStatement;
import org.lyceum.servers.Server;
import org.lyceum.servers.StopReason;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Goal: what ten people do to their own servers reaches nobody else: no neighbour ends, and the hub
 * answers. Method: the whole platform, real JupyterLabs; in ten of them at once fork bombs, hogs of
 * memory, busy loops and writers to the disk, which are seen to be at it. Times are printed, not
 * judged: the machine that runs this has other things to do.
 */
@RequiresDocker(images = "LYCEUM_TEST_IMAGE_5")
@Timeout(600)
class FairnessIT {

    private static final Duration TROUBLE = Duration.ofSeconds(20);

    /** On the cores, in that time; nobody who is idle takes as much. */
    private static final Duration AT_IT = Duration.ofMillis(500);

    /** Each in Python, which every image has; {@code ~} is the person's home. */
    private static final String FORK_BOMB =
            """
            import os
            while True:
                try:
                    os.fork()
                except OSError:
                    pass
            """;

    /** Never gives up: the kernel ends one, and its parent begins another. */
    private static final String MEMORY_HOG =
            """
            import os
            while True:
                if os.fork() == 0:
                    held = []
                    while True:
                        held.append(bytearray(64 << 20))
                os.wait()
            """;

    private static final String BUSY_LOOP =
            """
            import os
            for _ in range(7):
                os.fork()
            while True:
                pass
            """;

    private static final String WRITER =
            """
            import os
            block = b'x' * (1 << 20)
            while True:
                with open(os.path.expanduser('~/big'), 'wb') as file:
                    for _ in range(256):
                        file.write(block)
                        os.fsync(file.fileno())
            """;

    private static final List<String> TROUBLES =
            List.of(
                    FORK_BOMB,
                    FORK_BOMB,
                    FORK_BOMB,
                    MEMORY_HOG,
                    MEMORY_HOG,
                    BUSY_LOOP,
                    BUSY_LOOP,
                    BUSY_LOOP,
                    WRITER,
                    WRITER);

    @Test
    @SecurityStatement({11, 12, 13})
    void
            fork_bombs_hogs_loops_and_writers_in_ten_servers_leave_the_hub_and_every_neighbour_alive() {
        try (var platform =
                HubUnderTest.withImage("LYCEUM_TEST_IMAGE_5", "servers.memory-percent = 1000")) {
            var neighbours = List.of("ada", "eve");
            neighbours.forEach(name -> start(platform, name));
            troubled().forEach(name -> start(platform, name));
            var alive = containers(platform, neighbours);
            var token = platform.token("ada");
            var browser = new Browser(platform.origin());
            try (var kernel = KernelSocket.open(browser, platform.origin(), "/user/ada/", token)) {
                kernel.run("kept = 41");
                var before = answers(platform, kernel, Duration.ofSeconds(5));
                var containers = containers(platform, troubled());
                for (int i = 0; i < TROUBLES.size(); i++) {
                    DockerCommand.run(
                            "exec", "-d", containers.get(i), "python3", "-c", TROUBLES.get(i));
                }
                var computed = containers.stream().map(FairnessIT::nanos).toList();
                var during = answers(platform, kernel, TROUBLE);
                for (int i = 0; i < TROUBLES.size(); i++) {
                    assertThat(nanos(containers.get(i)) - computed.get(i))
                            .as("trouble %d is at it", i)
                            .isGreaterThan(AT_IT.toNanos());
                }

                assertThat(containers(platform, neighbours)).isEqualTo(alive);
                assertThat(alive).allSatisfy(id -> assertThat(runs(platform, id)).isTrue());
                assertThat(kernel.run("kept + 1")).isEqualTo("42");
                report("quiet", before);
                report("ten in trouble", during);
            }
            troubleEnds(platform);
            start(platform, "late");
        }
    }

    private static void start(HubUnderTest platform, String name) {
        platform.user(name);
        SingleUserContract.start(platform, name);
    }

    private static List<String> troubled() {
        return IntStream.range(0, TROUBLES.size()).mapToObj(i -> "trouble" + i).toList();
    }

    private static List<String> containers(HubUnderTest platform, List<String> names) {
        return names.stream()
                .map(
                        name ->
                                platform.hub()
                                        .servers()
                                        .queries()
                                        .find(platform.server(name))
                                        .orElseThrow()
                                        .containerId())
                .toList();
    }

    private static long nanos(String container) {
        try {
            return CoreTime.nanosOf(container).orElseThrow();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean runs(HubUnderTest platform, String id) {
        return platform.engine()
                .find(id)
                .filter(there -> there.state() == Container.State.RUNNING)
                .isPresent();
    }

    /** Asks the hub and a neighbour's kernel all along; how long each of the hub's answers took. */
    private static long[] answers(HubUnderTest platform, KernelSocket kernel, Duration time) {
        var ada = platform.browserOf("ada");
        var took = new ArrayList<Long>();
        long end = System.nanoTime() + time.toNanos();
        while (System.nanoTime() < end) {
            for (var path : List.of("/hub/home", "/hub/api/users/ada", "/hub/health")) {
                long began = System.nanoTime();
                var answer = path.contains("/api/") ? ada.api("GET", path, null) : ada.get(path);
                took.add(System.nanoTime() - began);
                assertThat(answer.status()).as(path).isEqualTo(200);
            }
            assertThat(kernel.run("kept + 1")).isEqualTo("42");
        }
        return took.stream().mapToLong(Long::longValue).sorted().toArray();
    }

    private static void report(String when, long[] took) {
        System.out.printf(
                "hub with %s: %d answers, median %d ms, p99 %d ms, longest %d ms%n",
                when, took.length, at(took, 0.5), at(took, 0.99), at(took, 1));
    }

    private static long at(long[] sorted, double share) {
        int index = Math.min(sorted.length - 1, (int) (sorted.length * share));
        return Duration.ofNanos(sorted[index]).toMillis();
    }

    /** However busy it is inside: one that is asked to stop has stopped in the end. */
    private static void troubleEnds(HubUnderTest platform) {
        var servers = platform.hub().servers();
        var actor = new Actor.Platform();
        troubled()
                .forEach(
                        name ->
                                servers.stops()
                                        .stop(actor, platform.server(name), StopReason.ADMIN));
        Eventually.holds(
                "all who made trouble have ended",
                Duration.ofMinutes(3),
                () ->
                        troubled().stream()
                                .map(platform::server)
                                .map(key -> servers.queries().find(key).orElseThrow())
                                .noneMatch(Server::active));
    }
}
