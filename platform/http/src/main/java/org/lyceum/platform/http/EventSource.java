package org.lyceum.platform.http;

import org.jspecify.annotations.Nullable;

import java.time.Duration;

/** Where the frames of a server-sent event stream come from. Asked by one virtual thread. */
public interface EventSource extends AutoCloseable {

    /** What comes next on the stream. */
    sealed interface Next {
        /** One event; {@code json} is one line. */
        record Event(String json) implements Next {}

        /** Nothing yet: the client gets a blank frame, which keeps the connection open. */
        record Quiet() implements Next {}

        /** The stream is over. */
        record End() implements Next {}
    }

    /** The next frame, waiting for it at most {@code patience}. */
    Next next(Duration patience) throws InterruptedException;

    /** Called once, when the stream or its client is gone. */
    @Override
    void close();

    /** A stream of one event. */
    static EventSource single(String json) {
        return new EventSource() {
            private @Nullable String left = json;

            @Override
            public Next next(Duration patience) {
                var now = left;
                left = null;
                return now == null ? new Next.End() : new Next.Event(now);
            }

            @Override
            public void close() {}
        };
    }
}
