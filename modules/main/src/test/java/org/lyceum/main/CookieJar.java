package org.lyceum.main;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Cookies by name and path, as a browser keeps them. Raw values are kept as they came, which the
 * JDK's own jar does not do.
 */
final class CookieJar {

    private record Cookie(String name, String value, String path) {}

    private final List<Cookie> cookies = new ArrayList<>();

    /** Takes the value of one {@code Set-Cookie} header. */
    void keep(String line) {
        var parts = line.split(";\\s*");
        var name = parts[0].substring(0, parts[0].indexOf('='));
        var value = parts[0].substring(parts[0].indexOf('=') + 1);
        var path = "/";
        var gone = value.isEmpty() || value.equals("\"\"");
        for (var part : parts) {
            if (part.regionMatches(true, 0, "path=", 0, 5)) {
                path = part.substring(5);
            }
            gone |= part.equalsIgnoreCase("max-age=0");
        }
        var where = path;
        cookies.removeIf(cookie -> cookie.name.equals(name) && cookie.path.equals(where));
        if (!gone) {
            cookies.add(new Cookie(name, value, path));
        }
    }

    /** The {@code Cookie} header for a path; empty when none fits. */
    String header(String path) {
        var sent = new ArrayList<String>();
        for (var cookie : cookies) {
            if (path.startsWith(cookie.path)) {
                sent.add(cookie.name + "=" + cookie.value);
            }
        }
        return String.join("; ", sent);
    }

    Optional<String> value(String name, String path) {
        return cookies.stream()
                .filter(cookie -> cookie.name.equals(name) && path.startsWith(cookie.path))
                .map(Cookie::value)
                .findFirst();
    }

    void forget(String name) {
        cookies.removeIf(cookie -> cookie.name.equals(name));
    }
}
