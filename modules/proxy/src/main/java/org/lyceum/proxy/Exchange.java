package org.lyceum.proxy;

import io.vertx.core.http.HttpClientConnection;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpClosedException;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.net.ConnectException;
import java.net.ProtocolException;

/**
 * One HTTP request on its way to a server, until the answer's head is there; then {@link Relay}
 * goes on. Event loop, the loop of the browser's connection.
 */
final class Exchange {

    private final Upstream upstream;
    private final HttpServerRequest in;
    private final Target target;
    private final @Nullable Pass pass;
    private final boolean body;

    private final Asking asking;

    private Pool pool;
    private @Nullable HttpClientConnection connection;
    private @Nullable Relay relay;
    private boolean sent;
    private boolean retried;
    private boolean over;

    /**
     * @param asking as which {@code target} was entered
     */
    Exchange(
            Upstream upstream,
            HttpServerRequest in,
            Target target,
            @Nullable Pass pass,
            Asking asking) {
        this.upstream = upstream;
        this.in = in;
        this.target = target;
        this.pass = pass;
        this.body = Headers.hasBody(in);
        this.asking = asking;
        this.pool = upstream.connections().to(target);
    }

    void start() {
        if (body) {
            in.pause();
        }
        in.response().exceptionHandler(this::clientGone).closeHandler(closed -> clientGone(null));
        pool.take(this::dialled);
    }

    private void dialled(@Nullable HttpClientConnection connection, @Nullable Throwable failure) {
        if (connection == null) {
            failed(failure == null ? new IOException("no connection") : failure);
        } else if (over) {
            pool.give(connection);
        } else {
            this.connection = connection;
            connection.request(Upstream.ask(in, target)).onComplete(this::send, this::failed);
        }
    }

    private void send(HttpClientRequest request) {
        request.exceptionHandler(reported -> {}); // response() fails with the same.
        if (over) {
            reset();
            return;
        }
        try {
            upstream.headers()
                    .request(in, request.headers(), new Headers.Onward(target, pass, false));
        } catch (IllegalArgumentException unwritable) {
            failed(unwritable);
            return;
        }
        request.response().onComplete(this::answered, this::failed);
        if (body) {
            upload(request);
            return;
        }
        var method = in.method();
        if ((method.equals(HttpMethod.DELETE) || method.equals(HttpMethod.OPTIONS))
                && !in.headers().contains(HttpHeaders.CONTENT_LENGTH)) {
            request.headers().set(HttpHeaders.CONTENT_LENGTH, "0");
        }
        sent = true;
        upstream.later(request::end);
    }

    private void upload(HttpClientRequest request) {
        if (!in.headers().contains(HttpHeaders.CONTENT_LENGTH)) {
            request.setChunked(true);
        }
        if (in.headers().contains(HttpHeaders.EXPECT)) {
            request.continueHandler(
                    go -> {
                        if (!over && !in.response().headWritten()) {
                            in.response().writeContinue();
                        }
                    });
        }
        var pump = new Pump(in, request, null);
        in.handler(
                piece -> {
                    upstream.activity().touch(target, !asking.poll());
                    if (!over) { // Else dropped, so that the connection can go on.
                        pump.move(piece);
                    }
                });
        in.endHandler(
                end -> {
                    if (!over) {
                        sent = true;
                        request.end();
                    }
                });
        in.exceptionHandler(this::clientGone);
        // Sent now, not with the first piece: the server may refuse, or say that it may come.
        request.writeHead();
        in.resume();
    }

    private void answered(HttpClientResponse answer) {
        if (over) {
            return;
        }
        if (answer.statusCode() < 200) {
            failed(new ProtocolException("an interim answer that nobody asked for"));
            return;
        }
        try {
            relay = new Relay(upstream, in, answer, target, asking, this::finished);
            relay.start();
        } catch (IllegalArgumentException unwritable) {
            relay = null;
            failed(unwritable);
        }
    }

    /** Keeps the connection for others if both bodies went through it to their ends. */
    private void finished(boolean reusable) {
        end();
        if (reusable && sent && connection != null) {
            pool.give(connection);
        } else {
            reset();
        }
        if (body && !in.isEnded()) {
            in.resume();
        }
    }

    private void reset() {
        if (connection != null) {
            connection.close();
        }
    }

    private void failed(Throwable cause) {
        if (over) {
            return;
        }
        if (!retried && !body && isIdempotent() && wasStale(cause)) {
            retried = true;
            connection = null;
            pool = upstream.connections().to(target);
            pool.takeFresh(this::dialled);
            return;
        }
        end();
        reset();
        upstream.refuse(in, 503);
    }

    private void end() {
        if (!over) {
            over = true;
            target.leave(asking);
        }
    }

    private void clientGone(@Nullable Throwable cause) {
        if (relay != null) {
            relay.abort();
        } else if (!over) {
            end();
            reset();
        }
    }

    private boolean isIdempotent() {
        var method = in.method();
        return method.equals(HttpMethod.GET)
                || method.equals(HttpMethod.HEAD)
                || method.equals(HttpMethod.OPTIONS);
    }

    /** A kept connection that the server closed at the moment we used it. */
    private static boolean wasStale(Throwable cause) {
        return cause instanceof HttpClosedException
                || (cause instanceof IOException
                        && !(cause instanceof ConnectException)
                        && !(cause instanceof ProtocolException));
    }
}
