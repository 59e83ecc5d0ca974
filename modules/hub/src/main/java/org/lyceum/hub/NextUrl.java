package org.lyceum.hub;

import org.lyceum.platform.http.Request;
import org.lyceum.platform.kernel.HostNames;
import org.lyceum.platform.kernel.Names;

import java.net.URI;
import java.net.URISyntaxException;
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
     * @param domain below which users' servers have hosts: they are left for the path, which leads
     *     there again; empty for none
     * @return empty when it leads elsewhere, or nowhere
     */
    static Optional<String> local(String next, String scheme, String host, String domain) {
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
        url = domain.isEmpty() ? url : withoutHostWithin(url, domain);
        boolean local = url.startsWith("/") && !url.startsWith("//");
        return local ? Optional.of(ascii(url)) : Optional.empty();
    }

    /** The request's own {@code next}, if it is local. */
    static Optional<String> of(Request request, String domain) {
        return request.query(PARAMETER)
                .flatMap(next -> local(next, request.scheme(), request.host(), domain));
    }

    /**
     * The request's {@code next}, or else {@code fallback} with the other query parameters added to
     * it; those without a value are dropped, as JupyterHub does.
     */
    static String orElse(Request request, String fallback, String domain) {
        return of(request, domain).orElseGet(() -> fallback + otherParameters(request));
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

    /** The path of a URL at the domain or below it; anything else as it is. */
    private static String withoutHostWithin(String url, String domain) {
        try {
            var uri = new URI(url);
            var scheme = uri.getScheme();
            boolean web = "http".equals(scheme) || "https".equals(scheme);
            if (web && uri.getHost() != null && HostNames.within(uri.getHost(), domain)) {
                int path = url.indexOf('/', url.indexOf("//") + 2);
                return path < 0 ? "/" : "/" + withoutLeadingSlashes(url.substring(path));
            }
            return url;
        } catch (URISyntaxException e) {
            return url; // a path with spaces or letters, or nothing to be followed
        }
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
