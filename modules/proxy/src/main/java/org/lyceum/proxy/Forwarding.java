package org.lyceum.proxy;

import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;

import org.jspecify.annotations.Nullable;
import org.lyceum.platform.http.TrustedProxies;
import org.lyceum.platform.kernel.HostNames;

import java.util.Locale;
import java.util.Set;

/**
 * Says who asked, from where, and by what name: exactly one clean value each of {@code
 * X-Forwarded-For}, {@code -Proto}, {@code -Host} and {@code -Port}.
 *
 * <p>What the client claims counts only when its address is that of a configured proxy. Proto is
 * {@code http} or {@code https} for WebSockets as well: one reader takes the last of a list,
 * another the first, and neither knows {@code ws}. Immutable.
 */
public final class Forwarding {

    static final CharSequence FOR = HttpHeaders.createOptimized("X-Forwarded-For");
    static final CharSequence PROTO = HttpHeaders.createOptimized("X-Forwarded-Proto");
    static final CharSequence HOST = HttpHeaders.createOptimized("X-Forwarded-Host");
    static final CharSequence PORT = HttpHeaders.createOptimized("X-Forwarded-Port");

    private static final CharSequence HTTP = HttpHeaders.createOptimized("http");
    private static final CharSequence HTTPS = HttpHeaders.createOptimized("https");
    private static final CharSequence PORT_80 = HttpHeaders.createOptimized("80");
    private static final CharSequence PORT_443 = HttpHeaders.createOptimized("443");

    /** Besides {@code x-forwarded-…}, {@code x-remote-…} and {@code x-auth-request-…}. */
    private static final Set<String> CLAIMS =
            Set.of("forwarded", "x-real-ip", "x-scheme", "remote-user", "x-authenticated-user");

    private final TrustedProxies trusted;

    public Forwarding(ProxyConfig config) {
        this.trusted = config.trustedProxies();
    }

    /**
     * Whether a header of this name claims something only a trusted proxy may claim. Such headers
     * never travel on as they came.
     */
    static boolean isClaim(String name) {
        char first = name.charAt(0);
        if (first != 'x'
                && first != 'X'
                && first != 'f'
                && first != 'F'
                && first != 'r'
                && first != 'R') {
            return false;
        }
        return name.regionMatches(true, 0, "x-forwarded-", 0, 12)
                || name.regionMatches(true, 0, "x-remote-", 0, 9)
                || name.regionMatches(true, 0, "x-auth-request-", 0, 15)
                || CLAIMS.contains(name.toLowerCase(Locale.ROOT));
    }

    /** Makes the headers of {@code in} themselves clean, for a handler in this process. */
    public void clean(HttpServerRequest in) {
        var headers = in.headers();
        var said = MultiMap.caseInsensitiveMultiMap();
        describe(in, said);
        headers.names().stream().filter(Forwarding::isClaim).toList().forEach(headers::remove);
        headers.addAll(said);
    }

    /** The host that the browser means, to be compared; empty when it names none. */
    String host(HttpServerRequest in) {
        var host = in.getHeader(HttpHeaders.HOST);
        var remote = in.remoteAddress().hostAddress();
        if (remote != null && trusted.test(remote)) {
            host = claimed(in, HOST, host);
        }
        return host == null ? "" : HostNames.of(host);
    }

    /** Whether the browser speaks https, to us or to a proxy of ours. */
    boolean secure(HttpServerRequest in) {
        var remote = in.remoteAddress().hostAddress();
        boolean told = remote != null && trusted.test(remote);
        return told ? claimedSecure(in, in.isSSL()) : in.isSSL();
    }

    /** Adds the four headers to {@code out}, which has none of them yet. */
    void describe(HttpServerRequest in, MultiMap out) {
        var host = in.getHeader(HttpHeaders.HOST);
        var remote = in.remoteAddress().hostAddress();
        boolean secure = in.isSSL();
        String port = null;
        if (remote != null && trusted.test(remote)) {
            secure = claimedSecure(in, secure);
            host = claimed(in, HOST, host);
            port = claimed(in, PORT, null);
            remote = claimedClient(in, remote);
        }
        if (remote != null) {
            out.add(FOR, remote);
        }
        out.add(PROTO, secure ? HTTPS : HTTP);
        if (host != null) {
            out.add(HOST, host);
        }
        out.add(PORT, port != null && isNumber(port, 0) ? port : port(host, secure));
    }

    /** The last value: what the proxy next to us said, whatever it was told itself. */
    private static @Nullable String claimed(
            HttpServerRequest in, CharSequence name, @Nullable String otherwise) {
        var values = in.headers().getAll(name);
        if (values.isEmpty()) {
            return otherwise;
        }
        var value = values.getLast();
        value = value.substring(value.lastIndexOf(',') + 1).strip();
        return value.isEmpty() || value.chars().anyMatch(c -> c <= ' ' || c > '~')
                ? otherwise
                : value;
    }

    private static boolean claimedSecure(HttpServerRequest in, boolean otherwise) {
        var proto = claimed(in, PROTO, "");
        if ("https".equalsIgnoreCase(proto) || "wss".equalsIgnoreCase(proto)) {
            return true;
        }
        return !"http".equalsIgnoreCase(proto) && !"ws".equalsIgnoreCase(proto) && otherwise;
    }

    /** From the right, the first address that is no trusted proxy. */
    private String claimedClient(HttpServerRequest in, String otherwise) {
        var chain = String.join(",", in.headers().getAll(FOR)).split(",", -1);
        var client = otherwise;
        for (int i = chain.length - 1; i >= 0; i--) {
            var address = chain[i].strip();
            if (!TrustedProxies.isAddress(address)) {
                break;
            }
            client = address;
            if (!trusted.test(address)) {
                break;
            }
        }
        return client;
    }

    private static CharSequence port(@Nullable String host, boolean secure) {
        if (host != null) {
            int colon = host.lastIndexOf(':');
            if (colon > 0 && colon > host.lastIndexOf(']') && isNumber(host, colon + 1)) {
                return host.substring(colon + 1);
            }
        }
        return secure ? PORT_443 : PORT_80;
    }

    private static boolean isNumber(String text, int from) {
        for (int i = from; i < text.length(); i++) {
            if (text.charAt(i) < '0' || text.charAt(i) > '9') {
                return false;
            }
        }
        return from < text.length() && text.length() - from <= 5;
    }
}
