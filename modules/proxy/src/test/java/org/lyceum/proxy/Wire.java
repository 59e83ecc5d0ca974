package org.lyceum.proxy;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;

/** One end of a TCP connection that says and hears exactly what a test wants. Blocking. */
final class Wire implements AutoCloseable {

    private static final int PATIENCE_MILLIS = 20_000;

    final Socket socket;
    private final InputStream in;
    private final OutputStream out;

    Wire(Socket socket) throws IOException {
        this.socket = socket;
        socket.setSoTimeout(PATIENCE_MILLIS);
        socket.setTcpNoDelay(true);
        this.in = new BufferedInputStream(socket.getInputStream(), 64 * 1024);
        this.out = socket.getOutputStream();
    }

    static Wire to(int port) throws IOException {
        return new Wire(new Socket("127.0.0.1", port));
    }

    Wire send(String text) throws IOException {
        return send(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    Wire send(byte[] octets) throws IOException {
        out.write(octets);
        out.flush();
        return this;
    }

    /** A request without body, Host included. */
    Wire get(String target, String... headers) throws IOException {
        return ask("GET", target, headers);
    }

    Wire ask(String method, String target, String... headers) throws IOException {
        var lines = List.of(headers).stream().map(h -> h + "\r\n").reduce("", String::concat);
        return send(method + " " + target + " HTTP/1.1\r\nHost: hub.example\r\n" + lines + "\r\n");
    }

    /** Start line and headers, without the empty line; empty when the other side has closed. */
    Head head() throws IOException {
        var text = new StringBuilder();
        while (true) {
            var line = line();
            if (line == null) {
                return new Head("");
            }
            if (line.isEmpty()) {
                return new Head(text.toString());
            }
            text.append(line).append('\n');
        }
    }

    String line() throws IOException {
        var line = new ByteArrayOutputStream();
        for (int b = in.read(); b >= 0; b = in.read()) {
            if (b == '\n') {
                return line.toString(StandardCharsets.ISO_8859_1).replace("\r", "");
            }
            line.write(b);
        }
        return line.size() == 0 ? null : line.toString(StandardCharsets.ISO_8859_1);
    }

    byte[] octets(int count) throws IOException {
        var octets = in.readNBytes(count);
        if (octets.length < count) {
            throw new EOFException("only " + octets.length + " of " + count + " octets came");
        }
        return octets;
    }

    String text(int count) throws IOException {
        return new String(octets(count), StandardCharsets.ISO_8859_1);
    }

    /** The next chunk of a chunked body; empty at its end. */
    String chunk() throws IOException {
        int size = Integer.parseInt(line().split(";")[0], 16);
        var chunk = text(size);
        line();
        return chunk;
    }

    /** The body that {@code head} announces. */
    String body(Head head) throws IOException {
        if (head.has("content-length")) {
            return text(Integer.parseInt(head.value("content-length")));
        }
        if (!head.has("transfer-encoding")) {
            return "";
        }
        var body = new StringBuilder();
        for (var chunk = chunk(); !chunk.isEmpty(); chunk = chunk()) {
            body.append(chunk);
        }
        return body.toString();
    }

    InputStream in() {
        return in;
    }

    OutputStream out() {
        return out;
    }

    /** Waits for the other side to close; whether by FIN or reset. */
    boolean closesWithoutMore() {
        try {
            return in.read() < 0;
        } catch (java.net.SocketTimeoutException late) {
            return false;
        } catch (IOException reset) {
            return true;
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }

    /** A start line and headers. */
    record Head(String text) {

        String start() {
            return text.lines().findFirst().orElse("");
        }

        int status() {
            return Integer.parseInt(start().split(" ")[1]);
        }

        String target() {
            return start().split(" ")[1];
        }

        List<String> values(String name) {
            var prefix = name.toLowerCase(Locale.ROOT) + ":";
            return text.lines()
                    .skip(1)
                    .filter(line -> line.toLowerCase(Locale.ROOT).startsWith(prefix))
                    .map(line -> line.substring(prefix.length()).strip())
                    .toList();
        }

        boolean has(String name) {
            return !values(name).isEmpty();
        }

        String value(String name) {
            var values = values(name);
            if (values.size() != 1) {
                throw new AssertionError(name + " is there " + values.size() + " times: " + text);
            }
            return values.getFirst();
        }
    }
}
