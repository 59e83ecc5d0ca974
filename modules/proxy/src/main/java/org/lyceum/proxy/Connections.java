package org.lyceum.proxy;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.PoolOptions;

/** The connections to servers that one event loop has. */
final class Connections {

    /** Heads of servers that set many cookies; Vert.x's own 8 KiB is too little for some. */
    private static final int MAX_HEAD_BYTES = 64 * 1024;

    /** A read from a socket is at most this; smaller pieces would only cost more turns. */
    private static final int MAX_PIECE_BYTES = 64 * 1024;

    // In fields, because Vert.x closes a client that nothing refers to.
    private final HttpClient pooled;
    private final HttpClient fresh;
    private final HttpClient tunnels;

    Connections(Vertx vertx, ProxyConfig config) {
        var exchanges = pool(config.connectionsPerTarget(), config.waitingPerTarget());
        this.pooled = vertx.createHttpClient(client(config), exchanges);
        this.fresh = vertx.createHttpClient(client(config).setKeepAlive(false), exchanges);
        // Apart from the others: a WebSocket holds its connection for hours.
        this.tunnels = vertx.createHttpClient(client(config), pool(config.tunnelsPerTarget(), 0));
    }

    /** For ordinary requests. */
    HttpClient pooled() {
        return pooled;
    }

    /** Never uses a kept connection, and keeps none. */
    HttpClient fresh() {
        return fresh;
    }

    /** For WebSockets. */
    HttpClient tunnels() {
        return tunnels;
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
