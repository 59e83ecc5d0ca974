package org.lyceum.files;

import org.lyceum.platform.kernel.Problem;
import org.lyceum.platform.linux.FileName;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Where something lies below the top of a folder. Written as text it can be read back, also where a
 * name is none: a byte that is no part of UTF-8, or that nobody would see, stands as {@code %FF},
 * and a percent sign as {@code %25}. The top is the empty text.
 *
 * @param names from the top on
 */
public record FilePath(List<FileName> names) {

    public static final FilePath TOP = new FilePath(List.of());

    /** Deeper than people or programs nest, and still quick to walk; Linux has no limit. */
    static final int MAX_DEPTH = 2_000;

    public FilePath {
        names = List.copyOf(names);
    }

    /**
     * @throws Problem INVALID {@code files.name-invalid}
     */
    public static FilePath parse(String written) {
        if (written.isEmpty()) {
            return TOP;
        }
        var names = new ArrayList<FileName>();
        for (var part : written.split("/", -1)) {
            names.add(name(part));
        }
        if (names.size() > MAX_DEPTH) {
            throw invalid(null);
        }
        return new FilePath(names);
    }

    /**
     * One name, written as in a path.
     *
     * @throws Problem INVALID {@code files.name-invalid}
     */
    public static FileName name(String written) {
        try {
            return FileName.of(unescaped(written));
        } catch (IllegalArgumentException e) {
            throw invalid(e);
        }
    }

    /**
     * A name as somebody typed it: a percent sign is one.
     *
     * @throws Problem INVALID {@code files.name-invalid}
     */
    public static FileName typed(String text) {
        try {
            return FileName.of(text);
        } catch (IllegalArgumentException e) {
            throw invalid(e);
        }
    }

    private static Problem invalid(@org.jspecify.annotations.Nullable Exception cause) {
        return new Problem(
                Problem.Kind.INVALID,
                "files.name-invalid",
                "A name has 1 to 255 bytes and no slash in it, and is not just dots. Choose another"
                        + " one.",
                cause);
    }

    public boolean top() {
        return names.isEmpty();
    }

    /** Its own name; of the top there is none. */
    public FileName last() {
        return names.getLast();
    }

    public FilePath parent() {
        return new FilePath(names.subList(0, names.size() - 1));
    }

    public FilePath child(FileName name) {
        var more = new ArrayList<>(names);
        more.add(name);
        return new FilePath(more);
    }

    /** Whether this is the other, or lies below it. */
    public boolean within(FilePath other) {
        return names.size() >= other.names.size()
                && names.subList(0, other.names.size()).equals(other.names);
    }

    /** One name as it stands in a path that is written. */
    public static String written(FileName name) {
        var out = new StringBuilder();
        if (name.text()) {
            new String(name.bytes(), StandardCharsets.UTF_8)
                    .codePoints()
                    .forEach(c -> append(out, c));
        } else {
            for (byte each : name.bytes()) {
                int octet = each & 0xff;
                append(out, octet < 0x80 ? octet : -octet);
            }
        }
        return out.toString();
    }

    /**
     * @param c a code point; less than 0: an octet that is none
     */
    private static void append(StringBuilder out, int c) {
        if (c < 0) {
            escape(out, -c);
        } else if (c == '%' || Character.isISOControl(c)) {
            for (byte each : Character.toString(c).getBytes(StandardCharsets.UTF_8)) {
                escape(out, each & 0xff);
            }
        } else {
            out.appendCodePoint(c);
        }
    }

    private static void escape(StringBuilder out, int octet) {
        out.append('%');
        out.append(Character.toUpperCase(Character.forDigit(octet >> 4, 16)));
        out.append(Character.toUpperCase(Character.forDigit(octet & 15, 16)));
    }

    private static byte[] unescaped(String written) {
        var out = new ByteArrayOutputStream(written.length() + 8);
        for (int i = 0; i < written.length(); ) {
            int c = written.codePointAt(i);
            if (c == '%' && i + 2 < written.length()) {
                int high = Character.digit(written.charAt(i + 1), 16);
                int low = Character.digit(written.charAt(i + 2), 16);
                if (high < 0 || low < 0) {
                    throw new IllegalArgumentException("a broken escape");
                }
                out.write((high << 4) | low);
                i += 3;
            } else if (c == '%') {
                throw new IllegalArgumentException("a broken escape");
            } else {
                out.writeBytes(Character.toString(c).getBytes(StandardCharsets.UTF_8));
                i += Character.charCount(c);
            }
        }
        return out.toByteArray();
    }

    /** Text that {@link #parse} reads. */
    @Override
    public String toString() {
        return String.join("/", names.stream().map(FilePath::written).toList());
    }
}
