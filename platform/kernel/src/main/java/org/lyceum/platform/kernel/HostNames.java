package org.lyceum.platform.kernel;

import java.net.IDN;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.regex.Pattern;

/** Names of hosts: how they are compared, which are valid, and how a name becomes a part of one. */
public final class HostNames {

    /** Longest part of a host's name between two dots (RFC 1035). */
    private static final int MAX_LABEL = 63;

    /** Longest name of a host (RFC 1035, without its framing). */
    private static final int MAX_NAME = 253;

    /** Of the name itself in a label that cannot spell it; JupyterHub keeps as many. */
    private static final int STUB_LENGTH = 8;

    /** Hexadecimal digits that tell names with the same stub apart; JupyterHub has as many. */
    private static final int HASH_LENGTH = 7;

    private static final Pattern LABEL = Pattern.compile("[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?");
    private static final Pattern NUMBER = Pattern.compile("\\d+");

    /**
     * Not a part of {@link #LABEL}s that stand for themselves, so that suffixes are unambiguous.
     */
    private static final String MARK = "--";

    private HostNames() {}

    /**
     * The host of a Host header, to be compared: lower case, without port and trailing dot. An IPv6
     * address keeps its brackets.
     */
    public static String of(String authority) {
        int end = authority.length();
        int colon = authority.lastIndexOf(':');
        if (colon >= 0 && colon > authority.lastIndexOf(']')) {
            end = colon;
        }
        if (end > 0 && authority.charAt(end - 1) == '.') {
            end--;
        }
        return authority.substring(0, end).toLowerCase(Locale.ROOT);
    }

    /**
     * Whether this is the name of a host, in lower case and ASCII, with two parts or more; not an
     * address, whose last part would be a number. {@code localhost} is one by itself.
     */
    public static boolean valid(String host) {
        var labels = host.split("\\.", -1);
        if (host.length() > MAX_NAME || (labels.length < 2 && !host.equals("localhost"))) {
            return false;
        }
        for (var label : labels) {
            if (!LABEL.matcher(label).matches()) {
                return false;
            }
        }
        return !NUMBER.matcher(labels[labels.length - 1]).matches();
    }

    /** Whether one host lies below the other or is the same. */
    public static boolean within(String host, String domain) {
        return host.endsWith(domain)
                && (host.length() == domain.length()
                        || host.charAt(host.length() - domain.length() - 1) == '.');
    }

    /**
     * The part of a host's name that stands for any name: itself when it can be one, its IDNA form,
     * or the start of it with a hash. Two names get two labels, as far as the hash tells them
     * apart; source: jupyterhub 5.5, {@code subdomain_hook_idna}. Other than there, capital letters
     * are hashed, because hosts do not tell them from small ones.
     *
     * @param suffix what the caller marks the label with, beginning with {@code --}; may be empty
     */
    public static String label(String name, String suffix) {
        int room = MAX_LABEL - suffix.length();
        return (stands(name, room) ? name : encoded(name, room)) + suffix;
    }

    private static boolean stands(String name, int room) {
        return name.length() <= room
                && LABEL.matcher(name).matches()
                && !name.contains(MARK)
                && !NUMBER.matcher(name).matches();
    }

    private static String encoded(String name, int room) {
        try {
            var ascii = IDN.toASCII(name);
            boolean reversible = !ascii.equals(name) && IDN.toUnicode(ascii).equals(name);
            if (reversible && ascii.length() <= room && LABEL.matcher(ascii).matches()) {
                return ascii;
            }
        } catch (IllegalArgumentException notAnInternationalName) {
            return hashed(name);
        }
        return hashed(name);
    }

    private static String hashed(String name) {
        var stub = name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "");
        stub = stub.substring(0, Math.min(stub.length(), STUB_LENGTH));
        try {
            byte[] digest =
                    MessageDigest.getInstance("SHA-256")
                            .digest(name.getBytes(StandardCharsets.UTF_8));
            var hash = HexFormat.of().formatHex(digest).substring(0, HASH_LENGTH);
            return "u-" + (stub.isEmpty() ? "x" : stub) + MARK + hash;
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
