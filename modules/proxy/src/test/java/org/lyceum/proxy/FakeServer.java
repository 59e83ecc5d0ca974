package org.lyceum.proxy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;

/** A single-user server as a test wants it: raw, on a real socket, remembering each head. */
final class FakeServer implements AutoCloseable {

    /** What the server does with one connection. */
    interface Talk {
        void over(Wire wire, FakeServer server) throws Exception;
    }

    final List<Wire.Head> heads = new CopyOnWriteArrayList<>();
    private final ServerSocket listener;
    private final Set<Wire> open = ConcurrentHashMap.newKeySet();
    private final AtomicReference<Exception> failure = new AtomicReference<>();

    FakeServer(Talk talk) throws IOException {
        listener = new ServerSocket(0, 512, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(() -> accept(talk));
    }

    /** Answers each request with {@code answer}, on kept connections, after reading its body. */
    static FakeServer answering(String answer) throws IOException {
        return new FakeServer(
                (wire, server) -> {
                    for (var head = server.head(wire); head != null; head = server.head(wire)) {
                        wire.body(head);
                        wire.send(answer);
                    }
                });
    }

    static FakeServer ok() throws IOException {
        return answering("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
    }

    int port() {
        return listener.getLocalPort();
    }

    /** Reads and remembers the next head; null when the proxy has closed. */
    Wire.Head head(Wire wire) throws IOException {
        var head = wire.head();
        if (head.text().isEmpty()) {
            return null;
        }
        heads.add(head);
        return head;
    }

    Wire.Head last() {
        return heads.getLast();
    }

    int connections() {
        return open.size();
    }

    Exception failure() {
        return failure.get();
    }

    private void accept(Talk talk) {
        try {
            while (true) {
                var wire = new Wire(listener.accept());
                open.add(wire);
                Thread.ofVirtual().start(() -> talk(talk, wire));
            }
        } catch (IOException closed) {
            // The test is over.
        }
    }

    private void talk(Talk talk, Wire wire) {
        try (wire) {
            talk.over(wire, this);
        } catch (Exception e) {
            failure.compareAndSet(null, e);
        } finally {
            open.remove(wire);
        }
    }

    @Override
    public void close() throws IOException {
        listener.close();
        for (var wire : open) {
            wire.close();
        }
    }
}
