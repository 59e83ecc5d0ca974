package org.lyceum.proxy;

import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Which headers cross the proxy, in each direction. Immutable. */
final class Headers {

    private final Forwarding forwarding;
    private final Cookies cookies;

    Headers(Forwarding forwarding, Cookies cookies) {
        this.forwarding = forwarding;
        this.cookies = cookies;
    }

    /**
     * Whether every reader agrees where the message ends and whom it is for. Netty has refused what
     * cannot be parsed, two lengths, and a length beside chunks; this refuses what it lets through.
     */
    static boolean clear(HttpServerRequest in) {
        var hosts = in.headers().getAll(HttpHeaders.HOST);
        boolean old = in.version() == HttpVersion.HTTP_1_0;
        if (hosts.isEmpty() ? !old : hosts.size() > 1 || !isHost(hosts.getFirst())) {
            return false;
        }
        if (in.headers().contains("")) {
            return false; // ": value" is a header without a name to Netty
        }
        if (!in.headers().contains(HttpHeaders.TRANSFER_ENCODING)) {
            return true;
        }
        var codings = in.headers().getAll(HttpHeaders.TRANSFER_ENCODING);
        return codings.size() == 1 && codings.getFirst().equalsIgnoreCase("chunked") && !old;
    }

    /** Folded header lines end up in the value before them: "hub.example Content-Length: 9". */
    private static boolean isHost(String host) {
        for (int i = 0; i < host.length(); i++) {
            char c = host.charAt(i);
            if (c <= ' ' || c >= 0x7f || c == '/' || c == '\\' || c == '@' || c == '?'
                    || c == '#') {
                return false;
            }
        }
        return true;
    }

    static boolean hasBody(HttpServerRequest in) {
        var length = in.getHeader(HttpHeaders.CONTENT_LENGTH);
        return length == null
                ? in.headers().contains(HttpHeaders.TRANSFER_ENCODING)
                : !length.equals("0");
    }

    /** As {@link Forwarding#host}. */
    String host(HttpServerRequest in) {
        return forwarding.host(in);
    }

    /**
     * Where a request goes.
     *
     * @param pass whose it is; null where the server finds that out
     */
    record Onward(Target target, @Nullable Pass pass, boolean upgrade) {}

    /** Fills {@code out} with what the server gets. */
    void request(HttpServerRequest in, MultiMap out, Onward onward) {
        List<String> named = named(in.headers());
        boolean guarded = onward.pass() != null;
        for (var header : in.headers()) {
            var name = header.getKey();
            if (isHop(name)
                    || Forwarding.isClaim(name)
                    || isNamed(named, name)
                    || (guarded && Gate.isAmbiguous(name))) {
                continue;
            }
            if (name.equalsIgnoreCase("cookie")) {
                var allowed = cookies.forServer(header.getValue());
                if (allowed != null) {
                    out.add(name, allowed);
                }
            } else {
                out.add(name, header.getValue());
            }
        }
        forwarding.describe(in, out);
        if (onward.pass() != null) {
            identify(out, onward.target(), onward.pass());
        }
        if (onward.upgrade()) {
            // Firefox sends "keep-alive, Upgrade", which Vert.x would not take for an upgrade.
            out.set(HttpHeaders.CONNECTION, HttpHeaders.UPGRADE);
            out.set(HttpHeaders.UPGRADE, "websocket");
        }
    }

    /** Who is at the door, under the names that most programs read; and where they are served. */
    private static void identify(MultiMap out, Target target, Pass pass) {
        var name = Gate.written(pass.visitor.name());
        out.set("X-Forwarded-User", name);
        out.set("X-Remote-User", name);
        out.set("Remote-User", name);
        var guard = target.guard;
        if (guard != null && guard.stripsPrefix()) {
            out.set("X-Forwarded-Prefix", guard.base());
        }
    }

    /** Fills {@code out} with what the browser gets of a server's answer. */
    void answer(HttpClientResponse answer, MultiMap out, Target target, boolean upgraded) {
        List<String> named = named(answer.headers());
        for (var header : answer.headers()) {
            var name = header.getKey();
            if (isHop(name)
                    || isNamed(named, name)
                    || Overreach.is(name, header.getValue(), target)) {
                continue;
            }
            var value = Moved.value(name, header.getValue(), target, answer.request());
            if (!name.equalsIgnoreCase("set-cookie") || cookies.mayPass(value, target)) {
                out.add(name, value);
            }
        }
        if (upgraded) {
            out.set(HttpHeaders.CONNECTION, HttpHeaders.UPGRADE);
            out.set(HttpHeaders.UPGRADE, "websocket");
        }
    }

    /** Headers that Connection says belong to this hop; empty in nearly every message. */
    private static List<String> named(MultiMap headers) {
        var value = headers.get(HttpHeaders.CONNECTION);
        if (value == null
                || value.equalsIgnoreCase("keep-alive")
                || value.equalsIgnoreCase("close")
                || value.equalsIgnoreCase("upgrade")) {
            return List.of();
        }
        var names = new ArrayList<String>();
        for (var all : headers.getAll(HttpHeaders.CONNECTION)) {
            for (var token : all.split(",", -1)) {
                names.add(token.strip());
            }
        }
        return names;
    }

    /**
     * The headers that frame, address or authorise a message cannot be taken out by naming them.
     */
    private static boolean isNamed(List<String> named, String name) {
        if (named.isEmpty()) {
            return false;
        }
        for (var token : named) {
            if (token.equalsIgnoreCase(name)) {
                return switch (name.toLowerCase(Locale.ROOT)) {
                    case "host", "content-length", "cookie", "authorization", "set-cookie" -> false;
                    default -> true;
                };
            }
        }
        return false;
    }

    /** Headers of one connection (RFC 9110, 7.6.1). By length first: this runs for every header. */
    private static boolean isHop(String name) {
        return switch (name.length()) {
            case 2 -> name.equalsIgnoreCase("te");
            case 7 -> name.equalsIgnoreCase("upgrade") || name.equalsIgnoreCase("trailer");
            case 10 -> name.equalsIgnoreCase("connection") || name.equalsIgnoreCase("keep-alive");
            case 16 -> name.equalsIgnoreCase("proxy-connection");
            case 17 -> name.equalsIgnoreCase("transfer-encoding");
            case 18 -> name.equalsIgnoreCase("proxy-authenticate");
            case 19 -> name.equalsIgnoreCase("proxy-authorization");
            default -> false;
        };
    }
}
