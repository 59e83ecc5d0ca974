package org.lyceum.servers;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.lyceum.platform.app.Threads;
import org.lyceum.platform.testing.ContractRow;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicReference;

/** Goal: what counts as up. Method: a socket that says one line. */
@Timeout(30)
class BootProbeTest {

    @ParameterizedTest
    @CsvSource({
        "200, true",
        "302, true",
        "403, true",
        "404, true",
        "424, true",
        "500, false",
        "503, false"
    })
    @ContractRow(5)
    void any_answer_below_500_counts(int status, boolean up) throws Exception {
        assertThat(probed("HTTP/1.1 " + status + " x\r\nContent-Length: 0\r\n\r\n")).isEqualTo(up);
    }

    @Test
    void something_that_is_no_http_does_not_count() throws Exception {
        assertThat(probed("SSH-2.0-OpenSSH_9\r\n")).isFalse();
        assertThat(probed("HTTP/1.")).isFalse();
        assertThat(probed("")).isFalse();
    }

    @Test
    @ContractRow(5)
    void nobody_there_does_not_count() throws IOException {
        int port;
        try (var free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        assertThat(BootProbe.answers(new ServerAddress("127.0.0.1", port), "/user/x/api"))
                .isFalse();
    }

    @Test
    void it_asks_for_the_api_below_the_prefix() throws Exception {
        var asked = new AtomicReference<String>();
        probe("HTTP/1.1 200 OK\r\n\r\n", "/user/a%20b/api", asked);
        assertThat(asked.get()).startsWith("GET /user/a%20b/api HTTP/1.1\r\n");
    }

    private static boolean probed(String answer) throws Exception {
        return probe(answer, "/user/x/", new AtomicReference<>());
    }

    private static boolean probe(String answer, String path, AtomicReference<String> asked)
            throws Exception {
        try (var server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            var serving =
                    Threads.start(
                            "server",
                            () -> {
                                try (var socket = server.accept()) {
                                    var buffer = new byte[4096];
                                    int read = socket.getInputStream().read(buffer);
                                    asked.set(
                                            new String(buffer, 0, read, StandardCharsets.US_ASCII));
                                    socket.getOutputStream()
                                            .write(answer.getBytes(StandardCharsets.US_ASCII));
                                } catch (IOException e) {
                                    throw new IllegalStateException(e);
                                }
                            });
            var up = BootProbe.answers(new ServerAddress("127.0.0.1", server.getLocalPort()), path);
            serving.join();
            return up;
        }
    }
}
