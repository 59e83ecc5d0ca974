package org.lyceum.proxy;

import org.jspecify.annotations.Nullable;
import org.lyceum.platform.http.RequestPath;

import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Keeps the hub's cookies from user containers, and containers from setting cookies for others.
 * What may pass passes byte for byte. Immutable.
 */
final class Cookies {

    private final Set<String> secret;
    private final Set<String> reserved;

    Cookies(ProxyConfig config) {
        this.secret = with(config.hubCookies());
        this.reserved = with(config.reservedCookies());
    }

    /** The gateway's own belong to it alone. */
    private static Set<String> with(Set<String> names) {
        return Stream.concat(names.stream(), Stream.of(Passes.COOKIE, Passes.STATE))
                .collect(Collectors.toUnmodifiableSet());
    }

    /** The value of a Cookie header without the hub's; null when nothing is left. */
    @Nullable String forServer(String header) {
        for (var name : secret) {
            if (header.contains(name)) {
                return stripped(header);
            }
        }
        return header;
    }

    /**
     * Whether a server may send this Set-Cookie: not with a Domain, not by a reserved name, and not
     * for a path where only the hub or another server would get it.
     */
    boolean mayPass(String header, Target target) {
        int end = header.indexOf(';');
        if (within(reserved, name(end < 0 ? header : header.substring(0, end)))) {
            return false;
        }
        while (end >= 0) {
            int start = end + 1;
            end = header.indexOf(';', start);
            var attribute = header.substring(start, end < 0 ? header.length() : end);
            var attributeName = name(attribute);
            if (attributeName.equalsIgnoreCase("domain")
                    || (attributeName.equalsIgnoreCase("path") && leadsAway(attribute, target))) {
                return false;
            }
        }
        return true;
    }

    /** A path above the route's own is allowed, since older notebooks use {@code /}. */
    private static boolean leadsAway(String attribute, Target target) {
        int equals = attribute.indexOf('=');
        var path = equals < 0 ? "" : attribute.substring(equals + 1).strip();
        if (!path.startsWith("/")) {
            return false; // Browsers then take the directory of the request.
        }
        var unescaped = RequestPath.unescape(RequestPath.octetsOf(path));
        if (unescaped == null || RequestPath.hasDotSegment(unescaped)) {
            return true;
        }
        var directory = unescaped.endsWith("/") ? unescaped : unescaped + "/";
        return !directory.startsWith(target.path) && !target.path.startsWith(directory);
    }

    private @Nullable String stripped(String header) {
        var kept = new StringBuilder(header.length());
        for (int start = 0; start < header.length(); ) {
            int end = header.indexOf(';', start);
            if (end < 0) {
                end = header.length();
            }
            var pair = header.substring(start, end).strip();
            if (!pair.isEmpty() && !within(secret, name(pair))) {
                kept.append(kept.isEmpty() ? "" : "; ").append(pair);
            }
            start = end + 1;
        }
        return kept.isEmpty() ? null : kept.toString();
    }

    /** Whether it is one of the names, or one with a community's mark: {@code NAME-c7}. */
    private static boolean within(Set<String> names, String name) {
        if (names.contains(name)) {
            return true;
        }
        int mark = name.lastIndexOf("-c");
        return mark > 0 && names.contains(name.substring(0, mark));
    }

    private static String name(String pair) {
        int equals = pair.indexOf('=');
        return (equals < 0 ? pair : pair.substring(0, equals)).strip();
    }
}
