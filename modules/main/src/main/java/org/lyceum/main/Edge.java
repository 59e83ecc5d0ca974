package org.lyceum.main;

import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
import io.vertx.core.http.HttpServerRequest;

import org.jspecify.annotations.Nullable;
import org.lyceum.platform.app.Module;
import org.lyceum.platform.app.Threads;
import org.lyceum.platform.http.HttpListeners;
import org.lyceum.platform.http.Listener;
import org.lyceum.platform.http.Pem;
import org.lyceum.platform.http.Surfaces;
import org.lyceum.platform.http.VirtualThreadDispatch;
import org.lyceum.proxy.ProxyHandler;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * The event loops and their sockets. Starts before the servers module, which needs doors for
 * containers to recover what runs; the public door opens last ({@link PublicDoor}).
 */
final class Edge implements Module {

    /** How long requests under way may still take when the process ends. */
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final PlatformConfig config;
    private final Surfaces surfaces;
    private @Nullable Running running;
    private int publicPort;
    private int securePort;

    private record Running(Vertx vertx, HttpListeners listeners, ExecutorService threads) {}

    Edge(PlatformConfig config, Surfaces surfaces) {
        this.config = config;
        this.surfaces = surfaces;
    }

    @Override
    public synchronized void start() {
        int loops = Runtime.getRuntime().availableProcessors();
        var vertx = vertx(loops);
        running =
                new Running(
                        vertx,
                        new HttpListeners(vertx, loops, ProxyHandler.serverOptions()),
                        Threads.virtual("request"));
    }

    /**
     * Listens on the host's address in a community's network, for the hub's API.
     *
     * @return the origin containers use, without a slash at the end
     */
    synchronized String listenForContainers(String gatewayAddress) {
        var now = running();
        var surfacesOnly = dispatch(Listener.CONTAINERS);
        int port = now.listeners().listen(gatewayAddress, config.hubApiPort(), surfacesOnly);
        return "http://" + gatewayAddress + ":" + port;
    }

    /** Opens the public door with this handler. */
    synchronized void listenForPeople(Handler<HttpServerRequest> handler) {
        var http = config.http();
        publicPort = running().listeners().listen(http.address(), http.port(), handler);
    }

    /**
     * Opens the door for browsers that speak TLS, or shows who comes from now on this certificate.
     */
    synchronized void listenSecurely(Pem pem, Handler<HttpServerRequest> handler) {
        int port = config.https().port();
        securePort = running().listeners().listen(config.http().address(), port, pem, handler);
    }

    /** Of the door for TLS; 0 while it is not open. */
    synchronized int securePort() {
        return securePort;
    }

    /** Answers from the surfaces, on virtual threads. */
    synchronized VirtualThreadDispatch dispatch(Listener listener) {
        return new VirtualThreadDispatch(
                surfaces, listener, config.http().trustedProxies(), running().threads());
    }

    synchronized Vertx vertx() {
        return running().vertx();
    }

    /** Where people reach us, without a slash at the end. */
    synchronized String origin() {
        return "http://" + config.http().address() + ":" + publicPort;
    }

    /** How programs on this machine reach us, without a slash at the end. */
    synchronized String localOrigin() {
        var address = config.http().address();
        boolean all = address.equals("0.0.0.0") || address.equals("::");
        return "http://" + (all ? "127.0.0.1" : address) + ":" + publicPort;
    }

    /** Where we listen. */
    synchronized Set<Integer> ports() {
        return new HashSet<>(List.of(publicPort, securePort, config.hubApiPort()));
    }

    @Override
    public synchronized void close() {
        if (running != null) {
            running.listeners().close();
            Threads.stop(running.threads(), PATIENCE);
            await(running.vertx());
            running = null;
        }
    }

    private Running running() {
        if (running == null) {
            throw new IllegalStateException("the edge has not started");
        }
        return running;
    }

    private static Vertx vertx(int loops) {
        return Vertx.vertx(
                new VertxOptions()
                        .setPreferNativeTransport(true)
                        .setEventLoopPoolSize(loops)
                        .setWorkerPoolSize(1) // our blocking code has threads of its own
                        .setInternalBlockingPoolSize(2)
                        .setFileSystemOptions(
                                new FileSystemOptions()
                                        .setFileCachingEnabled(false)
                                        .setClassPathResolvingEnabled(false)));
    }

    private static void await(Vertx vertx) {
        try {
            vertx.close()
                    .toCompletionStage()
                    .toCompletableFuture()
                    .get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException("Vert.x did not close", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
