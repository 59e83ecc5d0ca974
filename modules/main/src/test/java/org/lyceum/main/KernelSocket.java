package org.lyceum.main;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.time.Duration;
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
        this.url = url;
        var builder = HttpClient.newHttpClient().newWebSocketBuilder();
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
        var kernel =
                browser.post(
                        prefix + "api/kernels",
                        "{}",
                        "Authorization",
                        "token " + token,
                        "Content-Type",
                        "application/json");
        if (kernel.status() != 201) {
            throw new AssertionError("no kernel: " + kernel.status() + " " + kernel.body());
        }
        var id = parse(kernel.body()).path("id").asText();
        var url = origin.replaceFirst("^http", "ws") + prefix + "api/kernels/" + id + "/channels";
        return new KernelSocket(url, "Authorization", "token " + token, "Origin", origin);
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
        var message =
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
                        java.util.List.of());
        try {
            socket.sendText(JSON.writeValueAsString(message), true)
                    .orTimeout(60, TimeUnit.SECONDS)
                    .join();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return answer(id);
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
    }
}
