package org.lyceum.proxy;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.impl.UnpooledHttpClientConnection;
import io.vertx.core.streams.ReadStream;

import org.jspecify.annotations.Nullable;

/**
 * Lets a server close its connection without taking back what it has said.
 *
 * <p>Vert.x 5.1.6 tells of the close at once, also while the reader is paused and up to a few MiB
 * wait in its queues; the stream counts as broken and they are lost (measured: of 8 MiB to a slow
 * browser, 1.3 MiB, every time). So while a stream is paused the close is held back in the
 * pipeline, before Vert.x. To be retired when {@code ProxyStreamingTest} passes without it. Event
 * loop of the connection, which is that of the stream.
 */
final class LastWords extends ChannelInboundHandlerAdapter {

    private static final String NAME = "last-words";

    private boolean paused;
    private boolean holding;
    private @Nullable ChannelHandlerContext context;
    private boolean held;

    private LastWords() {}

    /** Put in place when a stream is first paused, since most never are. */
    static LastWords on(HttpConnection connection) {
        var pipeline =
                ((UnpooledHttpClientConnection) connection)
                        .unwrap()
                        .channelHandlerContext()
                        .pipeline();
        if (pipeline.get(NAME) instanceof LastWords there) {
            return there;
        }
        var words = new LastWords();
        pipeline.addBefore("handler", NAME, words);
        return words;
    }

    void hold() {
        paused = true;
        holding = true;
    }

    /**
     * Resumes {@code source}, which hands out what waits in the next turn of the loop. When that
     * has not paused it again, all is out.
     */
    void resume(ReadStream<?> source) {
        paused = false;
        source.resume();
        if (context != null) {
            context.executor()
                    .execute(
                            () -> {
                                if (!paused) {
                                    letGo();
                                }
                            });
        }
    }

    /** Tells of a close that was held back, whatever still waits. */
    void letGo() {
        holding = false;
        if (held && context != null) {
            held = false;
            context.fireChannelInactive();
        }
    }

    @Override
    public void handlerAdded(ChannelHandlerContext added) {
        context = added;
    }

    @Override
    public void channelInactive(ChannelHandlerContext closed) {
        if (holding) {
            held = true;
        } else {
            closed.fireChannelInactive();
        }
    }
}
