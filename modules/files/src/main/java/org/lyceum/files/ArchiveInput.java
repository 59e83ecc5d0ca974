package org.lyceum.files;

import org.jspecify.annotations.Nullable;
import org.lyceum.platform.linux.Directory;
import org.lyceum.platform.linux.Entries;
import org.lyceum.platform.linux.OpenFile;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;

/** The bytes of an archive, made as they are read. One thread at a time. */
final class ArchiveInput extends InputStream {

    private static final int PIECE_BYTES = 256 * 1024;

    private final Rights rights;
    private final Directory top;
    private final ArchiveList.Reader list;
    private final ArchiveReport report;
    private final byte[] about;
    private final Runnable closed;

    /** What is to be given next: part of a header or of a file. */
    private final byte[] piece = new byte[PIECE_BYTES];

    private byte[] now = {};
    private int at;
    private int end;

    /** The file whose content comes after that. */
    private ArchiveList.@Nullable Line line;

    private @Nullable OpenFile file;
    private long given;
    private boolean last;

    ArchiveInput(
            Rights rights,
            Directory top,
            ArchiveList.Reader list,
            ArchiveReport report,
            byte[] about,
            Runnable closed) {
        this.rights = rights;
        this.top = top;
        this.list = list;
        this.report = report;
        this.about = about;
        this.closed = closed;
    }

    /** Goes to a place in the archive; files before it are not opened. */
    void skipTo(long from) throws IOException {
        long left = from;
        while (left > 0) {
            next();
            long here =
                    (end - at) + (line == null ? 0 : line.size() + TarHeader.padding(line.size()));
            if (here == 0) {
                throw new IOException("the archive has no such place");
            }
            if (left >= here) {
                at = end;
                line = null;
                left -= here;
            } else {
                int ofHead = (int) Math.min(left, end - at);
                at += ofHead;
                given = left - ofHead;
                return;
            }
        }
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
        while (at == end) {
            if (line != null) {
                content(line);
            } else if (last) {
                return -1;
            } else {
                next();
            }
        }
        int count = Math.min(length, end - at);
        System.arraycopy(now, at, into, offset, count);
        at += count;
        return count;
    }

    /** Goes on to the next thing: its header is what comes. */
    private void next() throws IOException {
        var coming = list.next();
        if (coming != null) {
            give(coming.header(), coming.header().length);
            line = coming.size() == 0 ? null : coming;
            given = 0;
            return;
        }
        var out = new ByteArrayOutputStream();
        out.writeBytes(about);
        out.writeBytes(report.bytes());
        out.writeBytes(ArchiveService.END);
        give(out.toByteArray(), out.size());
        last = true;
    }

    private void give(byte[] bytes, int count) {
        now = bytes;
        at = 0;
        end = count;
    }

    /** The next piece of a file, or what fills up its last block. */
    private void content(ArchiveList.Line of) throws IOException {
        long left = of.size() + TarHeader.padding(of.size()) - given;
        int count = (int) Math.min(left, piece.length);
        if (count > 0) {
            rights.call(() -> fill(of, count));
            given += count;
        }
        if (left == count) {
            line = null;
            closeFile();
        }
        give(piece, count);
    }

    /** Reads as much as there is; zeros stand for the rest, or other files would be lost too. */
    private boolean fill(ArchiveList.Line of, int count) {
        int wanted = (int) Math.max(0, Math.min(count, of.size() - given));
        int got = 0;
        try {
            if (file == null && wanted > 0) {
                file = open(FilePath.parse(of.path()));
            }
            while (file != null && got < wanted) {
                var part = of.content().at(given + got);
                int length = (int) Math.min(part.length(), wanted - got);
                int read = file.read(part.from(), piece, got, length);
                if (read == 0) {
                    break;
                }
                got += read;
            }
        } catch (IOException e) {
            got = 0;
        }
        if (got < wanted) {
            report.changed(of.path());
        }
        java.util.Arrays.fill(piece, got, count, (byte) 0);
        return got == wanted;
    }

    private OpenFile open(FilePath path) throws IOException {
        try (var parent = Entries.below(top, path.parent().names())) {
            return Entries.open(parent, path.last());
        }
    }

    private void closeFile() {
        if (file != null) {
            file.close();
            file = null;
        }
    }

    @Override
    public void close() {
        closeFile();
        closed.run();
    }
}
