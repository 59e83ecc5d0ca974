package org.lyceum.platform.http;

import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.ServerSSLOptions;
import io.vertx.core.transport.Transport;

import org.jspecify.annotations.Nullable;
import org.lyceum.platform.kernel.Problem;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.net.BindException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * The sockets we listen on. Each address is served by one Vert.x server for each event loop, so
 * that all cores take part. Blocking.
 */
public final class HttpListeners implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(HttpListeners.class);

    private static final Duration DEADLINE = Duration.ofSeconds(10);

    private record Opened(String deployment, int port, List<Server> servers) {}

    private final Vertx vertx;
    private final int loops;
    private final HttpServerOptions options;
    private final ConcurrentHashMap<String, Opened> opened = new ConcurrentHashMap<>();

    /**
     * Listens nowhere yet.
     *
     * @param loops event loops that serve each address
     * @param options of every server; address and port are set by {@link #listen}
     */
    public HttpListeners(Vertx vertx, int loops, HttpServerOptions options) {
        this.vertx = vertx;
        this.loops = loops;
        this.options = options;
    }

    /**
     * Finds out what the first event loop would have to wait for: the machine, and epoll's library.
     */
    public static void wake() {
        var _ = VertxOptions.DEFAULT_EVENT_LOOP_POOL_SIZE;
        var _ = Transport.nativeTransport();
    }

    /**
     * Listens, unless this address and port are listened on already.
     *
     * @param port 0 takes any free one, a new one for each address
     * @return the port
     * @throws Problem UNAVAILABLE http.port-taken, http.address-missing
     */
    public int listen(String address, int port, Handler<HttpServerRequest> handler) {
        return listen(address, port, null, handler);
    }

    /**
     * As the other, for browsers that speak TLS. Where this address and port are listened on
     * already, those who come from now on are shown this certificate; who is connected stays.
     *
     * @throws Problem UNAVAILABLE http.port-taken, http.address-missing, http.certificate-refused
     */
    public synchronized int listen(
            String address, int port, @Nullable Pem pem, Handler<HttpServerRequest> handler) {
        var there = opened.get(address + ":" + port);
        if (there != null) {
            if (pem != null) {
                renew(there, pem);
            }
            return there.port();
        }
        var servers = new ConcurrentLinkedQueue<Server>();
        // Servers of one deployment share a socket and take its connections in turn; for that they
        // must name the same port, so "any free one" is -1 and not 0 (Vert.x 5).
        int asked = port == 0 ? -1 : port;
        var deployment =
                await(
                        address,
                        port,
                        vertx.deployVerticle(
                                () -> {
                                    var server = new Server(address, asked, pem, handler);
                                    servers.add(server);
                                    return server;
                                },
                                new DeploymentOptions().setInstances(loops)));
        int actual = servers.element().port();
        opened.put(address + ":" + port, new Opened(deployment, actual, List.copyOf(servers)));
        return actual;
    }

    private static void renew(Opened there, Pem pem) {
        try {
            inTime(Future.join(there.servers().stream().map(server -> server.renew(pem)).toList()));
        } catch (ExecutionException | TimeoutException e) {
            throw new Problem(
                    Problem.Kind.UNAVAILABLE,
                    "http.certificate-refused",
                    "The new certificate cannot be shown; the one before it stays in use. Restart"
                            + " the platform.",
                    e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while changing a certificate", e);
        }
    }

    /**
     * Stops listening everywhere, and waits for that: closing Vert.x meanwhile would undeploy the
     * same a second time and log the failure. Vert.x closes what is left of the connections.
     */
    @Override
    public synchronized void close() {
        var closing =
                opened.values().stream().map(Opened::deployment).map(vertx::undeploy).toList();
        opened.clear();
        try {
            inTime(Future.join(closing));
        } catch (ExecutionException | TimeoutException e) {
            log.warn("http.still-listening after {}", DEADLINE, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static <T> T inTime(Future<T> future)
            throws ExecutionException, TimeoutException, InterruptedException {
        return future.toCompletionStage()
                .toCompletableFuture()
                .get(DEADLINE.toMillis(), TimeUnit.MILLISECONDS);
    }

    private static String await(String address, int port, Future<String> deployment) {
        try {
            return inTime(deployment);
        } catch (ExecutionException e) {
            throw translate(address, port, e);
        } catch (TimeoutException e) {
            throw new Problem(
                    Problem.Kind.UNAVAILABLE,
                    "http.not-listening",
                    "Listening on " + address + ":" + port + " took too long; try again.",
                    e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while listening on " + address, e);
        }
    }

    private static Problem translate(String address, int port, ExecutionException failure) {
        var cause = failure.getCause();
        boolean bind = cause instanceof BindException;
        var text = cause == null ? "" : String.valueOf(cause.getMessage());
        if (bind && text.contains("assign")) {
            return new Problem(
                    Problem.Kind.UNAVAILABLE,
                    "http.address-missing",
                    "This machine has no address " + address + "; set http.address to one it has.",
                    cause);
        }
        return new Problem(
                Problem.Kind.UNAVAILABLE,
                "http.port-taken",
                "Port "
                        + port
                        + " on "
                        + address
                        + " is taken by another program; stop it, or choose another port.",
                cause);
    }

    private final class Server extends VerticleBase {

        private final String address;
        private final int port;
        private final @Nullable Pem pem;
        private final Handler<HttpServerRequest> handler;
        private @Nullable HttpServer server;

        Server(String address, int port, @Nullable Pem pem, Handler<HttpServerRequest> handler) {
            this.pem = pem;
            this.address = address;
            this.port = port;
            this.handler = handler;
        }

        @Override
        public Future<?> start() {
            var created = vertx.createHttpServer(pem == null ? options : secure(pem));
            server = created;
            // Without a handler of its own, each browser that breaks off would be logged as an
            // error.
            created.connectionHandler(connection -> connection.exceptionHandler(broken -> {}));
            return created.requestHandler(handler).listen(port, address);
        }

        private HttpServerOptions secure(Pem shown) {
            return new HttpServerOptions(options).setSsl(true).setKeyCertOptions(shown.options());
        }

        Future<?> renew(Pem shown) {
            return server == null
                    ? Future.succeededFuture()
                    : server.updateSSLOptions(
                            new ServerSSLOptions().setKeyCertOptions(shown.options()));
        }

        int port() {
            return server == null ? port : server.actualPort();
        }
    }
}
