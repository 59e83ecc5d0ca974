package org.lyceum.servers.door;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.lyceum.platform.app.Threads;
import org.lyceum.platform.linux.ContainerNetwork;
import org.lyceum.platform.testing.Eventually;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;

/**
 * Goal: bytes go in and out whole, and nothing else does. Method: a process in a network of its own
 * (unshare) in the part of a container; sockets made in there are its programs.
 */
@Timeout(120)
class DoorTest {

    /** Of the program inside; the same number may be taken outside. */
    private static final int PORT = 8888;

    private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();

    private final List<AutoCloseable> open = new ArrayList<>();
    private Process container;
    private ContainerNetwork network;
    private ServerSocketChannel hub;
    private Door door;

    @BeforeEach
    void a_container_without_a_network() throws Exception {
        assumeThat(System.getProperty("user.name")).as("needs root").isEqualTo("root");
        container =
                new ProcessBuilder("unshare", "-n", "sh", "-c", "ip link set lo up && sleep 600")
                        .start();
        Eventually.holds("it has its loopback interface", () -> loopbackIsUp(container.pid()));
        network = ContainerNetwork.of(container.pid(), () -> true);
        hub = ServerSocketChannel.open(StandardProtocolFamily.INET);
        hub.bind(new InetSocketAddress(LOOPBACK, 0));
        open.add(hub);
        door =
                Door.open(
                        ContainerNetwork.of(container.pid(), () -> true),
                        PORT,
                        (InetSocketAddress) hub.getLocalAddress());
    }

    /** Its own, and not ours, where one was there before it had any. */
    private static boolean loopbackIsUp(long pid) {
        try (var there = ContainerNetwork.of(pid, () -> true);
                var socket = there.make(() -> SocketChannel.open(StandardProtocolFamily.INET))) {
            socket.bind(new InetSocketAddress(LOOPBACK, 0));
            return !network("self").equals(network(Long.toString(pid)))
                    && interfaces(pid).contains(" 127.0.0.1");
        } catch (IOException notYet) {
            return false;
        }
    }

    private static String network(String pid) throws IOException {
        return Files.readSymbolicLink(Path.of("/proc", pid, "ns", "net")).toString();
    }

    private static String interfaces(long pid) throws IOException {
        return Files.readString(Path.of("/proc", Long.toString(pid), "net", "fib_trie"));
    }

    @AfterEach
    void nothing_stays() throws Exception {
        for (var each : open) {
            each.close();
        }
        if (door != null) {
            door.close();
        }
        if (network != null) {
            network.close();
        }
        if (container != null) {
            container.descendants().forEach(ProcessHandle::destroy);
            container.destroy();
            container.waitFor(10, TimeUnit.SECONDS);
        }
    }

    @Test
    void megabytes_go_in_and_come_back_whole_also_after_the_caller_has_ended_its_part()
            throws Exception {
        echo(listenInside());
        var sent = new byte[3_000_000];
        new Random(7).nextBytes(sent);

        var caller = call(door.address());
        Threads.start(
                "test-writer",
                () -> {
                    try {
                        write(caller, sent);
                        caller.shutdownOutput();
                    } catch (IOException e) {
                        throw new AssertionError(e);
                    }
                });

        assertThat(Arrays.equals(readAll(caller), sent)).isTrue();
    }

    @Test
    void from_inside_the_one_address_is_reached_and_no_other_of_this_machine() throws Exception {
        echo(hub);
        var other = ServerSocketChannel.open(StandardProtocolFamily.INET);
        open.add(other);
        other.bind(new InetSocketAddress("0.0.0.0", 0));

        var inside = inside();
        inside.connect(hub.getLocalAddress()); // its own loopback, at the same port
        write(inside, "hello".getBytes(StandardCharsets.US_ASCII));
        inside.shutdownOutput();

        assertThat(new String(readAll(inside), StandardCharsets.US_ASCII)).isEqualTo("hello");
        int port = other.socket().getLocalPort();
        assertThatThrownBy(() -> inside().connect(new InetSocketAddress(LOOPBACK, port)))
                .isInstanceOf(IOException.class);
        assertThatThrownBy(() -> inside().connect(new InetSocketAddress("192.0.2.1", 80)))
                .isInstanceOf(IOException.class);
    }

