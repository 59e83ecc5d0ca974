package org.lyceum.proxy;

import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.http.HttpServerOptions;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * The proxy behind a real server on a free port, with a hub that answers {@code hub METHOD target}.
 */
final class ProxyUnderTest implements AutoCloseable {

    final Routes routes = new Routes();
    final MovedClock clock = new MovedClock();
    final Activity activity = new Activity(routes, clock);
    final ProxyHandler handler;
    private final Set<Thread> used = ConcurrentHashMap.newKeySet();
    private final Vertx vertx;
    private final int port;

    ProxyUnderTest() {
        this(ProxyConfig.defaults());
    }

    ProxyUnderTest(ProxyConfig config) {
        this(config, ProxyHandler.serverOptions());
    }

    ProxyUnderTest(ProxyConfig config, HttpServerOptions options) {
        this(config, options, 1);
    }

    ProxyUnderTest(ProxyConfig config, HttpServerOptions options, int loops) {
        vertx =
                Vertx.vertx(
                        new VertxOptions().setEventLoopPoolSize(2).setPreferNativeTransport(true));
        handler =
                new ProxyHandler(
                        vertx,
                        routes,
                        activity,
                        config,
                        in ->
                                in.response()
                                        .putHeader(
                                                "seen",
                                                in.headers().getAll("x-forwarded-for").toString())
                                        .end("hub " + in.method() + " " + in.uri()),
                        ErrorPage.plain());
        var ports = ConcurrentHashMap.<Integer>newKeySet();
        await(
                vertx.deployVerticle(
                        () ->
                                new VerticleBase() {
                                    @Override
                                    public Future<?> start() {
                                        // Below zero is one free port that all instances share.
                                        return vertx.createHttpServer(options)
                                                .connectionHandler(
                                                        browser ->
                                                                browser.exceptionHandler(
                                                                        reset -> {}))
                                                .requestHandler(
                                                        in -> {
                                                            used.add(Thread.currentThread());
                                                            handler.handle(in);
                                                        })
                                                .listen(-1, "127.0.0.1")
                                                .onSuccess(
                                                        server -> ports.add(server.actualPort()));
                                    }
                                },
                        new DeploymentOptions().setInstances(loops)));
        if (ports.size() != 1) {
            throw new AssertionError("the loops listen apart: " + ports);
        }
        port = ports.iterator().next();
    }

    Vertx vertx() {
        return vertx;
    }

    /** How many event loops have handled a request. */
    int loops() {
        return used.size();
    }

    int port() {
        return port;
    }

    Wire browser() throws IOException {
        return Wire.to(port);
    }

    /** Its kernel takes in a few KiB only before it has to read. */
    Wire browserThatBuffersLittle() throws IOException {
        var socket = new java.net.Socket();
        socket.setReceiveBufferSize(4096);
        socket.connect(new java.net.InetSocketAddress("127.0.0.1", port));
        return new Wire(socket);
    }

    void route(String prefix, FakeServer server) {
        routes.put(new Route(prefix, "127.0.0.1", server.port(), Map.of()));
    }

    /** One request on a connection of its own; the answer's head and body. */
    Answer ask(String method, String target, String... headers) throws IOException {
        try (var browser = browser()) {
            var head = browser.ask(method, target, headers).head();
            return new Answer(head, method.equals("HEAD") ? "" : browser.body(head));
        }
    }

    Answer get(String target, String... headers) throws IOException {
        return ask("GET", target, headers);
    }

    /** An answer as it came over the wire. */
    record Answer(Wire.Head head, String body) {
        int status() {
            return head.status();
        }
    }

    static void eventually(String what, BooleanSupplier holds) {
        long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (!holds.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("not within 20 s: " + what);
            }
            java.util.concurrent.locks.LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
        }
    }

    static <T> T await(Future<T> future) {
        try {
            return future.toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public void close() {
        await(handler.close());
        await(vertx.close());
    }

    /** A clock that stands still until it is moved. */
    static final class MovedClock extends Clock {
        volatile Instant now = Instant.parse("2026-01-01T00:00:00Z");

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }
}
