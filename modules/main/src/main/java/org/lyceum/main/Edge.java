package org.lyceum.main;

import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.lyceum.platform.app.Module;
import org.lyceum.platform.app.Threads;
import org.lyceum.platform.http.HttpListeners;
import org.lyceum.platform.http.Listener;
import org.lyceum.platform.http.Surfaces;
import org.lyceum.platform.http.VirtualThreadDispatch;
import org.lyceum.proxy.Activity;
import org.lyceum.proxy.ErrorPage;
import org.lyceum.proxy.ProxyHandler;
import org.lyceum.proxy.Routes;

/**
 * The event loop's side of the process: the public door, where routes come before surfaces, and the
 * doors for containers, behind which there are surfaces only.
 */
final class Edge implements Module {

    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final PlatformConfig config;
    private final Surfaces surfaces;
    private final Routes routes;
    private final Activity activity;
    private final ErrorPage errorPage;
    private @Nullable Running running;

    private record Running(
            Vertx vertx, HttpListeners listeners, ExecutorService threads, ProxyHandler proxy, VirtualThreadDispatch containers, int port) {}

    Edge(PlatformConfig config, Surfaces surfaces, Routes routes, Activity activity, ErrorPage errorPage) {
        this.config = config;
        this.surfaces = surfaces;
        this.routes = routes;
        this.activity = activity;
        this.errorPage = errorPage;
    }

    @Override
    public synchronized void start() {
        int loops = Runtime.getRuntime().availableProcessors();
        var vertx = vertx(loops);
        var listeners = new HttpListeners(vertx, loops);
        var threads = Threads.virtual("request");
        var pages = dispatch(Listener.PUBLIC, threads);
        var proxy = new ProxyHandler(vertx, routes, activity, config.proxy(), pages, errorPage);
        int port;
        try {
            port = listeners.listen(config.http().address(), config.http().port(), proxy);
        } catch (RuntimeException failure) {
            await(vertx);
            Threads.stop(threads, Duration.ZERO);
            throw failure;
        }
        running = new Running(vertx, listeners, threads, proxy, dispatch(Listener.CONTAINERS, threads), port);
    }

    /** Listens on the host's address in a community's network; source of truth is the engine. */
    synchronized String listenForContainers(String gatewayAddress) {
        var now = running();
        int port = now.listeners().listen(gatewayAddress, config.hubApiPort(), now.containers());
        return "http://" + gatewayAddress + ":" + port;
    }

    /** Where people reach us, with a slash at the end. */
    synchronized String url() {
        return "http://" + config.http().address() + ":" + running().port() + "/";
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
            throw new IllegalStateException("the edge is not listening yet");
        }
        return running;
    }

    private VirtualThreadDispatch dispatch(Listener listener, ExecutorService threads) {
        return new VirtualThreadDispatch(surfaces, listener, config.http().trustedProxies(), threads);
    }

    private static Vertx vertx(int loops) {
        var options =
                new VertxOptions()
                        .setPreferNativeTransport(true)
                        .setEventLoopPoolSize(loops)
                        .setWorkerPoolSize(1) // Vert.x's own needs only; our blocking code has virtual threads
                        .setInternalBlockingPoolSize(2)
                        .setFileSystemOptions(
                                new FileSystemOptions().setFileCachingEnabled(false).setClassPathResolvingEnabled(false));
        return Vertx.vertx(options);
    }

    private static void await(Vertx vertx) {
        try {
            vertx.close().toCompletionStage().toCompletableFuture().get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException("Vert.x did not close", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
