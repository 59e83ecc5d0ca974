package org.lyceum.proxy;

import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpClosedException;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import java.io.IOException;
import java.net.ConnectException;
import org.jspecify.annotations.Nullable;

/**
 * One HTTP request on its way to a server, until the answer's head is there; then {@link Relay} goes
 * on. Event loop, the loop of the browser's connection.
 */
final class Exchange {

    private final Upstream upstream;
    private final HttpServerRequest in;
    private final Target target;
    private final boolean body;

    private @Nullable HttpClientRequest out;
    private boolean retried;
    private boolean over;

    Exchange(Upstream upstream, HttpServerRequest in, Target target) {
        this.upstream = upstream;
        this.in = in;
        this.target = target;
        this.body = Headers.hasBody(in);
    }

    void start() {
        if (body) {
            in.pause();
        }
        in.response().exceptionHandler(this::clientGone).closeHandler(closed -> clientGone(null));
        dial(upstream.connections().pooled());
    }

    private void dial(HttpClient client) {
        client.request(upstream.options(in, target)).onComplete(this::send, this::failed);
    }

    private void send(HttpClientRequest request) {
        request.exceptionHandler(reported -> {}); // response() fails with the same.
        if (over) {
            request.reset();
            return;
        }
        out = request;
        upstream.headers().request(in, request.headers(), false);
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
        request.end();
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
                    upstream.activity().touch(target);
                    if (!over) { // Else dropped, so that the connection can go on.
                        pump.move(piece);
                    }
                });
        in.endHandler(
                end -> {
                    if (!over) {
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
        if (answer.statusCode() == 101) {
            failed(new IOException("the server switched protocols unasked"));
            return;
        }
        new Relay(upstream, in, answer, target, this::finished).start();
    }

    private void finished() {
        over = true;
        if (body && !in.isEnded()) {
            in.resume();
        }
    }

    private void failed(Throwable cause) {
        if (over) {
            return;
        }
        if (!retried && !body && isIdempotent() && wasStale(cause)) {
            retried = true;
            dial(upstream.connections().fresh());
            return;
        }
        over = true;
        if (out != null) {
            out.reset();
        }
        upstream.refuse(in, 503);
    }

    private void clientGone(@Nullable Throwable cause) {
        if (!over) {
            over = true;
            if (out != null) {
                out.reset();
            }
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
                || (cause instanceof IOException && !(cause instanceof ConnectException));
    }
}
