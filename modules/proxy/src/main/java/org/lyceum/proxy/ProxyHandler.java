package org.lyceum.proxy;

import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;

/**
 * Carries each request to the server whose route it matches, and every other one to the hub. Event
 * loop; one instance serves any number of loops.
 *
 * <p>The server in front wants these options, or promises break: {@code
 * setHandle100ContinueAutomatically(false)} (the answer to Expect is the server's), {@code
 * setHttp2ClearTextEnabled(false)} and ALPN with HTTP/1.1 only (WebSockets are upgrades), {@code
 * setDecompressionSupported(false)}, {@code setCompressionSupported(false)}, {@code
 * setIdleTimeout(0)} (kernels idle for hours), {@code setTcpKeepAlive(true)} (dead peers are found
 * all the same), {@code setMaxHeaderSize(65536)}, {@code setMaxInitialLineLength(16384)}. For speed:
 * {@code setMaxChunkSize(65536)}, {@code setStrictThreadMode(true)}, a Vert.x with {@code
 * setPreferNativeTransport(true)}.
 */
public final class ProxyHandler implements Handler<HttpServerRequest> {

    private final Routes routes;
    private final Forwarding forwarding;
    private final Handler<HttpServerRequest> fallback;
    private final Upstream upstream;

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
    }

    @Override
    public void handle(HttpServerRequest in) {
        var path = Paths.decode(in.uri());
        if (path == null || !Headers.clear(in)) {
            upstream.refuse(in, 400);
            return;
        }
        var target = routes.find(path);
        if (target == null) {
            forwarding.clean(in);
            fallback.handle(in);
        } else if (Tunnel.isWanted(in)) {
            new Tunnel(upstream, in, target).open();
        } else {
            new Exchange(upstream, in, target).start();
        }
    }

    /** Closes the connections to servers. Requests under way fail. */
    public Future<Void> close() {
        return upstream.close();
    }
}
