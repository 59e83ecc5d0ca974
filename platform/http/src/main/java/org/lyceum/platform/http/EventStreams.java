package org.lyceum.platform.http;

import io.vertx.core.Context;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/** Writes server-sent events, from a virtual thread that may wait for the next one. */
final class EventStreams {

    private static final Logger log = LoggerFactory.getLogger(EventStreams.class);

    /** Streams open at once: one for each browser that watches a start. */
    private static final int MAX_STREAMS = 1_000;

    /** Frames on their way to one client. A client that reads nothing stops its own stream. */
    private static final int MAX_UNSENT_FRAMES = 64;

    /** Between blank frames: short enough for any proxy in between (jupyterhub 5: 8 s). */
    private static final Duration KEEP_ALIVE = Duration.ofSeconds(8);

    private static final Duration MAX_WAIT_FOR_CLIENT = Duration.ofSeconds(30);

    private final Semaphore open = new Semaphore(MAX_STREAMS);

    /** Returns when the stream has ended, or its client is gone. Blocking. */
    void write(HttpServerRequest in, Context context, Response response, EventSource source) {
        try (source) {
            if (!open.tryAcquire()) {
                context.runOnContext(now -> in.response().setStatusCode(503).end());
                return;
            }
            try {
                new Stream(in.response(), context).run(response, source);
            } finally {
                open.release();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            log.error("events.broken: the stream was cut off; please report this", e);
        } finally {
            context.runOnContext(now -> end(in.response()));
        }
    }

    private static void end(HttpServerResponse out) {
        if (!out.ended() && !out.closed()) {
            out.end();
        }
    }

    private static final class Stream {

        private final HttpServerResponse out;
        private final Context context;
        private final Semaphore unsent = new Semaphore(MAX_UNSENT_FRAMES);
        private final AtomicBoolean gone = new AtomicBoolean();

        Stream(HttpServerResponse out, Context context) {
            this.out = out;
            this.context = context;
        }

        void run(Response response, EventSource source) throws InterruptedException {
            context.runOnContext(now -> begin(response));
            send("\n\n");
            while (!gone.get()) {
                switch (source.next(KEEP_ALIVE)) {
                    case EventSource.Next.Event(var json) -> send("data: " + json + "\n\n");
                    case EventSource.Next.Quiet quiet -> send("\n\n");
                    case EventSource.Next.End end -> {
                        return;
                    }
                }
            }
        }

        private void begin(Response response) {
            out.exceptionHandler(lost -> gone.set(true));
            out.closeHandler(closed -> gone.set(true));
            out.setStatusCode(response.status()).setChunked(true);
            response.headers().forEach(header -> out.headers().add(header.name(), header.value()));
        }

        private void send(String frame) throws InterruptedException {
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
                            out.write(frame).onComplete(done -> unsent.release());
                        }
                    });
        }
    }
}
