package org.lyceum.platform.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.dockerjava.transport.DockerHttpClient;
import com.github.dockerjava.transport.DockerHttpClient.Request;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.lyceum.platform.app.Threads;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ProtocolException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.TimeUnit;

/** Goal: every answer is whole or an error. Method: a socket that says what the test wants. */
@Timeout(30)
class SocketTransportTest {

    @TempDir Path temp;

    private final SynchronousQueue<String> asked = new SynchronousQueue<>();
    private ServerSocketChannel listening;
    private SocketTransport transport;

    @BeforeEach
    void listen() throws IOException {
        var address = UnixDomainSocketAddress.of(temp.resolve("engine.sock"));
        listening = ServerSocketChannel.open(StandardProtocolFamily.UNIX).bind(address);
        transport = new SocketTransport(temp.resolve("engine.sock"));
    }

    @AfterEach
    void hang_up() throws IOException {
        listening.close();
    }

    @Test
    void a_body_of_known_length_ends_there() throws IOException {
        answer(
                "HTTP/1.1 200 OK\r\n"
                        + "Content-Type: text/plain\r\n"
                        + "Content-Length: 5\r\n\r\n"
                        + "hello, and more");

        try (var answer = transport.execute(get())) {
            assertThat(answer.getStatusCode()).isEqualTo(200);
            assertThat(answer.getHeader("content-type")).isEqualTo("text/plain");
            assertThat(text(answer)).isEqualTo("hello");
        }
    }

    @Test
    void chunks_become_one_body() throws IOException {
        answer(
                "HTTP/1.1 200 OK\r\n"
                        + "Transfer-Encoding: chunked\r\n\r\n"
                        + "5;x=y\r\n"
                        + "hello\r\n"
                        + "1\r\n"
                        + "!\r\n"
                        + "0\r\n\r\n");

        try (var answer = transport.execute(get())) {
            assertThat(text(answer)).isEqualTo("hello!");
        }
    }

    @Test
    void a_body_without_a_length_ends_with_the_connection() throws IOException {
        answer("HTTP/1.1 200 OK\r\n\r\nhello");

        try (var answer = transport.execute(get())) {
            assertThat(text(answer)).isEqualTo("hello");
        }
    }

    @Test
    void an_answer_that_has_no_body_is_not_waited_for() throws IOException {
        answer("HTTP/1.1 204 No Content\r\nContent-Length: 7\r\n\r\n");

        try (var answer = transport.execute(get())) {
            assertThat(text(answer)).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhello",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n9\r\nhello",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n"
            })
    void a_body_that_is_cut_off_is_an_error(String said) throws IOException {
        answer(said);

        try (var answer = transport.execute(get())) {
            assertThatThrownBy(() -> text(answer)).isInstanceOf(EOFException.class);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nhello\r\n0\r\n\r\n",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n-3\r\nhello\r\n0\r\n\r\n",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nhello\r\n0\r\n\r\n"
            })
    void chunks_that_lie_about_their_size_are_an_error(String said) throws IOException {
        answer(said);

        try (var answer = transport.execute(get())) {
            assertThatThrownBy(() -> text(answer)).isInstanceOf(ProtocolException.class);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SSH-2.0-OpenSSH\r\n\r\n",
                "HTTP/1.1 two hundred\r\n\r\n",
                "HTTP/1.1\r\n\r\n",
                "HTTP/1.1 200 OK\r\nno colon\r\n\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length: 99999999999999999999\r\n\r\n"
            })
    void what_is_no_http_is_an_error(String said) throws IOException {
        answer(said);

        assertThatThrownBy(() -> transport.execute(get()))
                .isInstanceOf(UncheckedIOException.class)
                .hasCauseInstanceOf(ProtocolException.class);
    }

    @Test
    void a_head_without_end_is_not_kept_in_memory() throws IOException {
        answer("HTTP/1.1 200 OK\r\n" + "X: y\r\n".repeat(10_000) + "\r\n");

        assertThatThrownBy(() -> transport.execute(get()))
                .hasCauseInstanceOf(ProtocolException.class);
    }

    @Test
    void a_request_goes_out_with_its_path_headers_and_body() throws Exception {
        answer("HTTP/1.1 201 Created\r\nContent-Length: 0\r\n\r\n");
        var request =
                Request.builder()
                        .method(Request.Method.POST)
                        .path("/containers/create?name=x")
                        .putHeader("content-type", "application/json")
                        .bodyBytes("{}".getBytes(StandardCharsets.UTF_8))
                        .build();

        try (var answer = transport.execute(request)) {
            assertThat(answer.getStatusCode()).isEqualTo(201);
        }
        assertThat(asked.poll(10, TimeUnit.SECONDS))
                .isEqualTo(
                        "POST /containers/create?name=x HTTP/1.1\r\n"
                                + "Host: docker\r\n"
                                + "Connection: close\r\n"
                                + "content-type: application/json\r\n"
                                + "Content-Length: 2\r\n\r\n"
                                + "{}");
    }

    @Test
    void a_body_of_unknown_length_goes_out_in_chunks() throws Exception {
        answer("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
        var body = new ByteArrayInputStream("hello".getBytes(StandardCharsets.UTF_8));
        var request =
                Request.builder().method(Request.Method.PUT).path("/archive").body(body).build();

        transport.execute(request).close();

        assertThat(asked.poll(10, TimeUnit.SECONDS))
                .endsWith("Transfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n");
    }

    @Test
    void a_line_break_in_a_header_is_refused() throws IOException {
        answer("HTTP/1.1 200 OK\r\n\r\n");
        var request =
                Request.builder()
                        .method(Request.Method.GET)
                        .path("/version")
                        .putHeader("x", "y\r\nz: 1")
                        .build();

        assertThatThrownBy(() -> transport.execute(request))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static Request get() {
        return Request.builder().method(Request.Method.GET).path("/version").build();
    }

    private static String text(DockerHttpClient.Response answer) throws IOException {
        return new String(answer.getBody().readAllBytes(), StandardCharsets.UTF_8);
    }

    /** One caller gets this answer; what it asked can be read from {@link #asked}. */
    private void answer(String said) {
        Threads.start(
                "engine",
                () -> {
                    try (var caller = listening.accept()) {
                        var request = ByteBuffer.allocate(4096);
                        // The requests here are small: the kernel hands each write over whole.
                        do {
                            caller.read(request);
                        } while (!whole(request));
                        caller.write(ByteBuffer.wrap(said.getBytes(StandardCharsets.UTF_8)));
                        asked.offer(seen(request), 10, TimeUnit.SECONDS);
                    } catch (IOException | InterruptedException ended) {
                        // the test has hung up
                    }
                });
    }

    private static boolean whole(ByteBuffer request) {
        var text = seen(request);
        int head = text.indexOf("\r\n\r\n");
        if (text.contains("chunked")) {
            return text.endsWith("0\r\n\r\n");
        }
        return head >= 0 && (!text.contains("Content-Length: 2") || text.endsWith("{}"));
    }

    private static String seen(ByteBuffer request) {
        return new String(request.array(), 0, request.position(), StandardCharsets.UTF_8);
    }
}
