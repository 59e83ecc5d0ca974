package org.lyceum.proxy;

import io.vertx.core.Completable;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClientAgent;
import io.vertx.core.http.HttpClientConnection;
import io.vertx.core.http.HttpConnectOptions;

import org.jspecify.annotations.Nullable;

import java.net.ConnectException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * The connections of one event loop to one server. Only on that loop.
 *
 * <p>Ours and not that of Vert.x: a request passes a queue here instead of a resolver, a map of
 * endpoints, an executor and six futures, and connections go when the route goes, so that none is
 * left over for whoever gets the address next.
 */
final class Pool {

    private record Kept(HttpClientConnection connection, long turn) {}

    private record Waiting(Completable<HttpClientConnection> taker, long timer) {}

    private final Vertx vertx;
    private final HttpClientAgent client;
    private final ProxyConfig config;
    private final HttpConnectOptions address;
    private final ArrayDeque<Kept> kept = new ArrayDeque<>();
    private final ArrayDeque<Waiting> waiting = new ArrayDeque<>();

    private int open;
    private int tunnels;
    private long turn;
    private boolean closed;

    Pool(Vertx vertx, HttpClientAgent client, ProxyConfig config, Target target) {
        this.vertx = vertx;
        this.client = client;
        this.config = config;
        this.address = new HttpConnectOptions().setServer(target.address);
    }

    /** Hands a kept connection, or a new one when there is none, to {@code taker}. */
    void take(Completable<HttpClientConnection> taker) {
        var last = kept.pollLast();
        if (last != null) {
            taker.succeed(last.connection());
        } else {
            takeFresh(taker);
        }
    }

    /** Hands a new connection to {@code taker}, after a wait when there are too many. */
    void takeFresh(Completable<HttpClientConnection> taker) {
        if (open < config.connectionsPerTarget()) {
            connect(taker);
        } else if (waiting.size() < config.waitingPerTarget()) {
            var timer = vertx.setTimer(config.connectTimeout().toMillis(), this::giveUp);
            waiting.add(new Waiting(taker, timer));
        } else {
            taker.fail(new ConnectException("too many requests to one server wait"));
        }
    }

    /** Hands a new connection that will not come back to {@code taker}. */
    void takeTunnel(Completable<HttpClientConnection> taker) {
        if (tunnels >= config.tunnelsPerTarget()) {
            taker.fail(new ConnectException("too many WebSockets to one server"));
            return;
        }
        tunnels++;
        dial(taker, connection -> tunnels--);
    }

    /** Takes back a connection on which nothing is under way. */
    void give(HttpClientConnection connection) {
        if (closed) {
            connection.close();
            return;
        }
        var next = waiting.poll();
        if (next == null) {
            kept.addLast(new Kept(connection, turn));
        } else {
            vertx.cancelTimer(next.timer());
            next.taker().succeed(connection);
        }
    }

    /** To be called once a second: closes what has been kept long enough. */
    void sweep() {
        turn++;
        for (var first = kept.peekFirst();
                first != null && turn - first.turn() > config.keepAlive().toSeconds();
                first = kept.peekFirst()) {
            kept.removeFirst();
            first.connection().close();
        }
    }

    boolean unused() {
        return open == 0 && tunnels == 0 && waiting.isEmpty();
    }

    /** Closes what is kept, and later what comes back. */
    void close() {
        closed = true;
        List<Kept> all = new ArrayList<>(kept);
        kept.clear();
        all.forEach(one -> one.connection().close());
    }

    private void connect(Completable<HttpClientConnection> taker) {
        open++;
        dial(taker, this::gone);
    }

    /**
     * Calls {@code gone} once, when the connection has closed or has not come about; then with
     * null.
     */
    private void dial(
            Completable<HttpClientConnection> taker,
            Consumer<@Nullable HttpClientConnection> gone) {
        Future<HttpClientConnection> dialled;
        try {
            dialled = client.connect(address);
        } catch (IllegalStateException clientClosed) {
            dialled = Future.failedFuture(clientClosed);
        }
        dialled.onComplete(
                connection -> {
                    // The exchange hears of errors; with no handler here Vert.x would log each.
                    connection.exceptionHandler(reported -> {});
                    connection.closeHandler(closed -> gone.accept(connection));
                    taker.succeed(connection);
                },
                failure -> {
                    gone.accept(null);
                    taker.fail(failure);
                });
    }

    private void gone(@Nullable HttpClientConnection connection) {
        kept.removeIf(one -> one.connection().equals(connection));
        open--;
        var next = waiting.poll();
        if (next != null) {
            vertx.cancelTimer(next.timer());
            connect(next.taker());
        }
    }

    private void giveUp(long timer) {
        for (var one : waiting) {
            if (one.timer() == timer) {
                waiting.remove(one);
                one.taker().fail(new ConnectException("no connection to the server came free"));
                return;
            }
        }
    }
}
