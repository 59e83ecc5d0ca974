package org.lyceum.platform.http;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;

import java.util.function.Consumer;

/** Reads a request's body into memory, up to a limit. Event loop. */
final class BodyReader {

    private BodyReader() {}

    /**
     * Calls exactly one of the two. A declared length over the limit is refused before any byte is
     * read.
     */
    static void read(HttpServerRequest in, int limit, Consumer<byte[]> whole, Runnable tooLarge) {
        if (declared(in) > limit) {
            tooLarge.run();
            return;
        }
        if ("100-continue".equalsIgnoreCase(in.getHeader("Expect"))) {
            in.response().writeContinue(); // the server in front leaves this answer to us
        }
        var body = Buffer.buffer();
        boolean[] refused = {false};
        in.handler(
                chunk -> {
                    if (refused[0]) {
                        return;
                    }
                    if (body.length() + chunk.length() > limit) {
                        refused[0] = true;
                        tooLarge.run();
                    } else {
                        body.appendBuffer(chunk);
                    }
                });
        in.endHandler(
                end -> {
                    if (!refused[0]) {
                        whole.accept(body.getBytes());
                    }
                });
        in.resume();
    }

    private static long declared(HttpServerRequest in) {
        var length = in.getHeader("Content-Length");
        try {
            return length == null ? 0 : Long.parseLong(length);
        } catch (NumberFormatException e) {
            return Long.MAX_VALUE;
        }
    }
}
