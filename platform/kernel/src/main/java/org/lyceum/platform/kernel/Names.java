package org.lyceum.platform.kernel;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;

/** How names are written into URLs, and read back. The only place that escapes a name. */
public final class Names {

    /** Longest user, server or group name; JupyterHub's column is as wide. */
    public static final int MAX_LENGTH = 255;

    private static final String UNRESERVED = "_.-~";

    private Names() {}

    /** One segment of a URL path: all but {@code A-Z a-z 0-9 _ . - ~ @} is percent-encoded. */
    public static String pathSegment(String name) {
        return encode(name, UNRESERVED + "@");
    }

    /** A value inside a query string: everything that is not unreserved is percent-encoded. */
    public static String queryValue(String text) {
        return encode(text, UNRESERVED);
    }

    /** The part of an OAuth client id that carries a name; unlike a path segment it escapes @. */
    public static String clientId(String name) {
        return encode(name, UNRESERVED + "/");
    }

    /**
     * Undoes percent-encoding; {@code +} stays a plus.
     *
     * @return empty when an escape is broken, the bytes are not UTF-8, or a NUL or control
     *     character comes out
     */
    public static Optional<String> decode(String encoded) {
        if (encoded.indexOf('%') < 0) {
            return hasControl(encoded) ? Optional.empty() : Optional.of(encoded);
        }
        var bytes = new ByteArrayOutputStream(encoded.length());
        for (int i = 0; i < encoded.length(); i++) {
            char c = encoded.charAt(i);
            if (c != '%') {
                bytes.writeBytes(String.valueOf(c).getBytes(StandardCharsets.UTF_8));
                continue;
            }
            if (i + 2 >= encoded.length()) {
                return Optional.empty();
            }
            int high = Character.digit(encoded.charAt(i + 1), 16);
            int low = Character.digit(encoded.charAt(i + 2), 16);
            if (high < 0 || low < 0) {
                return Optional.empty();
            }
            bytes.write(high << 4 | low);
            i += 2;
        }
        return utf8(bytes.toByteArray()).filter(text -> !hasControl(text));
    }

    /** A user name as it is stored: JupyterHub strips and lower-cases it at sign-in. */
    public static String normaliseUser(String typed) {
        return typed.strip().toLowerCase(Locale.ROOT);
    }

    /**
     * Whether a name may be given to a user, group or server: 1 to {@value #MAX_LENGTH} characters,
     * no slash, no control character, no white space at either end, and not a dot segment.
     */
    public static boolean valid(String name) {
        return !name.isEmpty()
                && name.length() <= MAX_LENGTH
                && name.indexOf('/') < 0
                && name.equals(name.strip())
                && !name.equals(".")
                && !name.equals("..")
                && !hasControl(name);
    }

    private static boolean hasControl(String text) {
        return text.chars().anyMatch(Character::isISOControl);
    }

    private static Optional<String> utf8(byte[] bytes) {
        try {
            return Optional.of(
                    StandardCharsets.UTF_8
                            .newDecoder()
                            .onMalformedInput(CodingErrorAction.REPORT)
                            .onUnmappableCharacter(CodingErrorAction.REPORT)
                            .decode(ByteBuffer.wrap(bytes))
                            .toString());
        } catch (CharacterCodingException e) {
            return Optional.empty();
        }
    }

    private static String encode(String text, String alsoPlain) {
        var out = new StringBuilder(text.length() + 16);
        for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (b & 0xff);
            boolean plain = c < 0x80 && (Character.isLetterOrDigit(c) || alsoPlain.indexOf(c) >= 0);
            if (plain) {
                out.append(c);
            } else {
                out.append('%').append(Character.toUpperCase(Character.forDigit(c >> 4, 16)));
                out.append(Character.toUpperCase(Character.forDigit(c & 15, 16)));
            }
        }
        return out.toString();
    }
}
