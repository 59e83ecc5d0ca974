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

    /** sync_file_range(2): wait for what is on its way, send the rest, wait for that. */
    private static final int WRITE_AND_WAIT = 7;

    /** Copied at once; a tenth of a second on a slow disk. */
    private static final long PIECE = 4 << 20;

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

    /** Hears how much was copied, piece by piece. */
    @FunctionalInterface
    public interface Copied {
        void more(long bytes) throws KernelException;
    }

    /** Makes it this long: what is missing is a hole. */
    public void truncate(long size) throws KernelException {
        Call.FTRUNCATE.of("file", number(), size);
    }

    /**
     * Has what programs wrote to its memory go to the disk, without the file system's own records:
     * from then on the next write is seen in the file's time, also one through memory.
     */
    public void writeBack() throws KernelException {
        Call.SYNC_FILE_RANGE.of("file", number(), 0, 0, WRITE_AND_WAIT);
    }

    /**
     * Copies the first {@code size} bytes into an empty file, in the kernel; holes stay holes. Ends
     * early where this file has become shorter. Moves the place at which both are written.
     *
     * @throws KernelException EDQUOT, ENOSPC when no more fits
     */
    public void copyTo(OpenFile empty, long size, Copied copied) throws KernelException {
        long at = 0;
        while (at < size) {
            long from;
            try {
                from = Call.LSEEK.of("file", number(), at, SEEK_DATA);
            } catch (KernelException e) {
                if (e.is(KernelException.ENXIO)) {
                    break; // a hole to the end
                }
                throw e;
            }
            long end = Math.min(size, Call.LSEEK.of("file", number(), from, SEEK_HOLE));
            copyPart(empty, from, end, copied);
            at = end;
        }
        empty.truncate(size);
    }

    private void copyPart(OpenFile to, long from, long end, Copied copied) throws KernelException {
        try (var arena = Arena.ofConfined()) {
            var source = arena.allocate(ValueLayout.JAVA_LONG);
            var target = arena.allocate(ValueLayout.JAVA_LONG);
            long at = from;
            while (at < end) {
                source.set(ValueLayout.JAVA_LONG, 0, at);
                target.set(ValueLayout.JAVA_LONG, 0, at);
                long piece = Math.min(PIECE, end - at);
                long done =
                        Call.COPY_FILE_RANGE.of(
                                "file", number(), source, to.number(), target, piece, 0);
                if (done == 0) {
                    return; // it is shorter by now
                }
                at += done;
                copied.more(done);
            }
        }
    }
}
