package org.lyceum.platform.http;

import io.vertx.core.Context;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Writes bodies that are read while they are sent, from a virtual thread that may wait: a slow
 * client slows its own download, and never has more than {@value #MAX_UNSENT} pieces in memory.
 */
final class DownloadStreams {

    private static final Logger log = LoggerFactory.getLogger(DownloadStreams.class);

    /** Downloads under way at once; each takes half a MiB at most. */
    private static final int MAX_STREAMS = 200;

    private static final int PIECE_BYTES = 64 * 1024;

    private static final int MAX_UNSENT = 8;

    /** A client that takes nothing for so long may come back and ask for the rest. */
    private static final Duration MAX_WAIT_FOR_CLIENT = Duration.ofSeconds(60);

    private final Semaphore open = new Semaphore(MAX_STREAMS);

    /** Returns when all was sent, or the client is gone. Blocking. */
    void write(
            HttpServerRequest in, Context context, Response response, Response.Body.Stream body) {
        try (var source = body.source()) {
            if (!open.tryAcquire()) {
                context.runOnContext(now -> in.response().setStatusCode(503).end());
                return;
            }
            try {
                new Download(in, context).run(response, body.length(), source);
            } finally {
                open.release();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            context.runOnContext(now -> in.connection().close());
        } catch (IOException | RuntimeException e) {
            log.warn("download.broken: cut off, so that nobody takes it for whole", e);
            context.runOnContext(now -> in.connection().close());
        }
    }

    private static final class Download {

        private final HttpServerRequest in;
        private final HttpServerResponse out;
        private final Context context;
        private final Semaphore unsent = new Semaphore(MAX_UNSENT);
        private final AtomicBoolean gone = new AtomicBoolean();

        Download(HttpServerRequest in, Context context) {
            this.in = in;
            this.out = in.response();
            this.context = context;
        }

        /**
         * @throws IOException also when the source has another length than was said
         */
        void run(Response response, long length, InputStream source)
                throws IOException, InterruptedException {
            context.runOnContext(now -> begin(response, length));
            long left = length;
            var piece = new byte[PIECE_BYTES];
            while (left > 0 && !gone.get()) {
                int count = source.read(piece, 0, (int) Math.min(left, piece.length));
                if (count < 0) {
                    throw new IOException(left + " bytes are missing at the end");
                }
                left -= count;
                send(Buffer.buffer(count).appendBytes(piece, 0, count));
            }
            context.runOnContext(now -> end());
        }

        private void begin(Response response, long length) {
            out.exceptionHandler(lost -> gone.set(true));
            out.closeHandler(closed -> gone.set(true));
            out.setStatusCode(response.status());
            response.headers().forEach(header -> out.headers().add(header.name(), header.value()));
            out.putHeader("Content-Length", Long.toString(length));
        }

        private void send(Buffer piece) throws InterruptedException {
            if (!unsent.tryAcquire(MAX_WAIT_FOR_CLIENT.toMillis(), TimeUnit.MILLISECONDS)) {
                gone.set(true);
                return;
            }
            context.runOnContext(
                    now -> {
                        if (out.closed()) {
                            gone.set(true);
                            unsent.release();
                        } else {
                            out.write(piece).onComplete(done -> unsent.release());
                        }
                    });
        }

        private void end() {
            if (out.closed()) {
                return;
            }
            if (gone.get()) {
                in.connection().close();
            } else {
                out.end();
            }
        }
    }
}
