package org.lyceum.proxy;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;

/** What every exchange shares: the connections to servers, and the rules. Any event loop. */
final class Upstream {

    /** Heads of servers that set many cookies; Vert.x's own 8 KiB is too little for some. */
    private static final int MAX_HEAD_BYTES = 64 * 1024;

    /** A read from a socket is at most this; smaller pieces would only cost more turns. */
    private static final int MAX_PIECE_BYTES = 64 * 1024;

    private final Vertx vertx;
    private final ProxyConfig config;
    private final Activity activity;
    private final ErrorPage errorPage;
    private final Headers headers;
    // In fields, because Vert.x closes a client that nothing refers to.
    private final HttpClient pooled;
    private final HttpClient fresh;
    private final HttpClient tunnels;

    Upstream(Vertx vertx, ProxyConfig config, Activity activity, ErrorPage errorPage, Headers headers) {
        this.vertx = vertx;
        this.config = config;
        this.activity = activity;
        this.errorPage = errorPage;
        this.headers = headers;
        var exchanges = pool(config.connectionsPerTarget(), config.waitingPerTarget());
        this.pooled = vertx.createHttpClient(client(config), exchanges);
        this.fresh = vertx.createHttpClient(client(config).setKeepAlive(false), exchanges);
        // Apart from the others: a WebSocket holds its connection for hours.
        this.tunnels = vertx.createHttpClient(client(config), pool(config.tunnelsPerTarget(), 0));
    }

    HttpClient pooled() {
        return pooled;
    }

    /** Never uses a kept connection, and keeps none. */
    HttpClient fresh() {
        return fresh;
    }

    HttpClient tunnels() {
        return tunnels;
    }

    Headers headers() {
        return headers;
    }

    Activity activity() {
        return activity;
    }

    /** {@code work} for other threads to start, where a route may be removed. */
    Runnable onThisLoop(Runnable work) {
        var context = vertx.getOrCreateContext();
        return () -> context.runOnContext(now -> work.run());
    }

    void later(Runnable work) {
        vertx.runOnContext(now -> work.run());
    }

    /**
     * Dials the server itself and leaves the public Host to the headers: jupyter-server compares
     * Origin with it. (As part of the address it would also make a pool of its own for every Host
     * that a client thinks up.)
     */
    RequestOptions options(HttpServerRequest in, Target target) {
        return new RequestOptions()
                .setServer(target.address)
                .setMethod(in.method())
                .setURI(in.uri())
                .setConnectTimeout(config.connectTimeout().toMillis());
    }

    /** Answers {@code in} ourselves, and drops what is still to come of it. */
    void refuse(HttpServerRequest in, int status) {
        var response = in.response();
        if (response.headWritten() || response.ended() || response.closed()) {
            response.reset();
            return;
        }
        var page = errorPage.page(status, in.uri());
        response.setStatusCode(status).putHeader(HttpHeaders.CONTENT_TYPE, page.contentType());
        response.putHeader(HttpHeaders.CACHE_CONTROL, "no-store");
        if (status == 503) {
            response.putHeader(HttpHeaders.RETRY_AFTER, "5");
        }
        if (in.isEnded()) {
            response.end(page.body());
        } else {
            response.putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
            in.endHandler(all -> in.connection().close());
            in.resume();
            response.end(page.body());
        }
    }

    Future<Void> close() {
        return Future.join(pooled.close(), fresh.close(), tunnels.close()).mapEmpty();
    }

    private static HttpClientOptions client(ProxyConfig config) {
        return new HttpClientOptions()
                .setProtocolVersion(HttpVersion.HTTP_1_1)
                .setDecompressionSupported(false)
                .setConnectTimeout((int) config.connectTimeout().toMillis())
                .setKeepAlive(true)
                .setKeepAliveTimeout((int) config.keepAlive().toSeconds())
                .setPipelining(false)
                .setMaxHeaderSize(MAX_HEAD_BYTES)
                .setMaxInitialLineLength(MAX_HEAD_BYTES)
                .setMaxChunkSize(MAX_PIECE_BYTES)
                .setTcpKeepAlive(true);
    }

    private static PoolOptions pool(int connections, int waiting) {
        return new PoolOptions().setHttp1MaxSize(connections).setMaxWaitQueueSize(waiting);
    }
}
