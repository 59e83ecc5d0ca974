package org.lyceum.files;

import org.lyceum.platform.linux.OpenFile;

import java.io.IOException;
import java.io.InputStream;

/** A part of an open file, read ahead by a piece. Closes the file. One thread at a time. */
final class FileInput extends InputStream {

    /** Each costs a turn of another thread, so more than what is sent at once. */
    private static final int PIECE_BYTES = 256 * 1024;

    private final OwnerAccess access;
    private final OpenFile file;
    private final Runnable closed;
    private final byte[] piece = new byte[PIECE_BYTES];
    private long from;
    private int at;
    private int end;

    FileInput(OwnerAccess access, OpenFile file, long from, Runnable closed) {
        this.access = access;
        this.file = file;
        this.from = from;
        this.closed = closed;
    }

    @Override
    public int read() throws IOException {
        var one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        if (at == end) {
            end = access.call(() -> file.read(from, piece, 0, piece.length));
            at = 0;
            from += end;
        }
        if (end == 0) {
            return -1;
        }
        int count = Math.min(length, end - at);
        System.arraycopy(piece, at, into, offset, count);
        at += count;
        return count;
    }

    @Override
    public void close() {
        file.close();
        closed.run();
    }
}
