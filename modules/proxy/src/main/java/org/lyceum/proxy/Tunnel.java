package org.lyceum.proxy;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientConnection;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.net.NetSocket;

import org.jspecify.annotations.Nullable;

import java.util.Locale;

/**
 * One WebSocket. Two sockets joined octet by octet once the server has said 101: subprotocols,
 * extensions, pings and sizes are between browser and server. Ours and not vertx-http-proxy's,
 * because that one copies without back-pressure (docs/adr/0007). Event loop.
 */
final class Tunnel {

    /** Head, mask and 125 octets. */
    private static final int MAX_CONTROL_FRAME = 2 + 4 + 125;

    private final Upstream upstream;
    private final HttpServerRequest in;
    private final Target target;
    private final @Nullable Pass pass;
    private final Runnable handshakeOver;
    private final Runnable closer;

    private @Nullable HttpClientConnection connection;
    private @Nullable Relay relay;
    private @Nullable NetSocket browser;
    private @Nullable NetSocket server;
    private @Nullable Pump pump;
    private boolean over;
    private boolean shaken;

    /**
     * @param handshakeOver called once, when it is joined or has come to nothing
     */
    Tunnel(
            Upstream upstream,
            HttpServerRequest in,
            Target target,
            @Nullable Pass pass,
            Runnable handshakeOver) {
        this.handshakeOver = handshakeOver;
        this.upstream = upstream;
        this.in = in;
        this.target = target;
        this.pass = pass;
        this.closer = upstream.onThisLoop(this::close);
    }

    /** Only WebSockets: other upgrades (h2c) would carry requests past the rules for headers. */
    static boolean isWanted(HttpServerRequest in) {
        var upgrade = in.getHeader(HttpHeaders.UPGRADE);
        return upgrade != null
                && upgrade.equalsIgnoreCase("websocket")
                && in.method().equals(HttpMethod.GET)
                && in.version() == HttpVersion.HTTP_1_1
                && !Headers.hasBody(in)
                && in.headers().contains(HttpHeaders.CONNECTION)
                && in.headers().getAll(HttpHeaders.CONNECTION).stream()
                        .anyMatch(value -> value.toLowerCase(Locale.ROOT).contains("upgrade"));
    }

    void open() {
        in.response().exceptionHandler(gone -> browserGone()).closeHandler(gone -> browserGone());
        upstream.connections().to(target).takeTunnel(this::dialled);
    }

    private void dialled(@Nullable HttpClientConnection dialled, @Nullable Throwable failure) {
        if (dialled == null) {
            refuse();
        } else if (over) {
            dialled.close();
        } else {
            connection = dialled;
            dialled.request(Upstream.ask(in, target)).onComplete(this::ask, failed -> refuse());
        }
    }

    private void ask(HttpClientRequest request) {
        request.exceptionHandler(reported -> {}); // connect() fails with the same.
        if (over) {
            return;
        }
        try {
            upstream.headers()
                    .request(in, request.headers(), new Headers.Onward(target, pass, true));
        } catch (IllegalArgumentException unwritable) {
            refuse();
            return;
        }
        request.connect().onComplete(this::answered, failure -> refuse());
    }

    private void answered(HttpClientResponse answer) {
        if (over) {
            return;
        }
        try {
            if (answer.statusCode() == 101) {
                join(answer);
            } else {
                relay = new Relay(upstream, in, answer, target, Asking.USE, reusable -> close());
                relay.start();
            }
        } catch (IllegalArgumentException unwritable) {
            refuse();
        }
    }

    private void join(HttpClientResponse answer) {
        upstream.headers().answer(answer, in.response().headers(), target, true);
        var toServer = answer.netSocket();
        toServer.pause(); // Or frames that come before the sockets are joined are lost.
        server = toServer;
        in.response().setStatusCode(101);
        in.toNetSocket()
                .onComplete(
                        toBrowser -> joined(toBrowser, toServer, answer.request()),
                        failure -> close());
    }

    private void joined(NetSocket toBrowser, NetSocket toServer, HttpClientRequest request) {
        browser = toBrowser;
        shaken();
        var up = new Pump(toBrowser, toServer, null);
        var down = new Pump(toServer, toBrowser, request.connection());
        pump = down;
        toBrowser.handler(
                piece -> {
                    boolean use = !controlFrame(piece);
                    upstream.activity().touch(target, use);
                    if (use) {
                        wake();
                    }
                    if (!over) {
                        up.move(piece);
                    }
                });
        toServer.handler(
                piece -> {
                    if (!over) {
                        down.move(piece);
                    }
                });
        toBrowser.exceptionHandler(failure -> close()).closeHandler(closed -> close());
        toServer.exceptionHandler(failure -> close()).closeHandler(closed -> close());
        toServer.endHandler(end -> close());
        target.opened(closer);
        if (pass != null) {
            pass.opened(closer);
        }
        toServer.resume();
    }

    /** What came waits in the kernel until a frozen server reads it. */
    private void wake() {
        var frost = target.frost;
        if (frost != null) {
            frost.wake();
        }
    }

    private void shaken() {
        if (!shaken) {
            shaken = true;
            handshakeOver.run();
        }
    }

    /**
     * Whether the piece is a ping, a pong or a close, with which browsers answer by themselves; RFC
     * 6455, 5.5: at most 125 octets, never in parts. One that comes together with something else is
     * taken for use, which does no harm.
     */
    private static boolean controlFrame(Buffer piece) {
        return piece.length() >= 2
                && piece.length() <= MAX_CONTROL_FRAME
                && (piece.getByte(0) & 0x08) != 0;
    }

    private void refuse() {
        if (server != null) {
            close();
        } else if (!over) {
            close();
            in.response().setStatusCode(503).end();
        }
    }

    private void browserGone() {
        if (relay != null) {
            relay.abort();
        } else {
            close();
        }
    }

    private void close() {
        if (over) {
            return;
        }
        over = true;
        shaken();
        target.closed(closer);
        if (pass != null) {
            pass.closed(closer);
        }
        if (browser != null) {
            browser.close();
        } else if (server != null) {
            in.connection().close(); // Between the two halves of the handshake.
        }
        if (pump != null) {
            pump.stop();
        }
        if (server != null) {
            server.end();
        } else if (connection != null) {
            connection.close();
        }
    }
}
