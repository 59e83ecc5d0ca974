package org.lyceum.proxy;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.RequestOptions;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** What every exchange shares: the connections to servers, and the rules. Any event
 * loop. */
final class Upstream {

    private final Vertx vertx;
    private final ProxyConfig config;
    private final Activity activity;
    private final ErrorPage errorPage;
    private final Headers headers;
    private volatile boolean closed;
    private final Map<Thread, Connections> connections = new ConcurrentHashMap<>();

    Upstream(Vertx vertx, ProxyConfig config, Activity activity, ErrorPage errorPage, Headers headers) {
        this.vertx = vertx;
        this.config = config;
        this.activity = activity;
        this.errorPage = errorPage;
        this.headers = headers;
    }

    /** Those of the event loop that asks; so both ends of an exchange are always on one loop. */
    Connections connections() {
        return connections.computeIfAbsent(
                Thread.currentThread(), loop -> new Connections(vertx, config));
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

    boolean closed() {
        return closed;
    }

    Future<Void> close() {
        closed = true;
        return Future.join(connections.values().stream().map(Connections::close).toList())
                .mapEmpty();
    }
}
