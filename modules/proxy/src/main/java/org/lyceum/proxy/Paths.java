package org.lyceum.proxy;

import org.jspecify.annotations.Nullable;

import java.nio.charset.StandardCharsets;

/**
 * The one reading of a request target: what the route is chosen by.
 *
 * <p>Decoded paths hold one char per octet, so that equal octets are equal text and broken UTF-8
 * needs no special case. An escaped slash stays distinct from a real one: it separates nothing, but
 * for dot segments it counts as a separator, because some server behind may see it so.
 */
final class Paths {

    /** Stands for {@code %2F}; no octet decodes to it. */
    private static final char ESCAPED_SLASH = '\u0100';

    private Paths() {}

    /**
     * Decodes the path of a raw request target, up to its query.
     *
     * @return null when it is no plain path: not starting with a slash, octets that must be
     *     escaped, a broken escape, or a dot segment in any spelling
     */
    static @Nullable String decode(String target) {
        if (target.isEmpty() || target.charAt(0) != '/') {
            return null;
        }
        int end = target.length();
        boolean escaped = false;
        boolean dot = false;
        for (int i = 0; i < target.length(); i++) {
            char c = target.charAt(i);
            if (c <= ' ' || c >= 0x7f || c == '#') {
                return null;
            }
            if (i < end) {
                if (c == '?') {
                    end = i;
                } else if (c == '%') {
                    escaped = true;
                } else if (c == '.') {
                    dot |= target.charAt(i - 1) == '/';
                }
            }
        }
        String path = target.substring(0, end);
        if (escaped) {
            path = unescape(path);
            dot = true;
        }
        return path == null || (dot && hasDotSegment(path)) ? null : path;
    }

    /** The text that {@link #decode} makes of a prefix given as ordinary text. */
    static String key(String prefix) {
        return new String(prefix.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
    }

    /** Whether a segment is {@code .} or {@code ..}, also with parameters: {@code ..;x}. */
    static boolean hasDotSegment(String path) {
        int start = 0;
        for (int i = 0; i <= path.length(); i++) {
            if (i == path.length() || path.charAt(i) == '/' || path.charAt(i) == ESCAPED_SLASH) {
                if (isDots(path, start, i)) {
                    return true;
                }
                start = i + 1;
            }
        }
        return false;
    }

    private static boolean isDots(String path, int start, int end) {
        int dots = 0;
        while (start + dots < end && path.charAt(start + dots) == '.') {
            dots++;
        }
        boolean whole = start + dots == end || path.charAt(start + dots) == ';';
        return whole && (dots == 1 || dots == 2);
    }

    /** Null when an escape is broken. */
    static @Nullable String unescape(String path) {
        var decoded = new StringBuilder(path.length());
        for (int i = 0; i < path.length(); i++) {
            char c = path.charAt(i);
            if (c != '%') {
                decoded.append(c);
                continue;
            }
            if (i + 2 >= path.length()) {
                return null;
            }
            int high = Character.digit(path.charAt(i + 1), 16);
            int low = Character.digit(path.charAt(i + 2), 16);
            if (high < 0 || low < 0) {
                return null;
            }
            int octet = (high << 4) | low;
            decoded.append(octet == '/' ? ESCAPED_SLASH : (char) octet);
            i += 2;
        }
        return decoded.toString();
    }
}
