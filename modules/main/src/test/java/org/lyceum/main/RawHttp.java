package org.lyceum.main;

import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/** Sends exactly the octets it is given, which a real client would not. */
final class RawHttp {

    private static final String CONTINUE = "HTTP/1.1 100 Continue\r\n\r\n";

    private static final int PATIENCE_MILLIS = 10_000;

    /**
     * @param status 0 when the connection was closed without an answer
     * @param text head and body
     */
    record Answer(int status, String text) {}

    private final String host;
    private final int port;

    RawHttp(String origin) {
        var uri = URI.create(origin);
        this.host = uri.getHost();
        this.port = uri.getPort();
    }

    String authority() {
        return host + ":" + port;
    }

    /** Ends any body that was announced and did not come, so that nobody waits for the rest. */
    private static final String REST = "\r\nno chunk, no request\r\n\r\n";

    /**
     * {@code head}: request line and header lines, each with its line end, without the last one.
     */
    Answer send(String head, String body) {
        try (var socket = new Socket(host, port)) {
            socket.setSoTimeout(PATIENCE_MILLIS);
            var out = socket.getOutputStream();
            out.write(
                    (head + "Connection: close\r\n\r\n" + body + REST)
                            .getBytes(StandardCharsets.UTF_8));
            out.flush();
            var text = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (text.startsWith(CONTINUE)) {
                text = text.substring(CONTINUE.length());
            }
            boolean answered = text.startsWith("HTTP/1.1 ") && text.length() > 12;
            return new Answer(answered ? Integer.parseInt(text.substring(9, 12)) : 0, text);
        } catch (IOException refused) {
            return new Answer(0, ""); // closed while we were still writing
        }
    }
}
