package org.lyceum.platform.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.io.EOFException;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Goal: lines go both ways, and the kernel says who calls. Method: the JDK's own channels call. */
@Timeout(20)
class PeerListenerTest {

    /** Short: a socket's path has 107 bytes at most. */
    @TempDir Path directory;

    private PeerListener listener;
    private SocketChannel program;

    @BeforeEach
    void open() throws IOException {
        listener = PeerListener.at(directory.resolve("s"), uid());
        program = SocketChannel.open(StandardProtocolFamily.UNIX);
    }

    @AfterEach
    void close() throws IOException {
        program.close();
        listener.close();
    }

    @Test
    void nobody_has_called_and_nothing_has_been_said_is_told_at_once() throws IOException {
        assertThat(listener.accept()).isEmpty();
        try (var peer = called()) {
            assertThat(peer.line()).isEmpty();
            assertThat(peer.gone()).isFalse();
        }
    }

    @Test
    void the_kernel_says_which_process_calls() throws IOException {
        try (var peer = called()) {
            assertThat(peer.pid()).isEqualTo((int) ProcessHandle.current().pid());
            assertThat(peer.uid()).isEqualTo(uid());
        }
    }

    @Test
    void lines_arrive_whole_whatever_pieces_they_came_in() throws IOException {
        try (var peer = called()) {
            say("on");
            assertThat(peer.line()).isEmpty();
            say("e\ntwo\n" + "x".repeat(100_000));
            assertThat(peer.line()).contains("one");
            assertThat(peer.line()).contains("two");
            var rest = peer.line();
            assertThat(rest).isEmpty();
            say("\n");
            assertThat(peer.line().map(String::length)).contains(100_000);
        }
    }

    @Test
    void what_is_sent_arrives_as_one_line() throws IOException {
        try (var peer = called()) {
            peer.send("grüße");
            var into = ByteBuffer.allocate(100);
            program.read(into);
            assertThat(new String(into.array(), 0, into.position(), StandardCharsets.UTF_8))
                    .isEqualTo("grüße\n");
        }
    }

    @Test
    void the_end_of_the_other_end_is_noticed_after_what_it_said() throws IOException {
        try (var peer = called()) {
            say("last\n");
            program.close();
            assertThat(peer.line()).contains("last");
            assertThat(peer.gone()).isTrue();
            assertThatThrownBy(peer::line).isInstanceOf(EOFException.class);
        }
    }

    @Test
    void a_line_without_an_end_is_refused_before_it_fills_our_memory() throws IOException {
        try (var peer = called()) {
            program.configureBlocking(false);
            assertThatThrownBy(
                            () -> {
                                while (true) {
                                    program.write(ByteBuffer.wrap(new byte[64 * 1024]));
                                    peer.line();
                                }
                            })
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("a line of more than");
        }
    }

    @Test
    void nothing_that_is_in_the_way_is_followed_or_replaced() throws IOException {
        var target = directory.resolve("target");
        var link = Files.createSymbolicLink(directory.resolve("link"), target);
        assertThatThrownBy(() -> PeerListener.at(link, uid()))
                .isInstanceOf(FileAlreadyExistsException.class);
        assertThat(target).doesNotExist();
        assertThatThrownBy(() -> PeerListener.at(directory.resolve("s"), uid()))
                .isInstanceOf(FileAlreadyExistsException.class);
        assertThatThrownBy(() -> PeerListener.at(directory.resolve("x".repeat(120)), uid()))
                .hasMessageContaining("107");
    }

    private Peer called() throws IOException {
        program.connect(UnixDomainSocketAddress.of(directory.resolve("s")));
        Optional<Peer> peer = listener.accept();
        return peer.orElseThrow();
    }

    private void say(String text) throws IOException {
        program.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
    }

    private static int uid() throws IOException {
        return (int) Files.getAttribute(Path.of("/proc/self"), "unix:uid");
    }
}
