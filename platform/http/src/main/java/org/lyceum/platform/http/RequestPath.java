package org.lyceum.platform.http;

import org.jspecify.annotations.Nullable;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The one reading of a request target: what a route is chosen by, an endpoint found by and access
 * checked on. No other class decodes a path, so no two can understand one differently.
 *
 * <p>A path is read as octets: text with one char for each octet, so that equal octets are equal
 * text and broken UTF-8 needs no special case. An escaped slash stays distinct from a real one: it
 * separates nothing, but for dot segments it counts as a separator, because some server behind may
 * see it so.
 */
public final class RequestPath {

    /** Stands for {@code %2F}; no octet decodes to it. */
    private static final char ESCAPED_SLASH = '\u0100';

    private RequestPath() {}

    /**
     * Reads the path of a raw request target, up to its query.
     *
     * @return null when it is no plain path: not starting with a slash, octets that must be
     *     escaped, a broken escape, or a dot segment in any spelling
     */
    public static @Nullable String octets(String target) {
        if (target.isEmpty() || target.charAt(0) != '/') {
            return null; // absolute form and "*" are for other kinds of proxies
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

    /**
     * The path's segments as text; the first is empty, and a trailing slash shows as a last empty
     * one.
     *
     * @param octets as {@link #octets} reads them
     * @return empty when one is no text
     */
    static Optional<List<String>> segments(String octets) {
        var segments = new ArrayList<String>();
        for (var segment : octets.split("/", -1)) {
            var text = text(segment);
            if (text.isEmpty()) {
                return Optional.empty();
            }
            segments.add(text.get());
        }
        return Optional.of(segments);
    }

    /**
     * One segment of a raw path as text; {@code +} stays a plus.
     *
     * @return empty when an escape is broken, or what comes out is no text
     */
    public static Optional<String> segment(String raw) {
        return Optional.ofNullable(unescape(raw)).flatMap(RequestPath::text);
    }

    /** Empty when the octets are not UTF-8, or have a NUL or another control character in them. */
    private static Optional<String> text(String octets) {
        var bytes = octets.replace(ESCAPED_SLASH, '/').getBytes(StandardCharsets.ISO_8859_1);
        try {
            var text =
                    StandardCharsets.UTF_8
                            .newDecoder()
                            .onMalformedInput(CodingErrorAction.REPORT)
                            .onUnmappableCharacter(CodingErrorAction.REPORT)
                            .decode(ByteBuffer.wrap(bytes))
                            .toString();
            boolean control = text.chars().anyMatch(Character::isISOControl);
            return control ? Optional.empty() : Optional.of(text);
        } catch (CharacterCodingException e) {
            return Optional.empty();
        }
    }

    /** Joins segments to a path that is safe to compare: a slash inside one stays escaped. */
    static String join(List<String> segments) {
        return segments.stream()
                .map(segment -> segment.replace("/", "%2F"))
                .collect(Collectors.joining("/"));
    }

    /** The octets of a prefix given as ordinary text. */
    public static String octetsOf(String prefix) {
        return new String(prefix.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
    }

    /** Whether a segment is {@code .} or {@code ..}, also with parameters: {@code ..;x}. */
    public static boolean hasDotSegment(String path) {
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
    public static @Nullable String unescape(String path) {
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
