package org.lyceum.files;

import org.lyceum.platform.linux.OpenFile.Extent;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;

/**
 * What stands before a thing in an archive; the pax interchange format of POSIX.1-2001, read by
 * every tar of today. Names are bytes: one that is no UTF-8 is marked as such. The same thing gives
 * the same header.
 */
final class TarHeader {

    static final int BLOCK = 512;

    static final char FILE = '0';
    static final char LINK = '2';
    static final char DIRECTORY = '5';
    private static final char EXTENDED = 'x';

    private static final int NAME_BYTES = 100;

    /** What eleven octal digits can say. */
    private static final long MAX_NUMBER = (1L << 33) - 1;

    /** Whom everything belongs to in a server; a tar of root's gives it to them again. */
    private static final int OWNER = org.lyceum.storage.StorageConfig.UID;

    private TarHeader() {}

    /**
     * @param name whole path in the archive; of a directory with a slash at its end
     * @param seconds since 1970
     */
    static byte[] of(char type, byte[] name, long size, long seconds, int mode, byte[] target) {
        var more = new ByteArrayOutputStream();
        if (name.length > NAME_BYTES) {
            record(more, "path", name);
        }
        if (target.length > NAME_BYTES) {
            record(more, "linkpath", target);
        }
        large(more, size, seconds);
        var plain = block(type, name, size, seconds, mode, target);
        if (more.size() == 0) {
            return plain;
        }
        return extended(more.toByteArray(), utf8(name) && utf8(target), plain);
    }

    /**
     * Of a file with holes, with the map that stands before its parts: GNU's sparse format 1.0,
     * which the tars of Linux, macOS and BSD read. Source: GNU tar, "Storing Sparse Files".
     *
     * @param name whole path in the archive
     */
    static byte[] sparse(byte[] name, Extents content, long seconds, int mode) {
        var map = map(content);
        long size = map.length + content.packed();
        var more = new ByteArrayOutputStream();
        record(more, "GNU.sparse.major", digits(1));
        record(more, "GNU.sparse.minor", digits(0));
        record(more, "GNU.sparse.name", name);
        record(more, "GNU.sparse.realsize", digits(content.size()));
        large(more, size, seconds);
        var stand = ascii("GNUSparseFile.0/file");
        var plain = block(FILE, stand, size, seconds, mode, new byte[0]);
        var out = new ByteArrayOutputStream();
        out.writeBytes(extended(more.toByteArray(), utf8(name), plain));
        out.writeBytes(map);
        return out.toByteArray();
    }

    /** How many parts, then where each begins and how long it is, a line each. */
    private static byte[] map(Extents content) {
        var parts = new ArrayList<>(content.parts());
        parts.add(new Extent(content.size(), 0)); // or a hole at the end would be lost
        var lines = new StringBuilder().append(parts.size()).append('\n');
        for (var part : parts) {
            lines.append(part.from()).append('\n').append(part.length()).append('\n');
        }
        return Arrays.copyOf(ascii(lines.toString()), lines.length() + padding(lines.length()));
    }

    /** What a block has no digits for; there, something stands in for it. */
    private static void large(ByteArrayOutputStream records, long size, long seconds) {
        if (size > MAX_NUMBER) {
            record(records, "size", digits(size));
        }
        if (!fits(seconds)) {
            record(records, "mtime", digits(seconds));
        }
    }

    private static boolean fits(long number) {
        return number >= 0 && number <= MAX_NUMBER;
    }

    private static byte[] extended(byte[] records, boolean utf8, byte[] plain) {
        var all = new ByteArrayOutputStream();
        if (!utf8) {
            record(all, "hdrcharset", "BINARY".getBytes(StandardCharsets.US_ASCII));
        }
        all.writeBytes(records);
        var head = block(EXTENDED, ascii("PaxHeaders/more"), all.size(), 0, 0644, new byte[0]);
        var out = new ByteArrayOutputStream();
        out.writeBytes(head);
        out.writeBytes(all.toByteArray());
        out.writeBytes(new byte[padding(all.size())]);
        out.writeBytes(plain);
        return out.toByteArray();
    }

    /** {@code "27 path=some/where/long\n"}; the number counts itself too. */
    private static void record(ByteArrayOutputStream out, String key, byte[] value) {
        int length = key.length() + value.length + 3; // a space, an equals sign, an end of line
        int all = length + digits(length).length;
        all = length + digits(all).length;
        out.writeBytes(digits(all));
        out.write(' ');
        out.writeBytes(ascii(key));
        out.write('=');
        out.writeBytes(value);
        out.write('\n');
    }

    private static byte[] block(
            char type, byte[] name, long size, long seconds, int mode, byte[] target) {
        var block = new byte[BLOCK];
        put(block, 0, Arrays.copyOf(name, Math.min(name.length, NAME_BYTES)));
        put(block, 100, octal(mode & 0777, 7));
        put(block, 108, octal(OWNER, 7));
        put(block, 116, octal(OWNER, 7));
        put(block, 124, octal(Math.min(size, MAX_NUMBER), 11));
        put(block, 136, octal(fits(seconds) ? seconds : 0, 11));
        put(block, 148, ascii("        "));
        block[156] = (byte) type;
        put(block, 157, Arrays.copyOf(target, Math.min(target.length, NAME_BYTES)));
        put(block, 257, ascii("ustar\00000"));
        int sum = 0;
        for (byte each : block) {
            sum += each & 0xff;
        }
        put(block, 148, octal(sum, 6));
        block[154] = 0;
        return block;
    }

    /** Bytes that fill up the last block. */
    static int padding(long size) {
        return (int) (-size & (BLOCK - 1));
    }

    private static boolean utf8(byte[] bytes) {
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
            return true;
        } catch (CharacterCodingException e) {
            return false;
        }
    }

    private static byte[] octal(long number, int digits) {
        var text = Long.toOctalString(number);
        return ascii("0".repeat(digits - text.length()) + text);
    }

    private static byte[] digits(long number) {
        return ascii(Long.toString(number));
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private static void put(byte[] block, int at, byte[] bytes) {
        System.arraycopy(bytes, 0, block, at, bytes.length);
    }
}
