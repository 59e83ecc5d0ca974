package org.lyceum.main;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * Talks to a real kernel through the gateway: one WebSocket, JSON messages of Jupyter's protocol.
 */
final class KernelSocket implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final LinkedBlockingQueue<String> received = new LinkedBlockingQueue<>();
    private final WebSocket socket;
    private final String url;

    private KernelSocket(String url, String... headers) {
        this(url, List.of(), headers);
    }

    private KernelSocket(String url, List<String> protocols, String... headers) {
        this.url = url;
        var builder = HttpClient.newHttpClient().newWebSocketBuilder();
        protocols.forEach(protocol -> builder.subprotocols(protocol));
        for (int i = 0; i < headers.length; i += 2) {
            builder.header(headers[i], headers[i + 1]);
        }
        this.socket =
                builder.buildAsync(URI.create(url), new Collector())
                        .orTimeout(60, TimeUnit.SECONDS)
                        .join();
    }

    /** Starts a kernel of the server below {@code prefix} and opens its channels. */
    static KernelSocket open(Browser browser, String origin, String prefix, String token) {
        var path = start(browser, prefix, "Authorization", "token " + token);
        return new KernelSocket(
                channels(origin, path), "Authorization", "token " + token, "Origin", origin);
    }

    /**
     * As a page's script does it: cookies, and the server's own proof on what changes something.
     */
    static KernelSocket withCookies(Browser browser, String origin, String prefix, String xsrf) {
        var path = start(browser, prefix, "X-XSRFToken", xsrf);
        return new KernelSocket(
                channels(origin, path), "Cookie", browser.cookieHeader(path), "Origin", origin);
    }

    /** As an editor does it: no cookies, no Origin, and the token in the socket's address too. */
    static KernelSocket withTokenInAddress(
            Browser browser, String origin, String prefix, String token) {
        var path = start(browser, prefix, "Authorization", "token " + token);
        return new KernelSocket(
                channels(origin, path) + "?token=" + token, "Authorization", "token " + token);
    }

    /** As JupyterLab does it, which offers a subprotocol. */
    static KernelSocket offering(
            String protocol, Browser browser, String origin, String prefix, String token) {
        var path = start(browser, prefix, "Authorization", "token " + token);
        return new KernelSocket(
                channels(origin, path),
                List.of(protocol),
                "Authorization",
                "token " + token,
                "Origin",
                origin);
    }

    /** What the server chose of what was offered; empty when nothing. */
    String subprotocol() {
        return socket.getSubprotocol();
    }

    private static String start(Browser browser, String prefix, String name, String value) {
        var kernel =
                browser.post(
                        prefix + "api/kernels",
                        "{}",
                        name,
                        value,
                        "Content-Type",
                        "application/json");
        if (kernel.status() != 201) {
            throw new AssertionError("no kernel: " + kernel.status() + " " + kernel.body());
        }
        return prefix + "api/kernels/" + parse(kernel.body()).path("id").asText();
    }

    private static String channels(String origin, String path) {
        return origin.replaceFirst("^http", "ws") + path + "/channels";
    }

    /** Where the kernel is found by REST. */
    String path() {
        return URI.create(url).getRawPath().replaceFirst("/channels$", "");
    }

    /** A new socket to the same kernel, with what it remembers. */
    KernelSocket again(String origin, String token) {
        return new KernelSocket(url, "Authorization", "token " + token, "Origin", origin);
    }

    /** Runs {@code code} and returns what it printed, or its value. */
    String run(String code) {
        var id = UUID.randomUUID().toString();
        var header =
                Map.of(
                        "msg_id",
                        id,
                        "msg_type",
                        "execute_request",
                        "username",
                        "",
                        "session",
                        id,
                        "version",
                        "5.3");
        var content =
                Map.of(
                        "code",
                        code,
                        "silent",
                        false,
                        "store_history",
                        false,
                        "user_expressions",
                        Map.of(),
                        "allow_stdin",
                        false);
        Map<String, Object> message =
                Map.of(
                        "header",
                        header,
                        "parent_header",
                        Map.of(),
                        "metadata",
                        Map.of(),
                        "content",
                        content,
                        "channel",
                        "shell",
                        "buffers",
                        List.of());
        send(message);
        return answer(id);
    }

    private void send(Map<String, Object> message) {
        try {
            var sent =
                    subprotocol().isEmpty()
                            ? socket.sendText(JSON.writeValueAsString(message), true)
                            : socket.sendBinary(KernelFrames.frame(message), true);
            sent.orTimeout(60, TimeUnit.SECONDS).join();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String answer(String id) {
        var text = new StringBuilder();
        while (true) {
            var message = next();
            if (!message.path("parent_header").path("msg_id").asText().equals(id)) {
                continue;
            }
            var content = message.path("content");
            switch (message.path("header").path("msg_type").asText()) {
                case "stream" -> text.append(content.path("text").asText());
                case "execute_result" ->
                        text.append(content.path("data").path("text/plain").asText());
                case "error" -> throw new AssertionError(content.toString());
                case "status" -> {
                    if (content.path("execution_state").asText().equals("idle")) {
                        return text.toString().strip();
                    }
                }
                default -> {}
            }
        }
    }

    private JsonNode next() {
        try {
            var text = received.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS);
            if (text == null) {
                throw new AssertionError("the kernel said nothing for " + PATIENCE);
            }
            return parse(text);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static JsonNode parse(String text) {
        try {
            return JSON.readTree(text);
        } catch (IOException e) {
            throw new UncheckedIOException(text, e);
        }
    }

    boolean open() {
        return !socket.isInputClosed() && !socket.isOutputClosed();
    }

    @Override
    public void close() {
        socket.abort();
    }

    private final class Collector implements WebSocket.Listener {

        private final StringBuilder partial = new StringBuilder();
        private final ByteArrayOutputStream frame = new ByteArrayOutputStream();

        @Override
        public CompletionStage<?> onText(WebSocket webSocket, CharSequence data, boolean last) {
            partial.append(data);
            if (last) {
                received.add(partial.toString());
                partial.setLength(0);
            }
            webSocket.request(1);
            return null;
        }

        @Override
        public CompletionStage<?> onBinary(WebSocket webSocket, ByteBuffer data, boolean last) {
            var bytes = new byte[data.remaining()];
            data.get(bytes);
            frame.writeBytes(bytes);
            if (last) {
                received.add(KernelFrames.message(frame.toByteArray()));
                frame.reset();
            }
            webSocket.request(1);
            return null;
        }
    }
}
