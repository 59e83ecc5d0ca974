package org.lyceum.platform.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.lyceum.platform.app.Threads;
import org.lyceum.platform.kernel.Problem;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Goal: no call outlives its deadline. Method: sockets that are silent, gone or closed. */
@Timeout(30)
class DockerCallsTest {

    private static final Duration SHORT = Duration.ofMillis(300);

    /** For what must not end by the deadline, on a machine as busy as it likes. */
    private static final Duration LONG = Duration.ofSeconds(20);

    @TempDir Path temp;

    @Test
    void an_engine_behind_a_silent_socket_ends_as_a_timeout() throws IOException {
        var socket = temp.resolve("silent.sock");
        try (var listening = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
                var engine = new DockerEngine(config(socket, SHORT))) {
            listening.bind(UnixDomainSocketAddress.of(socket));

            var problem = catchThrowableOfType(Problem.class, engine::version);

            assertThat(problem.code()).isEqualTo("docker.timeout");
            assertThat(problem.kind()).isEqualTo(Problem.Kind.UNAVAILABLE);
        }
    }

    @Test
    void an_engine_that_is_down_is_unavailable() {
        try (var engine = new DockerEngine(config(temp.resolve("nobody.sock"), LONG))) {
            var problem = catchThrowableOfType(Problem.class, engine::version);

            assertThat(problem.code()).isEqualTo("docker.unavailable");
            assertThat(problem.detail()).contains("systemctl start docker");
        }
    }

    @Test
    void an_engine_that_goes_away_before_it_answers_is_unavailable() throws Exception {
        var socket = temp.resolve("dying.sock");
        try (var listening = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
                var engine = new DockerEngine(config(socket, LONG))) {
            listening.bind(UnixDomainSocketAddress.of(socket));
            var hangingUp =
                    Threads.start(
                            "hang-up",
                            () -> {
                                try {
                                    while (true) {
                                        listening.accept().close();
                                    }
                                } catch (IOException ended) {
                                    // the test is over
                                }
                            });

            var problem = catchThrowableOfType(Problem.class, engine::version);
            listening.close();
            hangingUp.join();

            assertThat(problem.code()).isEqualTo("docker.unavailable");
        }
    }

    @Test
    void a_call_that_finds_no_place_in_time_is_busy_and_places_come_back() throws Exception {
        try (var calls = new DockerCalls(SHORT, 1)) {
            var occupied = new CountDownLatch(1);
            var release = new CountDownLatch(1);
            var first =
                    Threads.start(
                            "first",
                            () -> {
                                try {
                                    calls.call(
                                            "wait",
                                            LONG,
                                            () -> {
                                                occupied.countDown();
                                                return release.await(20, TimeUnit.SECONDS);
                                            });
                                } catch (Problem ended) {
                                    // told below
                                }
                            });
            occupied.await();

            var problem = catchThrowableOfType(Problem.class, () -> calls.call("x", () -> 1));
            release.countDown();
            first.join();

            assertThat(problem.code()).isEqualTo("docker.busy");
            assertThat(calls.<Integer>call("x", LONG, () -> 2)).isEqualTo(2);
        }
    }

    @Test
    void a_call_that_was_given_up_frees_its_place() {
        try (var calls = new DockerCalls(SHORT, 1)) {
            for (int i = 0; i < 3; i++) {
                var problem =
                        catchThrowableOfType(
                                Problem.class,
                                () ->
                                        calls.call(
                                                "hang",
                                                () ->
                                                        new CountDownLatch(1)
                                                                .await(20, TimeUnit.SECONDS)));
                assertThat(problem.code()).isEqualTo("docker.timeout");
            }
            assertThat(calls.<Integer>call("x", LONG, () -> 2)).isEqualTo(2);
        }
    }

    private static DockerConfig config(Path socket, Duration deadline) {
        return new DockerConfig(socket, deadline, 2, List.of());
    }
}
