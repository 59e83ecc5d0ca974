package org.lyceum.hub;

import org.lyceum.platform.http.Request;
import org.lyceum.platform.kernel.Names;

import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Where to go after signing in, starting a server, and so on: the {@code next} argument, if it
 * stays on this host. Source: jupyterhub 5.5.1, handlers/base.py, {@code get_next_url}.
 */
final class NextUrl {

    static final String PARAMETER = "next";

    private NextUrl() {}

    /**
     * A path of ours to put into {@code Location} as it is.
     *
     * @param next what the request asks for, decoded once
     * @param scheme of the request, {@code http} or {@code https}
     * @param host as in the request's Host header
     * @return empty when it leads elsewhere, or nowhere
     */
    static Optional<String> local(String next, String scheme, String host) {
        // Browsers read a backslash as a slash, and drop tabs and line ends inside a URL.
        if (next.chars().anyMatch(Character::isISOControl)) {
            return Optional.empty();
        }
        var url = next.replace("\\", "%5C");
        for (var own : new String[] {scheme + "://" + host + "/", "//" + host + "/"}) {
            if (url.startsWith(own)) {
                url = "/" + withoutLeadingSlashes(url.substring(own.length()));
                break;
            }
        }
        boolean local = url.startsWith("/") && !url.startsWith("//");
        return local ? Optional.of(ascii(url)) : Optional.empty();
    }

    /** The request's own {@code next}, if it is local. */
    static Optional<String> of(Request request) {
        return request.query(PARAMETER).flatMap(n -> local(n, request.scheme(), request.host()));
    }

    /**
     * The request's {@code next}, or else {@code fallback} with the other query parameters added to
     * it; those without a value are dropped, as JupyterHub does.
     */
    static String orElse(Request request, String fallback) {
        return of(request).orElseGet(() -> fallback + otherParameters(request));
    }

    private static String otherParameters(Request request) {
        var out = new StringBuilder();
        var query = request.query();
        for (var name : query.names()) {
            if (name.equals(PARAMETER) || name.equals(Xsrf.NAME)) {
                continue;
            }
            for (var value : query.all(name)) {
                if (!value.isEmpty()) {
                    out.append(out.isEmpty() ? '?' : '&').append(Names.queryValue(name));
                    out.append('=').append(Names.queryValue(value));
                }
            }
        }
        return out.toString();
    }

    private static String withoutLeadingSlashes(String path) {
        int start = 0;
        while (start < path.length() && path.charAt(start) == '/') {
            start++;
        }
        return path.substring(start);
    }

    /**
     * A header carries ASCII: a space or a letter beyond it is percent-encoded, nothing else is.
     */
    private static String ascii(String url) {
        var out = new StringBuilder(url.length());
        for (byte b : url.getBytes(StandardCharsets.UTF_8)) {
            int c = b & 0xff;
            if (c > 0x20 && c < 0x7f) {
                out.append((char) c);
            } else {
                out.append(String.format("%%%02X", c));
            }
        }
        return out.toString();
    }
}
