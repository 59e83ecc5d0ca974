package org.lyceum.platform.http;

import org.jspecify.annotations.Nullable;

import java.time.Duration;

/**
 * A cookie to set. Always {@code SameSite=Lax}.
 *
 * @param maxAge null: until the browser closes; zero: remove it
 */
public record Cookie(
        String name,
        String value,
        String path,
        boolean httpOnly,
        boolean secure,
        @Nullable Duration maxAge) {

    public static Cookie removed(String name, String path, boolean secure) {
        return new Cookie(name, "", path, true, secure, Duration.ZERO);
    }

    String line() {
        var line = new StringBuilder(name).append('=').append(value).append("; Path=").append(path);
        if (maxAge != null) {
            line.append("; Max-Age=").append(maxAge.toSeconds());
        }
        line.append(httpOnly ? "; HttpOnly" : "").append(secure ? "; Secure" : "");
        return line.append("; SameSite=Lax").toString();
    }
}
