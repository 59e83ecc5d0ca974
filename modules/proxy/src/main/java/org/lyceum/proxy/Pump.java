package org.lyceum.proxy;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.streams.ReadStream;
import io.vertx.core.streams.WriteStream;

import org.jspecify.annotations.Nullable;

/** Writes what is read, and reads no faster than it can be written. Event loop. */
final class Pump {

    private final ReadStream<Buffer> source;
    private final WriteStream<Buffer> sink;
    private final @Nullable HttpConnection server;
    private @Nullable LastWords words;
    private boolean paused;

    /**
     * Does nothing by itself.
     *
     * @param server the connection that {@code source} reads from, when it is one to a server
     */
    Pump(ReadStream<Buffer> source, WriteStream<Buffer> sink, @Nullable HttpConnection server) {
        this.source = source;
        this.sink = sink;
        this.server = server;
    }

    /** To be called for each piece that the source hands out. */
    void move(Buffer piece) {
        sink.write(piece);
        if (sink.writeQueueFull()) {
            pause();
        }
    }

    private void pause() {
        if (server != null && words == null) {
            words = LastWords.on(server);
        }
        if (words != null) {
            words.hold();
        }
        paused = true;
        source.pause();
        sink.drainHandler(drained -> resume());
    }

    private void resume() {
        if (!paused) {
            return; // Filled and emptied within one write.
        }
        paused = false;
        if (words != null) {
            words.resume(source);
        } else {
            source.resume();
        }
    }

    /** To be called when what still waits is no longer wanted. */
    void stop() {
        if (words != null) {
            words.letGo();
        }
    }
}
