package org.lyceum.proxy;

import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;

/** What a request is to the question whether its server is used. */
enum Asking {

    /** Somebody wants something; while it is under way the server is at work. */
    USE,

    /** A stream of events, which a page holds open for ever; each event is use. */
    LISTEN,

    /** A page asks for news by itself. */
    NEWS,

    /** The same, and the server answers only when there is some. */
    NEWS_AWAITED;

    private static final String EVENTS = "text/event-stream";

    static Asking of(HttpServerRequest in, Target target) {
        if (Polls.isOne(in, target)) {
            return Headers.hasBody(in) ? NEWS_AWAITED : NEWS;
        }
        var accept = in.getHeader(HttpHeaders.ACCEPT);
        return accept != null && accept.startsWith(EVENTS) ? LISTEN : USE;
    }

    /** Whether a page asks by itself. */
    boolean poll() {
        return this == NEWS || this == NEWS_AWAITED;
    }

    /** Whether it has its answer soon, so that a server is not frozen over it. */
    boolean hasAnswerSoon() {
        return this == USE || this == NEWS;
    }
}
