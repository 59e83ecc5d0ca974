package org.lyceum.proxy;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.zip.CRC32;

/** Many octets of a known kind, and what became of them. */
final class Flow {

    static final long MIB = 1024 * 1024;

    /**
     * Sockets on both sides of the proxy may hold a few MiB each; the proxy itself next to none.
     */
    static final long BOUND = 32 * MIB;

    private static final int PIECE = 64 * 1024;

    private Flow() {}

    /** Writes {@code count} octets; {@code written} follows. Returns their checksum. */
    static long write(OutputStream out, long count, AtomicLong written) throws IOException {
        var sum = new CRC32();
        var piece = new byte[PIECE];
        for (long at = 0; at < count; ) {
            for (int i = 0; i < PIECE; i += 8) {
                piece[i] = (byte) (at >> 16);
                piece[i + 1] = (byte) (i >> 3);
            }
            int length = (int) Math.min(PIECE, count - at);
            out.write(piece, 0, length);
            sum.update(piece, 0, length);
            at += length;
            written.set(at);
        }
        out.flush();
        return sum.getValue();
    }

    /** Reads {@code count} octets and returns their checksum. */
    static long read(InputStream in, long count) throws IOException {
        var sum = new CRC32();
        var piece = new byte[PIECE];
        for (long left = count; left > 0; ) {
            int length = in.read(piece, 0, (int) Math.min(PIECE, left));
            if (length < 0) {
                throw new IOException(left + " octets of " + count + " are missing");
            }
            sum.update(piece, 0, length);
            left -= length;
        }
        return sum.getValue();
    }

    /** Waits until {@code written} has not grown for half a second, and returns it. */
    static long whereItStops(AtomicLong written) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        long seen = -1;
        long since = System.nanoTime();
        while (System.nanoTime() < deadline) {
            long now = written.get();
            if (now != seen) {
                seen = now;
                since = System.nanoTime();
            } else if (now > 0 && System.nanoTime() - since > TimeUnit.MILLISECONDS.toNanos(500)) {
                return now;
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
        }
        throw new AssertionError("still growing: " + seen);
    }
}
