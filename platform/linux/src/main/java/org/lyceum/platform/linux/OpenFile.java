package org.lyceum.platform.linux;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** An open plain file, read and written in pieces. One thread at a time. */
public final class OpenFile extends Descriptor {

    /** Source: Linux, include/uapi/linux/fs.h. */
    private static final int SEEK_DATA = 3;

    private static final int SEEK_HOLE = 4;

    OpenFile(long number) {
        super(number);
    }

    /**
     * Reads from a place in it.
     *
     * @return how many bytes; 0 at the end
     */
    public int read(long from, byte[] into, int offset, int length) throws KernelException {
        try (var arena = Arena.ofConfined()) {
            var piece = arena.allocate(length);
            int read = (int) Call.PREAD64.of("file", number(), piece, length, from);
            MemorySegment.copy(piece, ValueLayout.JAVA_BYTE, 0, into, offset, read);
            return read;
        }
    }

    /**
     * A part with data in it; what lies between two is a hole and reads as zeros.
     *
     * @param from in bytes from the beginning
     */
    public record Extent(long from, long length) {}

    /**
     * Where there is data, in order. Moves the place at which this file is written.
     *
     * @param most parts; empty when there are more
     */
    public Optional<List<Extent>> data(int most) throws KernelException {
        var parts = new ArrayList<Extent>();
        long at = 0;
        while (true) {
            long from;
            try {
                from = Call.LSEEK.of("file", number(), at, SEEK_DATA);
            } catch (KernelException e) {
                if (e.is(KernelException.ENXIO)) {
                    return Optional.of(parts); // there is none behind
                }
                throw e;
            }
            if (parts.size() == most) {
                return Optional.empty();
            }
            at = Call.LSEEK.of("file", number(), from, SEEK_HOLE);
            parts.add(new Extent(from, at - from));
        }
    }

    /**
     * Appends all of it.
     *
     * @throws KernelException EDQUOT, ENOSPC when no more fits
     */
    public void write(byte[] from, int offset, int length) throws KernelException {
        try (var arena = Arena.ofConfined()) {
            var piece = arena.allocate(length);
            MemorySegment.copy(from, offset, piece, ValueLayout.JAVA_BYTE, 0, length);
            int written = 0;
            while (written < length) {
                written +=
                        (int)
                                Call.WRITE.of(
                                        "file", number(), piece.asSlice(written), length - written);
            }
        }
    }

    /** Has it written to the disk; some file systems say only now that it does not fit. */
    public void flush() throws KernelException {
        Call.FSYNC.of("file", number());
    }
}
