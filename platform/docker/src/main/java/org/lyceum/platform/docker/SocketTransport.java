package org.lyceum.platform.docker;

import com.github.dockerjava.transport.DockerHttpClient;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * docker-java's transport: plain HTTP/1.1 over the engine's Unix socket, a connection for each
 * call. The library's own transports carry a whole HTTP client with TLS, cookies and proxies, which
 * cost a fifth of the platform's start (docs/adr/0016). Interrupting the caller closes the socket.
 */
final class SocketTransport implements DockerHttpClient {

    private final UnixDomainSocketAddress socket;

    SocketTransport(Path socket) {
        this.socket = UnixDomainSocketAddress.of(socket);
    }

    /** Sends {@code request} and reads the head of the answer; its body is read by the caller. */
    @Override
    public Response execute(Request request) {
        if (request.hijackedInput() != null) {
            throw new UnsupportedOperationException("attaching to a process");
        }
        SocketChannel channel = null;
        try {
            channel = SocketChannel.open(socket);
            send(request, Channels.newOutputStream(channel));
            return SocketAnswer.read(request.method(), channel);
        } catch (IOException | RuntimeException e) {
            close(channel, e);
            throw e instanceof RuntimeException bug
                    ? bug
                    : new UncheckedIOException("ask Docker", (IOException) e);
        }
    }

    private static void send(Request request, OutputStream out) throws IOException {
        var head = new StringBuilder(512);
        head.append(request.method()).append(' ').append(request.path()).append(" HTTP/1.1\r\n");
        head.append("Host: docker\r\nConnection: close\r\n");
        request.headers().forEach((name, value) -> field(head, name, value));
        var body = request.body();
        if (request.bodyBytes() != null) {
            field(head, "Content-Length", String.valueOf(request.bodyBytes().length));
        } else if (body != null) {
            field(head, "Transfer-Encoding", "chunked");
        } else if (!request.method().equals("GET")) {
            field(head, "Content-Length", "0");
        }
        out.write(head.append("\r\n").toString().getBytes(StandardCharsets.UTF_8));
        if (request.bodyBytes() != null) {
            out.write(request.bodyBytes());
        } else if (body != null) {
            sendChunks(body, out);
        }
    }

    private static void field(StringBuilder head, String name, String value) {
        if (value.indexOf('\r') >= 0 || value.indexOf('\n') >= 0) {
            throw new IllegalArgumentException("a line break in the header " + name);
        }
        head.append(name).append(": ").append(value).append("\r\n");
    }

    private static void sendChunks(InputStream body, OutputStream out) throws IOException {
        var buffer = new byte[16 * 1024];
        int count;
        while ((count = body.read(buffer)) > 0) {
            out.write((Integer.toHexString(count) + "\r\n").getBytes(StandardCharsets.US_ASCII));
            out.write(buffer, 0, count);
            out.write("\r\n".getBytes(StandardCharsets.US_ASCII));
        }
        out.write("0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
    }

    private static void close(@Nullable SocketChannel channel, Exception why) {
        try {
            if (channel != null) {
                channel.close();
            }
        } catch (IOException e) {
            why.addSuppressed(e);
        }
    }

    /** Nothing is kept between calls. */
    @Override
    public void close() {}
}
