package org.lyceum.main;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Stands between us and the real engine, so that a test can take the engine away and bring it back.
 */
final class SocketRelay implements AutoCloseable {

    private final Path socket;
    private final Path engine;
    private final Set<SocketChannel> open = ConcurrentHashMap.newKeySet();
    private ServerSocketChannel server;

    SocketRelay(Path socket, Path engine) {
        this.socket = socket;
        this.engine = engine;
        restore();
    }

    /** The engine is gone: open calls break, new ones are refused. */
    void cut() {
        try {
            server.close();
            Files.deleteIfExists(socket);
            for (var channel : open) {
                channel.close();
            }
            open.clear();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The engine is back. */
    void restore() {
        try {
            server =
                    ServerSocketChannel.open(StandardProtocolFamily.UNIX)
                            .bind(UnixDomainSocketAddress.of(socket));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        var listening = server;
        Thread.ofVirtual().start(() -> accept(listening));
    }

    private void accept(ServerSocketChannel listening) {
        try {
            while (true) {
                var ours = listening.accept();
                var theirs = SocketChannel.open(UnixDomainSocketAddress.of(engine));
                open.add(ours);
                open.add(theirs);
                Thread.ofVirtual().start(() -> copy(ours, theirs));
                Thread.ofVirtual().start(() -> copy(theirs, ours));
            }
        } catch (IOException ended) {
            // cut() or close()
        }
    }

    private void copy(SocketChannel from, SocketChannel to) {
        var buffer = ByteBuffer.allocate(16 * 1024);
        try (from;
                to) {
            while (from.read(buffer) >= 0) {
                buffer.flip();
                while (buffer.hasRemaining()) {
                    to.write(buffer);
                }
                buffer.clear();
            }
        } catch (IOException ended) {
            // one side is gone; closing both tells the other
        } finally {
            open.remove(from);
            open.remove(to);
        }
    }

    @Override
    public void close() {
        cut();
    }
}
