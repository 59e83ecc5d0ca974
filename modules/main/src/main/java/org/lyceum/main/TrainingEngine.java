package org.lyceum.main;

import org.lyceum.platform.app.Threads;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * An engine that runs nothing: answers what a start asks of Docker, so that a training run walks
 * through the same client code as a real start, on any machine.
 */
record TrainingEngine(Path socket, ServerSocketChannel listening) implements AutoCloseable {

    static TrainingEngine listen(Path socket) throws IOException {
        var listening =
                ServerSocketChannel.open(StandardProtocolFamily.UNIX)
                        .bind(UnixDomainSocketAddress.of(socket));
        var engine = new TrainingEngine(socket, listening);
        Threads.start("training-engine", engine::serve);
        return engine;
    }

    private void serve() {
        try {
            while (true) {
                var caller = listening.accept();
                Threads.start("training-engine-call", () -> answer(caller));
            }
        } catch (IOException closed) {
            // the training is over
        }
    }

    private static void answer(SocketChannel caller) {
        try (caller) {
            var in =
                    new BufferedReader(
                            new InputStreamReader(
                                    Channels.newInputStream(caller), StandardCharsets.US_ASCII));
            var path = in.readLine();
            for (var line = path; line != null && !line.isEmpty(); ) {
                line = in.readLine();
            }
            caller.write(ByteBuffer.wrap(reply(path == null ? "" : path)));
        } catch (IOException hungUp) {
            // whoever asked no longer wants to know
        }
    }

    private static byte[] reply(String request) {
        String body;
        if (request.contains("/containers/json")) {
            body = "[]";
        } else if (request.contains("/images/")) {
            body = "{\"Id\":\"sha256:0\",\"Config\":{}}";
        } else {
            body = "{\"Version\":\"0\",\"ApiVersion\":\"1.41\"}";
        }
        // In chunks, as Docker does it.
        return ("HTTP/1.1 200 OK\r\n"
                        + "Content-Type: application/json\r\n"
                        + "Transfer-Encoding: chunked\r\n\r\n"
                        + Integer.toHexString(body.length())
                        + "\r\n"
                        + body
                        + "\r\n0\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII);
    }

    @Override
    public void close() throws IOException {
        listening.close();
    }
}