    @Test
    void who_comes_before_anything_listens_is_turned_away_and_let_in_later() throws Exception {
        assertThat(readAll(call(door.address()))).isEmpty();

        echo(listenInside());

        var caller = call(door.address());
        write(caller, "x".getBytes(StandardCharsets.US_ASCII));
        caller.shutdownOutput();
        assertThat(new String(readAll(caller), StandardCharsets.US_ASCII)).isEqualTo("x");
    }

    @Test
    void a_program_that_hangs_up_is_seen_outside() throws Exception {
        var program = listenInside();
        var caller = call(door.address());
        program.accept().close();

        assertThat(readAll(caller)).isEmpty();
    }

    @Test
    void a_door_that_is_shut_ends_what_goes_through_it_and_frees_its_ports() throws Exception {
        echo(listenInside());
        var caller = call(door.address());
        write(caller, "x".getBytes(StandardCharsets.US_ASCII));
        assertThat(caller.read(ByteBuffer.allocate(1))).isEqualTo(1);

        door.close();

        assertThat(readAll(caller)).isEmpty();
        assertThatThrownBy(() -> call(door.address())).isInstanceOf(IOException.class);
        try (var again = network.make(DoorTest::listener)) {
            again.bind(new InetSocketAddress(LOOPBACK, hub.socket().getLocalPort()));
        }
    }

    @Test
    void more_callers_than_the_bound_are_turned_away_and_those_inside_stay() throws Exception {
        echo(listenInside());
        var first = call(door.address());
        write(first, "x".getBytes(StandardCharsets.US_ASCII));
        assertThat(first.read(ByteBuffer.allocate(1))).isEqualTo(1);
        for (int others = 0; others < 300; others++) {
            call(door.address());
        }
        var late = call(door.address());

        assertThat(readAll(late)).isEmpty();
        write(first, "y".getBytes(StandardCharsets.US_ASCII));
        assertThat(first.read(ByteBuffer.allocate(1))).isEqualTo(1);
    }

    @Test
    void another_process_than_the_one_that_was_meant_is_not_entered() {
        assertThatThrownBy(() -> ContainerNetwork.of(container.pid(), () -> false))
                .hasMessageContaining("not the one that was meant");
    }

    private ServerSocketChannel listenInside() throws IOException {
        var made = network.make(DoorTest::listener);
        open.add(made);
        made.bind(new InetSocketAddress(LOOPBACK, PORT));
        return made;
    }

    private static ServerSocketChannel listener() throws IOException {
        return ServerSocketChannel.open(StandardProtocolFamily.INET);
    }

    private SocketChannel inside() throws IOException {
        var made = network.make(() -> SocketChannel.open(StandardProtocolFamily.INET));
        open.add(made);
        return made;
    }

    private SocketChannel call(InetSocketAddress address) throws IOException {
        var made = SocketChannel.open(StandardProtocolFamily.INET);
        open.add(made);
        made.connect(address);
        return made;
    }

    /** Sends everything back to whoever sends. */
    private static void echo(ServerSocketChannel listener) {
        Threads.start(
                "test-echo",
                () -> {
                    try {
                        while (true) {
                            var caller = listener.accept();
                            Threads.start("test-echo-caller", () -> echo(caller));
                        }
                    } catch (IOException over) {
                        // the test has ended
                    }
                });
    }

    private static void echo(SocketChannel caller) {
        try (caller) {
            var buffer = ByteBuffer.allocate(8192);
            while (caller.read(buffer) >= 0) {
                buffer.flip();
                while (buffer.hasRemaining()) {
                    caller.write(buffer);
                }
                buffer.clear();
            }
        } catch (IOException gone) {
            // whoever sent has gone
        }
    }

    private static void write(SocketChannel to, byte[] bytes) throws IOException {
        var buffer = ByteBuffer.wrap(bytes);
        while (buffer.hasRemaining()) {
            to.write(buffer);
        }
    }

    /** Until the end, or until the connection is broken off. */
    private static byte[] readAll(SocketChannel from) {
        var all = new ByteArrayOutputStream();
        var buffer = ByteBuffer.allocate(65_536);
        try {
            while (from.read(buffer) >= 0) {
                all.write(buffer.array(), 0, buffer.position());
                buffer.clear();
            }
        } catch (IOException brokenOff) {
            // what came is what came
        }
        return all.toByteArray();
    }
}
