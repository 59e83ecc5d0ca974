package org.lyceum.proxy;

import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;

import org.jspecify.annotations.Nullable;
import org.lyceum.platform.http.RequestPath;
import org.lyceum.platform.kernel.HostNames;
import org.lyceum.platform.kernel.Names;
import org.lyceum.platform.kernel.Secret;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * Stands before guarded servers (ADR 0034): lets through who shows a pass, leads a page that a
 * person opens to where passes are given, and refuses everything else. What it looks at is the
 * target that the request would go to, so there is no spelling of a path that it does not see.
 * Event loop.
 */
final class Gate {

    /** A browser sends one for the server and one for each above it; more are somebody's trial. */
    private static final int MAX_COOKIES = 8;

    /** While somebody types a password. */
    private static final String STATE_LIFE = "; Max-Age=1800";

    private final Passes passes;
    private final Forwarding forwarding;
    private final Upstream upstream;

    Gate(Passes passes, Forwarding forwarding, Upstream upstream) {
        this.passes = passes;
        this.forwarding = forwarding;
        this.upstream = upstream;
    }

    /**
     * Decides about a request to a guarded target.
     *
     * @return the pass; null when the request has been answered and goes nowhere
     */
    @Nullable Pass admit(HttpServerRequest in, Target target, Guard guard) {
        var below = target.below(in.uri());
        if (below != null && path(below).equals("/" + Passes.ENTER)) {
            enter(in, target, guard);
            return null;
        }
        for (var shown : cookies(in, Passes.COOKIE)) {
            var pass = passes.find(target.route.prefix(), shown);
            if (pass != null) {
                return through(in, guard, below, pass);
            }
        }
        if (isVisit(in)) {
            lead(in, guard);
        } else {
            upstream.refuse(in, 403);
        }
        return null;
    }

    private @Nullable Pass through(
            HttpServerRequest in, Guard guard, @Nullable String below, Pass pass) {
        if (below == null) { // relative links would lead nowhere
            redirect(in, guard.home() + query(in.uri()), null);
            return null;
        }
        if (Tunnel.isWanted(in) && !isOwnPage(in)) {
            upstream.refuse(in, 403);
            return null;
        }
        return pass;
    }

    /** Browsers send cookies with a WebSocket of any page; the page must be of the same host. */
    private boolean isOwnPage(HttpServerRequest in) {
        var origin = in.getHeader(HttpHeaders.ORIGIN);
        if (origin == null) {
            return true; // no browser
        }
        try {
            var host = URI.create(origin).getHost();
            return host != null && HostNames.of(host).equals(forwarding.host(in));
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /** A page that a person opens, as far as one can tell; scripts get a refusal they can read. */
    private static boolean isVisit(HttpServerRequest in) {
        var mode = in.getHeader("Sec-Fetch-Mode");
        boolean reads = in.method().equals(HttpMethod.GET) || in.method().equals(HttpMethod.HEAD);
        return reads
                && !Headers.hasBody(in)
                && !in.headers().contains(HttpHeaders.UPGRADE)
                && (mode == null || mode.equals("navigate"));
    }

    private void lead(HttpServerRequest in, Guard guard) {
        var state = Secret.random().reveal();
        redirect(
                in,
                guard.signIn() + "?state=" + state + "&next=" + Names.queryValue(in.uri()),
                cookie(in, guard, Passes.STATE, state) + STATE_LIFE);
    }

    private void enter(HttpServerRequest in, Target target, Guard guard) {
        var ticket = parameter(in, "ticket");
        for (var state : cookies(in, Passes.STATE)) {
            var pass = passes.redeem(target.route.prefix(), state, ticket);
            if (pass != null) {
                redirect(in, next(in, target, guard), cookie(in, guard, Passes.COOKIE, pass));
                return;
            }
        }
        // Asked for twice, or too late: from the beginning, as long as a person is there to see it.
        if (isVisit(in) && !cookies(in, Passes.STATE).isEmpty()) {
            redirect(in, guard.home(), null);
        } else {
            upstream.refuse(in, 403);
        }
    }

    /** Where the visit was to go; only ever to the same server. */
    private static String next(HttpServerRequest in, Target target, Guard guard) {
        var next = parameter(in, "next");
        var path = RequestPath.octets(next);
        boolean ours = path != null && path.startsWith(target.path) && !next.startsWith("//");
        return ours && next.indexOf('\\') < 0 ? next : guard.home();
    }

    private static String parameter(HttpServerRequest in, String name) {
        try {
            return Objects.requireNonNullElse(in.params().get(name), "");
        } catch (IllegalArgumentException broken) {
            return "";
        }
    }

    private String cookie(HttpServerRequest in, Guard guard, String name, String value) {
        return name
                + "="
                + value
                + "; Path="
                + guard.home()
                + "; HttpOnly; SameSite=Lax"
                + (forwarding.secure(in) ? "; Secure" : "");
    }

    private void redirect(HttpServerRequest in, String where, @Nullable String cookie) {
        var response = in.response();
        response.setStatusCode(302).putHeader(HttpHeaders.LOCATION, where);
        response.putHeader(HttpHeaders.CACHE_CONTROL, "no-store");
        response.putHeader("Referrer-Policy", "no-referrer");
        if (cookie != null) {
            response.headers().add(HttpHeaders.SET_COOKIE, cookie);
        }
        if (!in.isEnded()) {
            in.resume();
        }
        response.end();
    }

    private static List<String> cookies(HttpServerRequest in, String name) {
        var values = new ArrayList<String>();
        for (var header : in.headers().getAll(HttpHeaders.COOKIE)) {
            for (var pair : header.split(";", -1)) {
                int equals = pair.indexOf('=');
                if (equals > 0
                        && values.size() < MAX_COOKIES
                        && pair.substring(0, equals).strip().equals(name)) {
                    values.add(pair.substring(equals + 1).strip());
                }
            }
        }
        return values;
    }

    private static String path(String target) {
        int query = target.indexOf('?');
        return query < 0 ? target : target.substring(0, query);
    }

    private static String query(String target) {
        int query = target.indexOf('?');
        return query < 0 ? "" : target.substring(query);
    }

    /** Whether a client's header might be taken for one of ours: CGI reads '_' and '-' alike. */
    static boolean isAmbiguous(String name) {
        return name.indexOf('_') >= 0;
    }

    /** What a header can carry of a name: octets that are not plain are escaped as in a URL. */
    static String written(String name) {
        boolean plain = name.chars().allMatch(c -> c > ' ' && c < 0x7f && c != '%');
        return plain ? name : Names.queryValue(name);
    }
}
