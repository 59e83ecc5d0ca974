package org.lyceum.main;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * HTTP as bytes on a socket: the target and the headers go out exactly as they are given, which no
 * client library allows. One connection for each request. Blocking.
 */
final class RawClient {

    /** Longer than a hub waits for a slow start before it answers 202. */
    private static final int PATIENCE_MILLIS = 60_000;

    /** Header names are as they came; a name may be there several times. */
    record Answer(int status, List<Map.Entry<String, String>> headers, String body) {

        /** Empty when there is none. */
        String header(String name) {
            var values = all(name);
            return values.isEmpty() ? "" : values.getFirst();
        }

        List<String> all(String name) {
            return headers.stream()
                    .filter(header -> header.getKey().equalsIgnoreCase(name))
                    .map(Map.Entry::getValue)
                    .toList();
        }
    }

    private final String host;
    private final int port;

    RawClient(String origin) {
        var uri = URI.create(origin);
        this.host = uri.getHost();
        this.port = uri.getPort();
    }

    /** {@code headers}: complete lines, {@code Host} among them. */
    Answer send(String method, String target, List<String> headers, String body) {
        var bytes = body.getBytes(StandardCharsets.UTF_8);
        var head = new StringBuilder(method + " " + target + " HTTP/1.1\r\n");
        headers.forEach(line -> head.append(line).append("\r\n"));
        if (bytes.length > 0) {
            head.append("Content-Length: ").append(bytes.length).append("\r\n");
        } else if (method.equals("POST") || method.equals("PUT") || method.equals("PATCH")) {
            head.append("Content-Length: 0\r\n");
        }
        head.append("Connection: close\r\n\r\n");
        try (var socket = new Socket(host, port)) {
            socket.setSoTimeout(PATIENCE_MILLIS);
            var out = socket.getOutputStream();
            out.write(head.toString().getBytes(StandardCharsets.UTF_8));
            out.write(bytes);
            out.flush();
            return parse(socket.getInputStream().readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(method + " " + target, e);
        }
    }

    private static Answer parse(byte[] all) throws IOException {
        var text = new String(all, StandardCharsets.ISO_8859_1);
        int end = text.indexOf("\r\n\r\n");
        if (end < 0) {
            throw new IOException("no HTTP answer: " + text);
        }
        var lines = text.substring(0, end).split("\r\n");
        int status = Integer.parseInt(lines[0].split(" ")[1]);
        if (status == 100) {
            throw new AssertionError("an interim answer nobody asked for");
        }
        var headers = new ArrayList<Map.Entry<String, String>>();
        for (int i = 1; i < lines.length; i++) {
            int colon = lines[i].indexOf(':');
            headers.add(
                    Map.entry(lines[i].substring(0, colon), lines[i].substring(colon + 1).strip()));
        }
        var answer = new Answer(status, headers, "");
        var rest = text.substring(end + 4);
        if (answer.header("Transfer-Encoding").equalsIgnoreCase("chunked")) {
            rest = unchunked(rest);
        }
        var body = new String(rest.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
        return new Answer(status, headers, body);
    }

    private static String unchunked(String text) {
        var body = new ByteArrayOutputStream();
        int at = 0;
        while (true) {
            int line = text.indexOf("\r\n", at);
            int size = Integer.parseInt(text.substring(at, line).split(";")[0].strip(), 16);
            if (size == 0) {
                return body.toString(StandardCharsets.ISO_8859_1);
            }
            var chunk = text.substring(line + 2, line + 2 + size);
            body.writeBytes(chunk.getBytes(StandardCharsets.ISO_8859_1));
            at = line + 2 + size + 2;
        }
    }
}
