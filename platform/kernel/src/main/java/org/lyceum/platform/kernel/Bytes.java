package org.lyceum.platform.kernel;

import java.util.Locale;
import java.util.regex.Pattern;

/** A number of bytes, so that no {@code long} has to say which unit it is in. */
public record Bytes(long value) implements Comparable<Bytes> {

    private static final Pattern WRITTEN = Pattern.compile("(\\d{1,15})\\s*(B|KiB|MiB|GiB|TiB)?");
    private static final String[] UNITS = {"B", "KiB", "MiB", "GiB", "TiB"};

    public Bytes {
        if (value < 0) {
            throw new IllegalArgumentException("a size must not be negative, got " + value);
        }
    }

    public static Bytes mib(long count) {
        return new Bytes(Math.multiplyExact(count, 1L << 20));
    }

    public static Bytes gib(long count) {
        return new Bytes(Math.multiplyExact(count, 1L << 30));
    }

    /**
     * Reads {@code 512MiB}, {@code 2GiB} or a plain number of bytes.
     *
     * @throws IllegalArgumentException when the text is anything else
     */
    public static Bytes parse(String text) {
        var match = WRITTEN.matcher(text.strip());
        if (!match.matches()) {
            throw new IllegalArgumentException(
                    "'" + text + "' is not a size; write for example 512MiB or 2GiB");
        }
        long factor = 1;
        String unit = match.group(2) == null ? "B" : match.group(2);
        for (int i = 0; !UNITS[i].equals(unit); i++) {
            factor <<= 10;
        }
        return new Bytes(Math.multiplyExact(Long.parseLong(match.group(1)), factor));
    }

    @Override
    public int compareTo(Bytes other) {
        return Long.compare(value, other.value);
    }

    /** The size with the largest unit that keeps it at 1 or more: {@code 1.5 GiB}. */
    @Override
    public String toString() {
        int unit = 0;
        double shown = value;
        while (shown >= 1024 && unit < UNITS.length - 1) {
            shown /= 1024;
            unit++;
        }
        return String.format(
                Locale.ROOT, shown == Math.rint(shown) ? "%.0f %s" : "%.1f %s", shown, UNITS[unit]);
    }
}
