package org.lyceum.servers;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Answers as a single-user server would, on an address of its own in 127.0.0.0/8, so that any
 * number can have the one port every server has.
 */
final class PretendServer implements AutoCloseable {

    private static final AtomicInteger NEXT = new AtomicInteger(2);

    /** What {@code GET api/kernels} is answered. */
    volatile String kernels = "[]";

    /** How that was asked for. */
    volatile @Nullable String askedWith;

    private final String address;
    private HttpServer http;

    PretendServer() {
        int number = NEXT.getAndIncrement();
        this.address = "127.88." + number / 250 + "." + (number % 250 + 1);
    }

    String address() {
        return address;
    }

    /** Begins to answer with this status. */
    PretendServer boot(int status) {
        try {
            http = HttpServer.create(new InetSocketAddress(address, ServersConfig.PORT), 10);
        } catch (IOException e) {
            throw new IllegalStateException("listen on " + address, e);
        }
        http.createContext(
                "/",
                exchange -> {
                    exchange.sendResponseHeaders(status, -1);
                    exchange.close();
                });
        http.createContext("/user/ada/api/kernels", this::kernels);
        http.start();
        return this;
    }

    private void kernels(HttpExchange exchange) throws IOException {
        askedWith = exchange.getRequestHeaders().getFirst("Authorization");
        var answer = kernels.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(200, answer.length);
        exchange.getResponseBody().write(answer);
        exchange.close();
    }

    @Override
    public void close() {
        if (http != null) {
            http.stop(0);
        }
    }
}
