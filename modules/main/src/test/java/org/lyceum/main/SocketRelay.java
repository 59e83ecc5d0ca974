package org.lyceum.main;

import static java.nio.charset.StandardCharsets.UTF_8;

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
import java.util.concurrent.atomic.AtomicReference;

/**
 * Stands between us and the real engine, so that a test can take the engine away and bring it back.
 */
final class SocketRelay implements AutoCloseable {

    private final Path socket;
    private final Path engine;
    private final Set<SocketChannel> open = ConcurrentHashMap.newKeySet();
    private final AtomicReference<Watch> watch = new AtomicReference<>();
    private ServerSocketChannel server;

    /** At which moment of a call something happens. */
    enum Moment {
        /** The engine does not get it. */
        BEFORE,
        /** The engine has done it, and we are not told. */
        AFTER
    }

    private record Watch(String call, Moment moment, Runnable happens) {}

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

    /** Has something happen, once, at the next call whose path ends like this. */
    void watch(String call, Moment moment, Runnable happens) {
        watch.set(new Watch(call, moment, happens));
    }

    /** Whether what was to happen has not happened yet. */
    boolean watching() {
        return watch.get() != null;
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
                var asked = new AtomicReference<>("");
                Thread.ofVirtual().start(() -> copy(ours, theirs, asked, Moment.BEFORE));
                Thread.ofVirtual().start(() -> copy(theirs, ours, asked, Moment.AFTER));
            }
        } catch (IOException ended) {
            // cut() or close()
        }
    }

    /**
     * @param asked the first line of the call, once it is known
     */
    private void copy(
            SocketChannel from, SocketChannel to, AtomicReference<String> asked, Moment moment) {
        var buffer = ByteBuffer.allocate(16 * 1024);
        try (from;
                to) {
            while (from.read(buffer) >= 0) {
                buffer.flip();
                if (moment == Moment.BEFORE && asked.get().isEmpty()) {
                    asked.set(UTF_8.decode(buffer.duplicate()).toString().split("\r\n", 2)[0]);
                }
                lookAt(asked.get(), moment);
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

    private void lookAt(String asked, Moment moment) {
        var there = watch.get();
        if (there != null
                && there.moment() == moment
                && asked.endsWith(there.call() + " HTTP/1.1")
                && watch.compareAndSet(there, null)) {
            there.happens().run();
        }
    }

    @Override
    public void close() {
        cut();
    }
}
