package org.lyceum.files;

import org.jspecify.annotations.Nullable;
import org.lyceum.platform.linux.OpenFile.Extent;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;

/**
 * What an archive is to contain, written down before its first byte is sent: a million files take
 * 150 MB of disk and no memory. The file has no name, so nothing is left of it.
 */
final class ArchiveList implements AutoCloseable {

    private static final int BUFFER_BYTES = 64 * 1024;

    /**
     * A thing in it.
     *
     * @param path below the folder's top, as {@link FilePath#toString()}
     * @param header that stands before it
     * @param content which parts of the file follow; none for all but files
     */
    record Line(String path, byte[] header, Extents content) {

        /** Of what follows the header. */
        long size() {
            return content.packed();
        }

        /** In the archive, with what fills up its last block. */
        long length() {
            return header.length + size() + TarHeader.padding(size());
        }
    }

    private final FileChannel file;
    private final DataOutputStream out;

    /**
     * @param directory of the platform's own
     */
    ArchiveList(Path directory) throws IOException {
        Files.createDirectories(directory);
        var path = Files.createTempFile(directory, "archive-", ".list");
        this.file = FileChannel.open(path, StandardOpenOption.READ, StandardOpenOption.WRITE);
        Files.delete(path);
        this.out =
                new DataOutputStream(
                        new BufferedOutputStream(Channels.newOutputStream(file), BUFFER_BYTES));
    }

    void add(Line line) throws IOException {
        var path = line.path().getBytes(StandardCharsets.UTF_8);
        out.writeInt(path.length);
        out.write(path);
        out.writeInt(line.header().length);
        out.write(line.header());
        out.writeLong(line.content().size());
        out.writeInt(line.content().parts().size());
        for (var part : line.content().parts()) {
            out.writeLong(part.from());
            out.writeLong(part.length());
        }
    }

    /** From the beginning; nothing is added afterwards. */
    Reader read() throws IOException {
        out.writeInt(-1);
        out.flush();
        file.position(0);
        return new Reader(
                new DataInputStream(
                        new BufferedInputStream(Channels.newInputStream(file), BUFFER_BYTES)));
    }

    /** Gives one line after the other. */
    static final class Reader {

        private final DataInputStream in;

        private Reader(DataInputStream in) {
            this.in = in;
        }

        /** Null at the end. */
        @Nullable Line next() throws IOException {
            int length = in.readInt();
            if (length < 0) {
                return null;
            }
            var path = new String(in.readNBytes(length), StandardCharsets.UTF_8);
            return new Line(path, in.readNBytes(in.readInt()), content());
        }

        private Extents content() throws IOException {
            long size = in.readLong();
            var parts = new ArrayList<Extent>();
            for (int left = in.readInt(); left > 0; left--) {
                parts.add(new Extent(in.readLong(), in.readLong()));
            }
            return new Extents(size, parts);
        }
    }

    @Override
    public void close() {
        try {
            file.close();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException("closing a list of our own", e);
        }
    }
}
