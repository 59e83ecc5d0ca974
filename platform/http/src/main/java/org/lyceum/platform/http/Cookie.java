package org.lyceum.platform.http;

import org.jspecify.annotations.Nullable;

import java.time.Duration;

/**
 * A cookie to set. Always {@code SameSite=Lax}.
 *
 * @param maxAge null: until the browser closes; zero: remove it
 * @param domain every host within it gets the cookie; empty for this host alone
 */
public record Cookie(
        String name,
        String value,
        String path,
        boolean httpOnly,
        boolean secure,
        @Nullable Duration maxAge,
        String domain) {

    /** For this host alone. */
    public Cookie(
            String name,
            String value,
            String path,
            boolean httpOnly,
            boolean secure,
            @Nullable Duration maxAge) {
        this(name, value, path, httpOnly, secure, maxAge, "");
    }

    public static Cookie removed(String name, String path, boolean secure) {
        return new Cookie(name, "", path, true, secure, Duration.ZERO);
    }

    /** The same for every host within {@code newDomain}; empty for this host alone. */
    public Cookie within(String newDomain) {
        return new Cookie(name, value, path, httpOnly, secure, maxAge, newDomain);
    }

    String line() {
        var line = new StringBuilder(name).append('=').append(value).append("; Path=").append(path);
        if (!domain.isEmpty()) {
            line.append("; Domain=").append(domain);
        }
        if (maxAge != null) {
            line.append("; Max-Age=").append(maxAge.toSeconds());
        }
        line.append(httpOnly ? "; HttpOnly" : "").append(secure ? "; Secure" : "");
        return line.append("; SameSite=Lax").toString();
    }
}
