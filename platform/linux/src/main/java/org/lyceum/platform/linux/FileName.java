package org.lyceum.platform.linux;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The name of something in a directory, as the kernel has it: 1 to 255 bytes, any but a slash and
 * NUL. It need not be text. Sorts by its bytes, which for text is the order of code points.
 */
public final class FileName implements Comparable<FileName> {

    public static final int MAX_BYTES = 255;

    private final byte[] bytes;

    private FileName(byte[] bytes) {
        this.bytes = bytes;
    }

    /**
     * @throws IllegalArgumentException when no file can have this name, or it is a dot or two
     */
    public static FileName of(byte[] bytes) {
        boolean dots =
                bytes.length > 0
                        && bytes[0] == '.'
                        && (bytes.length == 1 || (bytes.length == 2 && bytes[1] == '.'));
        if (bytes.length == 0 || bytes.length > MAX_BYTES || dots) {
            throw new IllegalArgumentException("no name of a file: " + bytes.length + " bytes");
        }
        for (byte each : bytes) {
            if (each == 0 || each == '/') {
                throw new IllegalArgumentException("a file's name has no slash and no NUL");
            }
        }
        return new FileName(bytes.clone());
    }

    public static FileName of(String text) {
        return of(text.getBytes(StandardCharsets.UTF_8));
    }

    public byte[] bytes() {
        return bytes.clone();
    }

    public int length() {
        return bytes.length;
    }

    /** For people: what is no text, or would not be seen, shows as a replacement character. */
    public String shown() {
        var text = new String(bytes, StandardCharsets.UTF_8);
        var shown = new StringBuilder(text.length());
        text.codePoints().map(c -> unseen(c) ? 0xFFFD : c).forEach(shown::appendCodePoint);
        return shown.toString();
    }

    /** Control characters, and those that turn the direction of what follows. */
    private static boolean unseen(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL, Character.FORMAT, Character.SURROGATE -> true;
            case Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR -> true;
            default -> false;
        };
    }

    /** Whether the bytes are UTF-8. */
    public boolean text() {
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
            return true;
        } catch (CharacterCodingException e) {
            return false;
        }
    }

    @Override
    public int compareTo(FileName other) {
        return Arrays.compareUnsigned(bytes, other.bytes);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof FileName name && Arrays.equals(bytes, name.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    /** As {@link #shown()}; never for a path. */
    @Override
    public String toString() {
        return shown();
    }
}
