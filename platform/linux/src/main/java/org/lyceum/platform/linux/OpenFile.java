package org.lyceum.platform.linux;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** An open plain file, read and written in pieces. One thread at a time. */
public final class OpenFile extends Descriptor {

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
