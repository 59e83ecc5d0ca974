package org.lyceum.proxy;

import io.vertx.core.http.HttpServerRequest;

/** One request that waits for a frozen server to go on. Event loop of the browser's connection. */
final class Doorstep {

    private final Upstream upstream;
    private final HttpServerRequest in;
    private final Frost frost;
    private final Runnable goOn;
    private final Frost.Waiting waiting;
    private long timer;
    private boolean over;

    /**
     * @param goOn what the request was going to do
     */
    Doorstep(Upstream upstream, HttpServerRequest in, Frost frost, Runnable goOn) {
        this.upstream = upstream;
        this.in = in;
        this.frost = frost;
        this.goOn = goOn;
        var yes = upstream.onThisLoop(() -> end(true));
        var no = upstream.onThisLoop(() -> end(false));
        this.waiting = awake -> (awake ? yes : no).run();
    }

    void await() {
        if (Headers.hasBody(in)) {
            in.pause();
        }
        in.response().exceptionHandler(broken -> gone()).closeHandler(closed -> gone());
        timer = upstream.in(upstream.config().connectTimeout(), () -> end(false));
        if (!frost.await(waiting, upstream.config().waitingPerTarget())) {
            end(false);
        }
    }

    private void gone() {
        leave();
    }

    private void end(boolean awake) {
        if (over) {
            return;
        }
        leave();
        if (awake) {
            goOn.run();
        } else {
            upstream.refuse(in, 503);
        }
    }

    private void leave() {
        if (!over) {
            over = true;
            upstream.cancel(timer);
            frost.leave(waiting);
        }
    }
}
