package org.lyceum.proxy;

import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;

import org.jspecify.annotations.Nullable;
import org.lyceum.platform.http.RequestPath;

import java.util.List;

/**
 * Carries each request to the server whose route it matches, and every other one to the hub. Event
 * loop; one instance serves any number of loops.
 *
 * <p>The server in front wants the options of {@link #serverOptions()}, or promises break.
 */
public final class ProxyHandler implements Handler<HttpServerRequest> {

    /** Longest address of a browser's that is of use; servers take 8 KiB or less. */
    private static final int MAX_LINE_BYTES = 16 * 1024;

    /** Every server that set cookies for {@code /} adds to it, so more than the usual 8 KiB. */
    private static final int MAX_HEAD_BYTES = 64 * 1024;

    /** A read from a socket is at most this; smaller pieces would only cost more turns. */
    private static final int MAX_PIECE_BYTES = 64 * 1024;

    private final Routes routes;
    private final Forwarding forwarding;
    private final Handler<HttpServerRequest> fallback;
    private final Upstream upstream;
    private final Gate gate;

    /**
     * Opens no connection yet.
     *
     * @param fallback the hub; it sees {@code X-Forwarded-*} as clean as servers do
     * @param errorPage what people see instead of a server that does not answer
     */
    public ProxyHandler(
            Vertx vertx,
            Routes routes,
            Activity activity,
            ProxyConfig config,
            Handler<HttpServerRequest> fallback,
            ErrorPage errorPage) {
        this.routes = routes;
        this.forwarding = new Forwarding(config);
        this.fallback = fallback;
        var headers = new Headers(forwarding, new Cookies(config));
        this.upstream = new Upstream(vertx, config, activity, errorPage, headers);
        this.gate = new Gate(routes.passes(), forwarding, upstream);
    }

    /**
     * Options for the public server; address, port and TLS are still to be set. For speed, wants a
     * Vert.x with {@code setPreferNativeTransport(true)} and Netty's epoll on the class path. The
     * server's {@code connectionHandler} is to set an exception handler, or Vert.x logs an error
     * for each browser that breaks its connection.
     */
    public static HttpServerOptions serverOptions() {
        return new HttpServerOptions()
                // The answer to Expect is the server's.
                .setHandle100ContinueAutomatically(false)
                // HTTP/1.1 only: a WebSocket is an upgrade, and each side frames bodies alike.
                .setHttp2ClearTextEnabled(false)
                .setAlpnVersions(List.of(HttpVersion.HTTP_1_1))
                .setDecompressionSupported(false)
                .setCompressionSupported(false)
                // WebSockets pass as they are; the handlers for these would look at each request.
                .setPerFrameWebSocketCompressionSupported(false)
                .setPerMessageWebSocketCompressionSupported(false)
                // Kernels are silent for hours; dead peers are found by TCP.
                .setIdleTimeout(0)
                .setTcpKeepAlive(true)
                .setMaxInitialLineLength(MAX_LINE_BYTES)
                .setMaxHeaderSize(MAX_HEAD_BYTES)
                .setMaxChunkSize(MAX_PIECE_BYTES)
                // No queue and no task between a write and its socket: all is on one loop anyway.
                .setStrictThreadMode(true);
    }

    @Override
    public void handle(HttpServerRequest in) {
        var path = RequestPath.octets(in.uri());
        if (path == null || !Headers.clear(in)) {
            upstream.refuse(in, 400);
            return;
        }
        var target = routes.find(routes.byHost() ? forwarding.host(in) : "", path);
        if (target == null || leftToHub(in, target, path)) {
            forwarding.clean(in);
            fallback.handle(in);
        } else if (upstream.closed()) {
            upstream.refuse(in, 503);
        } else if (target.guard == null) {
            carry(in, target, null);
        } else {
            var pass = gate.admit(in, target, target.guard);
            if (pass != null) {
                carry(in, target, pass);
            }
        }
    }

    private boolean leftToHub(HttpServerRequest in, Target target, String path) {
        return in.method().equals(HttpMethod.GET) && routes.leftToHub(target, path, in.query());
    }

    /** {@code pass}: what the request was let through with; null where nobody has to ask. */
    private void carry(HttpServerRequest in, Target target, @Nullable Pass pass) {
        var asking = Asking.of(in, target);
        target.enter(asking);
        var frost = target.frost;
        if (frost == null || asking == Asking.NEWS_AWAITED) {
            go(in, target, pass, asking);
            return;
        }
        target.leave(asking);
        if (asking != Asking.NEWS || !answeredAgain(in, target)) {
            new Doorstep(upstream, in, frost, () -> carry(in, target, pass)).await();
        }
    }

    /** Whether an open page was told the same as before, so that its frozen server sleeps on. */
    private boolean answeredAgain(HttpServerRequest in, Target target) {
        var echoes = target.echoes;
        var echo =
                echoes == null
                        ? null
                        : echoes.find(Echoes.asked(in), upstream.activity().nowMillis());
        if (echo == null) {
            return false;
        }
        upstream.activity().touch(target, false);
        Echoes.repeat(echo, in);
        return true;
    }

    private void go(HttpServerRequest in, Target target, @Nullable Pass pass, Asking asking) {
        if (Tunnel.isWanted(in)) {
            new Tunnel(upstream, in, target, pass, () -> target.leave(asking)).open();
        } else {
            new Exchange(upstream, in, target, pass, asking).start();
        }
    }

    /** Closes the connections to servers. Requests under way fail, later ones are answered 503. */
    public Future<Void> close() {
        return upstream.close();
    }
}
