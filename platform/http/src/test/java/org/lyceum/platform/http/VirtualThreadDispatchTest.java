package org.lyceum.platform.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerOptions;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.lyceum.platform.app.Threads;
import org.lyceum.platform.kernel.Problem;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * Goal: what reaches an endpoint is whole, bounded and understood in one way only. Method: a real
 * server on a free port, and a client that can also speak raw bytes.
 */
class VirtualThreadDispatchTest {

    private static final LinkedBlockingQueue<EventSource.Next> EVENTS = new LinkedBlockingQueue<>();
    private static final HttpServerOptions OPTIONS =
            new HttpServerOptions()
                    .setHttp2ClearTextEnabled(false)
                    .setHandle100ContinueAutomatically(false);
    private static final Vertx vertx = Vertx.vertx();
    private static final ExecutorService threads = Threads.virtual("test");
    private static final HttpListeners listeners = new HttpListeners(vertx, 2, OPTIONS);
    private static int port;

    @BeforeAll
    static void listen() {
        var surfaces = new Surfaces();
        surfaces.mount(new TestSurface("/"));
        surfaces.mount(new TestSurface("/bio/"));
        var dispatch =
                new VirtualThreadDispatch(
                        surfaces, Listener.PUBLIC, TrustedProxies.of(List.of()), threads);
        port = listeners.listen("127.0.0.1", 0, dispatch);
    }

    @AfterAll
    static void close() throws Exception {
        listeners.close();
        vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
        Threads.stop(threads, Duration.ofSeconds(1));
    }

    @Test
    void a_parameter_arrives_decoded_and_the_rest_of_the_path_as_it_was_sent() throws Exception {
        assertThat(get("/users/a%40b%20%C3%A9").body()).isEqualTo("/ user a@b é");
        assertThat(get("/files/x/a%2Fb%20c?q=1").body()).isEqualTo("/ rest x/a%2Fb%20c");
    }

    @Test
    void the_surface_with_the_longest_base_path_answers() throws Exception {
        assertThat(get("/bio/users/ada").body()).isEqualTo("/bio/ user ada");
        assertThat(get("/biology/users/ada").statusCode()).isEqualTo(404);
    }

    @Test
    void a_literal_segment_wins_over_a_parameter() throws Exception {
        assertThat(get("/users/all").body()).isEqualTo("/ all");
    }

    @Test
    void a_trailing_slash_is_another_path() throws Exception {
        assertThat(get("/users/ada/").statusCode()).isEqualTo(404);
    }

    @Test
    void a_known_path_with_another_method_is_told_apart_from_an_unknown_path() throws Exception {
        assertThat(send("PATCH", "/users/ada", "").statusCode()).isEqualTo(405);
        assertThat(get("/nothing").statusCode()).isEqualTo(404);
    }

    @Test
    void paths_that_two_readers_could_understand_differently_are_refused() throws Exception {
        for (var path :
                List.of("/users/%zz", "/users/..", "/users/%2e%2e/x", "/a/%00", "/%c3%28")) {
            assertThat(raw("GET " + path + " HTTP/1.1\r\nHost: h\r\n\r\n"))
                    .as(path)
                    .startsWith("HTTP/1.1 400");
        }
    }

    @Test
    void a_body_over_the_limit_is_refused_whether_its_length_is_declared_or_not() throws Exception {
        var tooLarge = "x".repeat(VirtualThreadDispatch.MAX_BODY_BYTES + 1);
        assertThat(send("POST", "/echo", tooLarge).statusCode()).isEqualTo(413);
        var chunked =
                HttpRequest.BodyPublishers.ofInputStream(
                        () ->
                                new java.io.ByteArrayInputStream(
                                        tooLarge.getBytes(StandardCharsets.UTF_8)));
        assertThat(client().send(request("/echo").POST(chunked).build(), text()).statusCode())
                .isEqualTo(413);
        var largest = "x".repeat(VirtualThreadDispatch.MAX_BODY_BYTES);
        assertThat(send("POST", "/echo", largest).body()).hasSize(largest.length());
    }

    @Test
    void a_problem_is_shown_as_the_surface_says_and_a_bug_shows_nothing() throws Exception {
        assertThat(get("/problem").body()).isEqualTo("test.problem");
        assertThat(get("/bug").statusCode()).isEqualTo(500);
        assertThat(get("/bug").body()).isEqualTo("broken").doesNotContain("Exception");
    }

    @Test
    void forwarded_headers_of_a_stranger_are_not_believed() throws Exception {
        var answer =
                client().send(
                                request("/origin")
                                        .header("X-Forwarded-Proto", "https")
                                        .header("X-Forwarded-For", "6.6.6.6")
                                        .build(),
                                text());
        assertThat(answer.body()).isEqualTo("http 127.0.0.1:" + port + " 127.0.0.1");
    }

