package org.lyceum.proxy;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.HttpVersion;

import org.jspecify.annotations.Nullable;

import java.util.Locale;
import java.util.function.Consumer;

/**
 * A server's answer on its way to the browser. Tells at its end whether the server's connection can
 * be used again. Event loop, the loop of the browser's connection.
 */
final class Relay {

    /** Octets; what a server nearly always sends together with the head. */
    private static final long SMALL = 64 * 1024;

    private final Upstream upstream;
    private final HttpServerRequest in;
    private final HttpServerResponse response;
    private final HttpClientResponse answer;
    private final Target target;
    private final Consumer<Boolean> finished;
    private final Pump pump;

    private final Asking asking;

    /** What is kept for when the server is frozen; null unless that is worth it. */
    private @Nullable Buffer echo;

    private @Nullable Echoes echoes;

    /** Octets announced, or -1 when the end is marked some other way. */
    private final long length;

    private long seen;
    private boolean over;

    Relay(
            Upstream upstream,
            HttpServerRequest in,
            HttpClientResponse answer,
            Target target,
            Asking asking,
            Consumer<Boolean> finished) {
        this.upstream = upstream;
        this.in = in;
        this.response = in.response();
        this.answer = answer;
        this.target = target;
        this.finished = finished;
        this.asking = asking;
        this.length = length(answer);
        this.pump = new Pump(answer, response, answer.request().connection());
    }

    void start() {
        response.setStatusCode(answer.statusCode());
        // A 304 is told by its usual phrase inside Vert.x; another one would give it a length.
        if (answer.statusCode() != 304
                && !response.getStatusMessage().equals(answer.statusMessage())) {
            response.setStatusMessage(answer.statusMessage());
        }
        upstream.headers().answer(answer, response.headers(), target, false);
        if (length < 0 && !in.method().equals(HttpMethod.HEAD)) {
            response.setChunked(true);
        }
        echoes = target.echoes;
        if (asking == Asking.NEWS
                && echoes != null
                && Echoes.worthKeeping(answer.statusCode(), length)) {
            echo = Buffer.buffer();
        }
        answer.exceptionHandler(broken -> broken());
        answer.handler(this::piece);
        answer.endHandler(end -> end());
        if ((length < 0 || length > SMALL) && in.version() != HttpVersion.HTTP_1_0) {
            upstream.later(this::head);
        }
    }

    /**
     * Heads go out in one write with what came of their body in the same read. When nothing did,
     * the head goes alone, because an event stream is open before its first event; only that of a
     * small whole waits for its first octet.
     */
    private void head() {
        if (!over && !response.headWritten()) {
            response.writeHead();
        }
    }

    private void piece(Buffer piece) {
        if (over) {
            return;
        }
        seen += piece.length();
        if (!asking.poll()) {
            upstream.activity().use(target);
        }
        if (echo != null) {
            echo.appendBuffer(piece);
        }
        if (seen == length) {
            // The end mark would be a write of its own.
            over = true;
            upstream.later(() -> response.end(piece));
            done();
        } else {
            pump.move(piece);
        }
    }

    private void end() {
        if (over) {
            return;
        }
        over = true;
        var written = response.end();
        if (length < 0 && in.version() == HttpVersion.HTTP_1_0) {
            written.onComplete(flushed -> in.connection().close());
        }
        done();
    }

    private void done() {
        if (answer.statusCode() < 300) {
            upstream.activity().touch(target, !asking.poll());
        }
        if (echo != null && echoes != null) {
            echoes.keep(Echoes.asked(in), response, echo, upstream.activity().nowMillis());
        }
        finished.accept(staysOpen());
    }

    private boolean staysOpen() {
        var connection = answer.getHeader(HttpHeaders.CONNECTION);
        return answer.version() == HttpVersion.HTTP_1_1
                && (connection == null || !connection.toLowerCase(Locale.ROOT).contains("close"));
    }

    /** The only honest way to say that a body is not whole is to break the connection. */
    private void broken() {
        if (!over) {
            over = true;
            response.reset();
            finished.accept(false);
        }
    }

    /** The browser has gone. */
    void abort() {
        if (!over) {
            over = true;
            pump.stop();
            finished.accept(false);
        }
    }

    private static long length(HttpClientResponse answer) {
        var announced = answer.getHeader(HttpHeaders.CONTENT_LENGTH);
        return announced == null ? -1 : Long.parseLong(announced);
    }
}
