package org.lyceum.storage.keeper;

import java.io.EOFException;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.time.Duration;

/**
 * Frames over a Unix socket: a length in four bytes, then so many bytes. Neither more than was said
 * nor longer than was said is ever waited for. Not thread-safe.
 */
final class Wire implements AutoCloseable {

    private final SocketChannel channel;
    private final Selector selector;
    private final SelectionKey key;

    /** Takes the channel over, also when it fails. */
    Wire(SocketChannel channel) throws IOException {
        this.channel = channel;
        try {
            channel.configureBlocking(false);
            this.selector = Selector.open();
            this.key = channel.register(selector, 0);
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }

    /**
     * The next frame.
     *
     * @throws RefusedException when it has more than {@code most} bytes; none of them is read
     * @throws SocketTimeoutException when it is not here in time
     * @throws EOFException when the other end has gone
     */
    byte[] receive(int most, Duration patience) throws IOException {
        long end = System.nanoTime() + patience.toNanos();
        int length = fill(ByteBuffer.allocate(Integer.BYTES), end).getInt();
        if (length < 0 || length > most) {
            throw new RefusedException("a frame of " + length + " bytes; " + most + " at most");
        }
        return fill(ByteBuffer.allocate(length), end).array();
    }

    private ByteBuffer fill(ByteBuffer buffer, long end) throws IOException {
        while (buffer.hasRemaining()) {
            int read = channel.read(buffer);
            if (read < 0) {
                throw new EOFException("the other end has gone");
            }
            if (read == 0) {
                await(SelectionKey.OP_READ, end);
            }
        }
        return buffer.flip();
    }

    /**
     * @throws SocketTimeoutException when the other end does not take it in time
     */
    void send(byte[] frame, Duration patience) throws IOException {
        long end = System.nanoTime() + patience.toNanos();
        var buffer = ByteBuffer.allocate(Integer.BYTES + frame.length);
        buffer.putInt(frame.length).put(frame).flip();
        while (buffer.hasRemaining()) {
            if (channel.write(buffer) == 0) {
                await(SelectionKey.OP_WRITE, end);
            }
        }
    }

    private void await(int operation, long end) throws IOException {
        long left = Duration.ofNanos(end - System.nanoTime()).toMillis();
        if (left <= 0) {
            throw new SocketTimeoutException("the other end says nothing");
        }
        key.interestOps(operation);
        selector.select(left);
        selector.selectedKeys().clear();
        if (Thread.currentThread().isInterrupted()) {
            throw new IOException("interrupted while waiting for the other end");
        }
    }

    @Override
    public void close() {
        try (channel;
                selector) {
            key.cancel();
        } catch (IOException gone) {
            return; // which is what was wanted
        }
    }
}
