package org.lyceum.proxy;

import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;

import java.time.Clock;
import java.util.Map;

/**
 * The proxy alone, for installer/bench/proxy.sh: one event loop, one route among as many others as
 * a full machine has. Arguments: port to listen on, port of the backend. Runs until it is killed.
 */
public final class BenchProxy {

    private static final int OTHER_ROUTES = 1_000;

    private BenchProxy() {}

    public static void main(String[] args) {
        var vertx =
                Vertx.vertx(
                        new VertxOptions().setEventLoopPoolSize(1).setPreferNativeTransport(true));
        var routes = new Routes();
        routes.put(new Route("/user/alice/", "127.0.0.1", Integer.parseInt(args[1]), Map.of()));
        for (int i = 0; i < OTHER_ROUTES; i++) {
            routes.put(new Route("/user/other" + i + "/", "127.0.0.1", 1, Map.of()));
        }
        var proxy =
                new ProxyHandler(
                        vertx,
                        routes,
                        new Activity(routes, Clock.systemUTC()),
                        ProxyConfig.defaults(),
                        in -> in.response().setStatusCode(404).end(),
                        ErrorPage.plain());
        var listening =
                vertx.createHttpServer(ProxyHandler.serverOptions())
                        .requestHandler(proxy)
                        .listen(Integer.parseInt(args[0]), "127.0.0.1");
        ProxyUnderTest.await(listening);
        System.out.println("ready, native transport " + vertx.isNativeTransportEnabled());
    }
}
