package org.lyceum.platform.http;

import io.vertx.core.Context;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * A request's body as it comes, for an endpoint that reads it while it is sent. The client is
 * slowed down to the reader: no more than a few pieces are ever in memory. Made on the event loop,
 * read by one thread that may wait.
 */
final class UploadStream extends InputStream {

    /** Pieces asked for beforehand, of 64 KiB at most: enough to keep a fast line busy. */
    private static final int AHEAD = 8;

    /** A client that sends nothing for so long has gone, or holds a place that others wait for. */
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /**
     * What a refused upload may still send while it is not listening to the answer: closing the
     * connection sooner would take the answer from it.
     */
    private static final long MAX_UNWANTED = 32L << 20;

    private static final Duration UNWANTED_PATIENCE = Duration.ofSeconds(5);

    private sealed interface Piece {
        record Bytes(byte[] bytes) implements Piece {}

        record End() implements Piece {}

        record Broken() implements Piece {}
    }

    private final HttpServerRequest in;
    private final Context context;

    /** Holds what was asked for, the end, and a failure after it. */
    private final BlockingQueue<Piece> pieces = new ArrayBlockingQueue<>(AHEAD + 4);

    private byte[] now = {};
    private int at;
    private boolean begun;
    private boolean ended;
    private boolean broken;

    /** Stops the request's body from coming until it is read. */
    UploadStream(HttpServerRequest in, Context context) {
        this.in = in;
        this.context = context;
        in.pause();
        in.handler(this::came);
        in.endHandler(end -> pieces.offer(new Piece.End()));
        in.exceptionHandler(lost -> pieces.offer(new Piece.Broken()));
    }

    private void came(Buffer piece) {
        pieces.offer(new Piece.Bytes(piece.getBytes())); // there is room: it was asked for
    }

    @Override
    public int read() throws IOException {
        var one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    /**
     * @throws IOException when the client has gone, or is silent for too long
     */
    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, into.length);
        if (length == 0) {
            return 0;
        }
        if (at == now.length && !next(PATIENCE)) {
            return -1;
        }
        int count = Math.min(length, now.length - at);
        System.arraycopy(now, at, into, offset, count);
        at += count;
        return count;
    }

    /** Whether there is another piece. */
    private boolean next(Duration patience) throws IOException {
        if (ended) {
            return false;
        }
        if (broken) {
            throw new IOException("the client has gone");
        }
        context.runOnContext(turn -> ask());
        return switch (taken(patience)) {
            case Piece.Bytes(var bytes) -> {
                now = bytes;
                at = 0;
                yield bytes.length > 0 || next(patience);
            }
            case Piece.End end -> {
                ended = true;
                yield false;
            }
            case Piece.Broken gone -> {
                broken = true;
                throw new IOException("the client has gone");
            }
        };
    }

    private void ask() {
        if (begun) {
            in.fetch(1);
            return;
        }
        begun = true;
        if ("100-continue".equalsIgnoreCase(in.getHeader("Expect"))) {
            in.response().writeContinue(); // the server in front leaves this answer to us
        }
        in.fetch(AHEAD);
    }

    private Piece taken(Duration patience) throws IOException {
        try {
            @Nullable Piece piece = pieces.poll(patience.toMillis(), TimeUnit.MILLISECONDS);
            if (piece == null) {
                broken = true;
                throw new IOException("the client sent nothing for " + patience.toSeconds() + " s");
            }
            return piece;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while a body came", e);
        }
    }

    /**
     * Reads on to the end, within bounds, and throws it away, so that the client hears the answer.
     *
     * @return whether the end has come: only then may the connection be used again
     */
    boolean drained() {
        long left = begun ? MAX_UNWANTED : 0; // one that has sent nothing waits for our answer
        try {
            while (left > 0 && next(UNWANTED_PATIENCE)) {
                left -= now.length;
            }
        } catch (IOException gone) {
            return false;
        }
        return ended;
    }
}
