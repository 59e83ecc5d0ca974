package org.lyceum.proxy;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.streams.ReadStream;
import io.vertx.core.streams.WriteStream;

/** Writes what is read, and reads no faster than it can be written. Event loop. */
final class Pump {

    private Pump() {}

    /** To be called for each piece that {@code source} hands out. */
    static void move(Buffer piece, ReadStream<Buffer> source, WriteStream<Buffer> sink) {
        sink.write(piece);
        if (sink.writeQueueFull()) {
            source.pause();
            sink.drainHandler(drained -> source.resume());
        }
    }
}
