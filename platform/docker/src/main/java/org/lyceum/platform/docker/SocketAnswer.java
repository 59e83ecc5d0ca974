package org.lyceum.platform.docker;

import com.github.dockerjava.transport.DockerHttpClient;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.ProtocolException;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What the engine answered: the head at once, the body as it comes. Closing it hangs up. */
final class SocketAnswer implements DockerHttpClient.Response {

    /** Docker's heads have some 300 octets. */
    private static final int MAX_HEAD_BYTES = 16 * 1024;

    private final SocketChannel channel;
    private final int status;
    private final Map<String, List<String>> headers;
    private final InputStream body;

    private SocketAnswer(
            SocketChannel channel,
            int status,
            Map<String, List<String>> headers,
            InputStream body) {
        this.channel = channel;
        this.status = status;
        this.headers = headers;
        this.body = body;
    }

    /**
     * @param method of the request; the answer to HEAD has no body
     * @throws IOException when the engine hangs up before its head is whole, or speaks no HTTP
     */
    static SocketAnswer read(String method, SocketChannel channel) throws IOException {
        var in = new BufferedInputStream(Channels.newInputStream(channel));
        var room = new int[] {MAX_HEAD_BYTES};
        var first = line(in, room);
        int status = status(first);
        var headers = new TreeMap<String, List<String>>(String.CASE_INSENSITIVE_ORDER);
        for (var line = line(in, room); !line.isEmpty(); line = line(in, room)) {
            int colon = line.indexOf(':');
            if (colon < 1) {
                throw new ProtocolException("a header without a name from Docker");
            }
            headers.computeIfAbsent(line.substring(0, colon), name -> new ArrayList<>(1))
                    .add(line.substring(colon + 1).strip());
        }
        boolean empty = method.equals("HEAD") || status == 204 || status == 304;
        var body = empty ? InputStream.nullInputStream() : body(in, headers);
        return new SocketAnswer(channel, status, headers, body);
    }

    private static int status(String line) throws ProtocolException {
        try {
            if (line.startsWith("HTTP/1.")) {
                return Integer.parseInt(line, 9, 12, 10);
            }
        } catch (NumberFormatException | IndexOutOfBoundsException e) {
            // said below
        }
        throw new ProtocolException("Docker's socket speaks no HTTP");
    }

    private static InputStream body(InputStream in, Map<String, List<String>> headers)
            throws IOException {
        if (headers.getOrDefault("Transfer-Encoding", List.of()).contains("chunked")) {
            return SocketBody.chunked(in);
        }
        var length = headers.get("Content-Length");
        if (length == null) {
            return in; // until the engine hangs up
        }
        return SocketBody.sized(in, SocketBody.size(length.getFirst(), 10));
    }

    /** One line without its end; {@code room} holds how many octets may still come. */
    static String line(InputStream in, int[] room) throws IOException {
        var line = new StringBuilder();
        for (int octet = in.read(); octet != '\n'; octet = in.read()) {
            if (octet < 0) {
                throw new EOFException("Docker hung up");
            }
            if (--room[0] < 0) {
                throw new ProtocolException("a head without end from Docker");
            }
            line.append((char) octet);
        }
        int end = line.length() - 1;
        return end >= 0 && line.charAt(end) == '\r' ? line.substring(0, end) : line.toString();
    }

    @Override
    public int getStatusCode() {
        return status;
    }

    @Override
    public Map<String, List<String>> getHeaders() {
        return headers;
    }

    @Override
    public InputStream getBody() {
        return body;
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw new UncheckedIOException("hang up on Docker", e);
        }
    }
}
