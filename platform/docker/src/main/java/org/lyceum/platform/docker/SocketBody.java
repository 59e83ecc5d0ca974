package org.lyceum.platform.docker;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.ProtocolException;

/**
 * A body whose end is known: of one length, or in chunks. What is cut off is an error, not an end.
 */
final class SocketBody extends InputStream {

    /** A size of 16 hexadecimal digits and extensions nobody uses. */
    private static final int MAX_CHUNK_LINE_BYTES = 1024;

    private final InputStream in;
    private final boolean chunked;
    private long remaining;
    private boolean begun;
    private boolean ended;

    private SocketBody(InputStream in, boolean chunked, long remaining) {
        this.in = in;
        this.chunked = chunked;
        this.remaining = remaining;
    }

    static SocketBody sized(InputStream in, long length) {
        return new SocketBody(in, false, length);
    }

    static SocketBody chunked(InputStream in) {
        return new SocketBody(in, true, 0);
    }

    @Override
    public int read() throws IOException {
        var one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        if (remaining == 0 && !ended) {
            remaining = chunked ? nextChunk() : 0;
            ended = remaining == 0;
        }
        if (ended) {
            return -1;
        }
        int count = in.read(into, offset, (int) Math.min(length, remaining));
        if (count < 0) {
            throw new EOFException("Docker hung up in the middle of an answer");
        }
        remaining -= count;
        return count;
    }

    private long nextChunk() throws IOException {
        var room = new int[] {MAX_CHUNK_LINE_BYTES};
        if (begun && !SocketAnswer.line(in, room).isEmpty()) {
            throw new ProtocolException("a chunk longer than its size from Docker");
        }
        begun = true;
        var line = SocketAnswer.line(in, room);
        int end = line.indexOf(';');
        return size(end < 0 ? line : line.substring(0, end), 16);
    }

    /** A number of octets as the engine writes it. */
    static long size(String text, int radix) throws ProtocolException {
        try {
            long size = Long.parseLong(text.strip(), radix);
            if (size >= 0) {
                return size;
            }
        } catch (NumberFormatException e) {
            // said below
        }
        throw new ProtocolException("a size that is none from Docker");
    }
}