    @Test
    void a_client_that_asks_whether_to_send_its_body_is_told_to() throws Exception {
        var asking =
                request("/echo")
                        .expectContinue(true)
                        .POST(HttpRequest.BodyPublishers.ofString("hello"));
        assertThat(client().send(asking.build(), text()).body()).isEqualTo("hello");
    }

    @Test
    void a_headers_name_may_be_written_in_any_case() throws Exception {
        var answer = client().send(request("/header").header("x-lYceum-tEst", "1").build(), text());
        assertThat(answer.body()).isEqualTo("1 1");
    }

    @Test
    void an_event_reaches_the_client_while_the_stream_is_still_open() throws Exception {
        var answer =
                client().send(
                                request("/events").build(),
                                HttpResponse.BodyHandlers.ofInputStream());
        try (var body = answer.body()) {
            assertThat(new String(body.readNBytes(2), StandardCharsets.UTF_8)).isEqualTo("\n\n");
            EVENTS.add(new EventSource.Next.Event("{\"n\":1}"));
            assertThat(new String(body.readNBytes(15), StandardCharsets.UTF_8))
                    .isEqualTo("data: {\"n\":1}\n\n");
            EVENTS.add(new EventSource.Next.End());
            assertThat(body.readAllBytes()).isEmpty();
        }
    }

    @Test
    void an_upload_is_read_while_it_is_sent_and_its_sender_slowed_to_its_reader() throws Exception {
        long length = 64L << 20;
        var answer =
                client().send(
                                request("/count")
                                        .PUT(
                                                HttpRequest.BodyPublishers.ofInputStream(
                                                        () -> new Zeros(length)))
                                        .build(),
                                text());
        assertThat(answer.body()).isEqualTo(Long.toString(length));
        var asking =
                request("/count")
                        .expectContinue(true)
                        .PUT(HttpRequest.BodyPublishers.ofString("hello"));
        assertThat(client().send(asking.build(), text()).body()).isEqualTo("5");
        assertThat(send("PUT", "/count", "").body()).isEqualTo("0");
    }

