package org.lyceum.proxy;

import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpHeaders;

import org.jspecify.annotations.Nullable;

/**
 * Headers of a server that believes to be at {@code /}, as they are where it really is: the places
 * it sends browsers to, and the paths of its cookies, which would be everybody's otherwise.
 */
final class Moved {

    private static final int PATH = 5;

    private Moved() {}

    /** The value, changed only where the route's prefix was taken from requests. */
    static String value(String name, String value, Target target, HttpClientRequest request) {
        var guard = target.guard;
        if (guard == null || !guard.stripsPrefix()) {
            return value;
        }
        return switch (name.length()) {
            case 8 ->
                    name.equalsIgnoreCase("location")
                            ? location(value, guard, request.headers().get(HttpHeaders.HOST))
                            : value;
            case 10 -> name.equalsIgnoreCase("set-cookie") ? cookie(value, guard) : value;
            case 16 ->
                    name.equalsIgnoreCase("content-location")
                            ? location(value, guard, request.headers().get(HttpHeaders.HOST))
                            : value;
            default -> value;
        };
    }

    private static String location(String value, Guard guard, @Nullable String host) {
        if (value.startsWith("/") && !value.startsWith("//")) {
            return within(value, guard);
        }
        for (var scheme : new String[] {"http://", "https://"}) {
            var origin = scheme + host;
            if (host != null && value.startsWith(origin)) {
                var path = value.substring(origin.length());
                if (path.isEmpty() || path.startsWith("/")) {
                    return within(path.isEmpty() ? "/" : path, guard);
                }
            }
        }
        return value;
    }

    /** A server that was told its prefix by a header may have put it there itself. */
    private static String within(String path, Guard guard) {
        boolean there = path.startsWith(guard.home()) || path.equals(guard.base());
        return there ? path : guard.base() + path;
    }

    private static String cookie(String header, Guard guard) {
        for (int start = header.indexOf(';'); start >= 0; start = header.indexOf(';', start + 1)) {
            int at = start + 1;
            while (at < header.length() && header.charAt(at) == ' ') {
                at++;
            }
            if (header.regionMatches(true, at, "path=", 0, PATH)) {
                int from = at + PATH;
                int end = header.indexOf(';', from);
                var path = header.substring(from, end < 0 ? header.length() : end).strip();
                return path.startsWith("/")
                        ? header.substring(0, from)
                                + within(path, guard)
                                + (end < 0 ? "" : header.substring(end))
                        : header;
            }
        }
        return header;
    }
}
