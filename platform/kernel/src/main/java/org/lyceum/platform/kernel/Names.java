package org.lyceum.platform.kernel;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.regex.Pattern;

/** How names are written into URLs. The only place that escapes a name. */
public final class Names {

    /** Longest user, server or group name; JupyterHub's column is as wide. */
    public static final int MAX_LENGTH = 255;

    private static final String UNRESERVED = "_.-~";

    private static final Pattern DOTS = Pattern.compile("\\.\\.?(;.*)?");

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

    /** A user name as it is stored: JupyterHub strips and lower-cases it at sign-in. */
    public static String normaliseUser(String typed) {
        return typed.strip().toLowerCase(Locale.ROOT);
    }

    /**
     * Whether a name may be given to a user, group or server: 1 to {@value #MAX_LENGTH} characters,
     * no slash, no control character, no white space at either end, and not a dot segment, which
     * {@code ..;x} is too for some who read paths.
     */
    public static boolean valid(String name) {
        return !name.isEmpty()
                && name.length() <= MAX_LENGTH
                && name.indexOf('/') < 0
                && name.equals(name.strip())
                && !DOTS.matcher(name).matches()
                && !hasControl(name);
    }

    private static boolean hasControl(String text) {
        return text.chars().anyMatch(Character::isISOControl);
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