    @Test
    void who_may_not_upload_is_told_before_they_have_sent_it() throws Exception {
        var head = "PUT /refused HTTP/1.1\r\nHost: h\r\nContent-Length: 9000000000\r\n\r\n";
        try (var socket = new Socket("127.0.0.1", port)) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
            var answer =
                    new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
            assertThat(answer).startsWith("HTTP/1.1 400").contains("test.problem");
        }
    }

    @Test
    void an_upload_that_breaks_off_is_a_failure_for_its_reader() throws Exception {
        try (var socket = new Socket("127.0.0.1", port)) {
            socket.getOutputStream()
                    .write(
                            "PUT /count HTTP/1.1\r\nHost: h\r\nContent-Length: 100\r\n\r\nhalf"
                                    .getBytes(StandardCharsets.US_ASCII));
        }
        assertThat(BROKEN.poll(20, TimeUnit.SECONDS)).isEqualTo("the client has gone");
    }

    @Test
    void a_download_of_any_size_arrives_whole_or_is_seen_to_be_cut_off() throws Exception {
        var answer =
                client().send(
                                request("/zeros?n=67108864").build(),
                                HttpResponse.BodyHandlers.ofInputStream());
        try (var body = answer.body()) {
            assertThat(body.transferTo(java.io.OutputStream.nullOutputStream()))
                    .isEqualTo(64L << 20);
        }
        org.assertj.core.api.Assertions.assertThatThrownBy(() -> get("/short"))
                .isInstanceOf(IOException.class);
    }

    @Test
    void a_client_that_does_not_read_holds_back_its_own_download_only() throws Exception {
        try (var socket = new Socket("127.0.0.1", port)) {
            socket.getOutputStream()
                    .write(
                            "GET /zeros?n=4000000000 HTTP/1.1\r\nHost: h\r\n\r\n"
                                    .getBytes(StandardCharsets.US_ASCII));
            socket.getInputStream().read();
            assertThat(get("/users/all").body()).isEqualTo("/ all");
        }
        assertThat(Zeros.CLOSED.poll(20, TimeUnit.SECONDS)).isLessThan(64L << 20);
    }

    @Test
    void a_client_that_offers_to_change_to_http2_is_answered_in_http1() throws Exception {
        var offering = HttpClient.newHttpClient(); // offers h2c with its first request
        assertThat(offering.send(request("/users/all").build(), text()).body()).isEqualTo("/ all");
        var post = request("/echo").POST(HttpRequest.BodyPublishers.ofString("hello")).build();
        assertThat(HttpClient.newHttpClient().send(post, text()).body()).isEqualTo("hello");
    }

    @Test
    void a_taken_port_is_a_problem_that_names_the_port() throws Exception {
        try (var other =
                new java.net.ServerSocket(0, 1, java.net.InetAddress.getLoopbackAddress())) {
            int taken = other.getLocalPort();
            org.assertj.core.api.Assertions.assertThatThrownBy(
                            () -> listeners.listen("127.0.0.1", taken, in -> {}))
                    .isInstanceOf(Problem.class)
                    .hasMessageContaining("Port " + taken);
        }
    }

    private static HttpResponse<String> get(String path) throws Exception {
        return client().send(request(path).build(), text());
    }

    private static HttpResponse<String> send(String method, String path, String body)
            throws Exception {
        return client().send(
                        request(path)
                                .method(method, HttpRequest.BodyPublishers.ofString(body))
                                .build(),
                        text());
    }

    private static String raw(String bytes) throws IOException {
        try (var socket = new Socket("127.0.0.1", port)) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream().write(bytes.getBytes(StandardCharsets.ISO_8859_1));
            socket.shutdownOutput();
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
        }
    }

    private static HttpClient client() {
        return HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    }

    private static HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .timeout(Duration.ofSeconds(20));
    }

    private static HttpResponse.BodyHandler<String> text() {
        return HttpResponse.BodyHandlers.ofString();
    }

    private record TestSurface(String basePath) implements Surface {

        private static final Access OPEN = Access.open();

        @Override
        public List<Endpoint> endpoints() {
            return List.of(
                    Endpoint.get(
                            "users/:user",
                            OPEN,
                            r -> Response.text(200, basePath + " user " + r.param("user"))),
                    Endpoint.get("users/all", OPEN, r -> Response.text(200, basePath + " all")),
                    Endpoint.get(
                            "files/*",
                            OPEN,
                            r -> Response.text(200, basePath + " rest " + r.rest())),
                    Endpoint.post("echo", OPEN, r -> Response.bytes(200, "text/plain", r.body())),
                    Endpoint.get(
                            "origin",
                            OPEN,
                            r -> Response.text(200, r.scheme() + " " + r.host() + " " + r.peer())),
                    Endpoint.get(
                            "header",
                            OPEN,
                            r ->
                                    Response.text(
                                            200,
                                            r.header("X-Lyceum-Test").orElse("")
                                                    + " "
                                                    + r.header("x-lyceum-test").orElse(""))),
                    Endpoint.get(
                            "problem",
                            OPEN,
                            r -> {
                                throw Problem.invalid("test.problem", "as ordered");
                            }),
                    Endpoint.get(
                            "bug",
                            OPEN,
                            r -> {
                                throw new IllegalStateException("as ordered");
                            }),
                    Endpoint.upload("count", OPEN, (r, body) -> Response.text(200, count(body))),
                    Endpoint.upload(
                            "refused",
                            OPEN,
                            (r, body) -> {
                                throw Problem.invalid("test.problem", "as ordered");
                            }),
                    Endpoint.get(
                            "zeros",
                            OPEN,
                            r -> {
                                long length = Long.parseLong(r.query("n").orElseThrow());
                                return Response.stream(200, new Zeros(length), length);
                            }),
                    Endpoint.get("short", OPEN, r -> Response.stream(200, new Zeros(5), 9)),
                    Endpoint.get("events", OPEN, r -> Response.events(new QueueSource())));
        }

        @Override
        public boolean serves(Listener listener, String path) {
            return true;
        }

        @Override
        public Response unmatched(Request request) {
            return Response.of(404);
        }

        @Override
        public Response wrongMethod(Request request) {
            return Response.of(405);
        }

        @Override
        public Response failed(Request request, Problem problem) {
            return Response.text(400, problem.code());
        }

        @Override
        public Response broken(Request request) {
            return Response.text(500, "broken");
        }

        @Override
        public Response finish(Request request, Response response) {
            return response;
        }
    }

    private static final LinkedBlockingQueue<String> BROKEN = new LinkedBlockingQueue<>();

    private static String count(InputStream body) {
        try {
            return Long.toString(body.transferTo(java.io.OutputStream.nullOutputStream()));
        } catch (IOException e) {
            BROKEN.add(e.getMessage());
            throw Problem.invalid("test.broken", "as ordered");
        }
    }

    /** So many zeros; tells how many had been read when it was closed. */
    private static final class Zeros extends InputStream {

        static final LinkedBlockingQueue<Long> CLOSED = new LinkedBlockingQueue<>();

        private final long length;
        private long read;

        Zeros(long length) {
            this.length = length;
        }

        @Override
        public int read() {
            return read++ < length ? 0 : -1;
        }

        @Override
        public int read(byte[] into, int offset, int count) {
            int given = (int) Math.min(count, length - read);
            read += given;
            return given == 0 ? -1 : given;
        }

        @Override
        public void close() {
            if (length > 1_000_000_000) {
                CLOSED.add(read);
            }
        }
    }

    private static final class QueueSource implements EventSource {
        @Override
        public Next next(Duration patience) throws InterruptedException {
            var next = EVENTS.poll(patience.toMillis(), TimeUnit.MILLISECONDS);
            return next == null ? new Next.Quiet() : next;
        }

        @Override
        public void close() {}
    }
}
