package org.lyceum.servers.door;

import org.lyceum.platform.app.Threads;

import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;

/** Carries bytes between two connections until both ways are over. Blocking. */
final class Relay implements AutoCloseable {

    /** Waits in each direction; whoever sends more waits until somebody reads. */
    private static final int BUFFER_BYTES = 16 * 1024;

    private final SocketChannel one;
    private final SocketChannel other;

    Relay(SocketChannel one, SocketChannel other) throws IOException {
        this.one = one;
        this.other = other;
        for (var each : new SocketChannel[] {one, other}) {
            each.setOption(StandardSocketOptions.TCP_NODELAY, true);
        }
    }

    /** Returns when nothing comes from either any more, or somebody closes this. */
    void run() throws InterruptedException {
        var back = Threads.start("door-back", () -> carry(other, one));
        carry(one, other);
        back.join();
    }

    /** An end on one way is passed on; the other way goes on. A failure ends both. */
    private void carry(SocketChannel from, SocketChannel to) {
        var buffer = ByteBuffer.allocate(BUFFER_BYTES);
        try {
            while (from.read(buffer) >= 0) {
                buffer.flip();
                while (buffer.hasRemaining()) {
                    to.write(buffer);
                }
                buffer.clear();
            }
            to.shutdownOutput();
        } catch (IOException broken) { // one of them has gone, which the other must see
            close();
        }
    }

    @Override
    public void close() {
        Door.closeQuietly(one);
        Door.closeQuietly(other);
    }
}
