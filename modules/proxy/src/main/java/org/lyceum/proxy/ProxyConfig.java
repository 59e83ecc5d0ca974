package org.lyceum.proxy;

import org.lyceum.platform.http.TrustedProxies;

import java.time.Duration;
import java.util.List;
import java.util.Set;

/**
 * {@code proxy.*} of the configuration. Every default and bound is written here. Limits per target
 * hold for each event loop by itself, since loops share no connections.
 *
 * @param connectTimeout for a connection to a server, the wait for a free one included; up to a
 *     minute, because a browser gives up about then
 * @param connectionsPerTarget HTTP exchanges with one server at once. A browser opens 6; one server
 *     may be shared by a class; each costs two file descriptors
 * @param waitingPerTarget exchanges that wait for one of those; more are answered 503
 * @param tunnelsPerTarget open WebSockets to one server; a notebook has one per kernel and terminal
 * @param keepAlive how long an idle connection to a server is kept. Shorter than what servers do
 *     (Node closes after 5 s, Tornado after an hour), so that it is us who close; we look once a
 *     second
 * @param hubCookies names of cookies that no server ever sees; with {@code -c} and a number behind
 *     them neither
 * @param reservedCookies names of cookies that no server may set, as above
 * @param trustedProxies peers (proxies before us) whose {@code X-Forwarded-*} are believed
 */
public record ProxyConfig(
        Duration connectTimeout,
        int connectionsPerTarget,
        int waitingPerTarget,
        int tunnelsPerTarget,
        Duration keepAlive,
        Set<String> hubCookies,
        Set<String> reservedCookies,
        TrustedProxies trustedProxies) {

    /** Beyond this the machine's file descriptors are the limit, not the table. */
    private static final int MAX_CONNECTIONS = 10_000;

    /** More names or addresses than this are a mistake. */
    private static final int MAX_NAMES = 64;

    public ProxyConfig {
        require(
                connectTimeout.toMillis() >= 1
                        && connectTimeout.compareTo(Duration.ofMinutes(1)) <= 0,
                "proxy.connect-timeout must be between 1ms and 60s");
        require(
                connectionsPerTarget >= 1 && connectionsPerTarget <= MAX_CONNECTIONS,
                "proxy.connections-per-target must be between 1 and 10000");
        require(
                waitingPerTarget >= 0 && waitingPerTarget <= MAX_CONNECTIONS,
                "proxy.waiting-per-target must be between 0 and 10000");
        require(
                tunnelsPerTarget >= 1 && tunnelsPerTarget <= MAX_CONNECTIONS,
                "proxy.tunnels-per-target must be between 1 and 10000");
        require(
                keepAlive.toSeconds() >= 1 && keepAlive.compareTo(Duration.ofHours(1)) <= 0,
                "proxy.keep-alive must be between 1s and 1h");
        hubCookies = Set.copyOf(hubCookies);
        reservedCookies = Set.copyOf(reservedCookies);
        require(
                hubCookies.size() <= MAX_NAMES && reservedCookies.size() <= MAX_NAMES,
                "proxy lists have at most 64 entries each");
    }

    /** The defaults, believing {@code trustedProxies}; the same whom the HTTP edge believes. */
    public static ProxyConfig trusting(TrustedProxies trustedProxies) {
        return new ProxyConfig(
                Duration.ofSeconds(10),
                256,
                1_024,
                2_048,
                Duration.ofSeconds(3),
                Set.of(
                        "jupyterhub-hub-login",
                        "__Host-jupyterhub-hub-login",
                        "lyceum-session",
                        "__Host-lyceum-session",
                        "lyceum-signed-in"),
                // Not a secret, and single-user servers read it to know when a session ended;
                // setting it would be a server's way to meddle with the hub's sessions.
                Set.of(
                        "jupyterhub-hub-login",
                        "__Host-jupyterhub-hub-login",
                        "lyceum-session",
                        "__Host-lyceum-session",
                        "lyceum-signed-in",
                        "jupyterhub-session-id"),
                trustedProxies);
    }

    public static ProxyConfig defaults() {
        return trusting(TrustedProxies.of(List.of()));
    }

    private static void require(boolean holds, String message) {
        if (!holds) {
            throw new IllegalArgumentException(message);
        }
    }
}
