package org.lyceum.servers;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import org.lyceum.identity.UserService;
import org.lyceum.platform.kernel.Secret;
import org.lyceum.platform.linux.TerminalProcesses;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Finds out whether a server that nobody uses is at work: a kernel computes, or a terminal runs
 * something. Blocking, one thread.
 */
final class WorkProbe {

    private static final Logger log = LoggerFactory.getLogger(WorkProbe.class);

    private static final ObjectMapper JSON = new ObjectMapper();

    /** One that takes longer is at work. */
    private static final int ANSWER_MILLIS = 5_000;

    private static final int CONNECT_MILLIS = 1_000;

    /** Of thousands of kernels. */
    private static final int MOST = 1 << 20;

    private final ServerCredentials credentials;
    private final UserService users;
    private final Map<String, Secret> tokens = new HashMap<>();

    WorkProbe(ServerCredentials credentials, UserService users) {
        this.credentials = credentials;
        this.users = users;
    }

    /**
     * When the server was last at work: now, when it is.
     *
     * @return empty when nothing tells of any
     */
    Optional<Instant> lastWork(Server server, Instant now) {
        var container = server.containerId();
        try {
            if (container != null && TerminalProcesses.in(container)) {
                return Optional.of(now);
            }
        } catch (IOException unreadable) { // what cannot be looked at may be work
            log.warn("server.terminals-unread server={}", server.key(), unreadable);
            return Optional.of(now);
        }
        return server.web() == null ? kernels(server, now) : Optional.empty();
    }

    /** Tokens of servers that are not there any more are forgotten; the table ends them. */
    void retain(List<Server> servers) {
        tokens.keySet().retainAll(servers.stream().map(Server::spawnId).toList());
    }

    private Optional<Instant> kernels(Server server, Instant now) {
        try {
            var last = Optional.<Instant>empty();
            for (var kernel : ask(server)) {
                if (kernel.path("execution_state").asText().equals("busy")) {
                    return Optional.of(now);
                }
                var active = time(kernel.path("last_activity").asText());
                if (active.isPresent() && active.get().isAfter(last.orElse(Instant.MIN))) {
                    last = active;
                }
            }
            return last;
        } catch (SocketTimeoutException tooBusy) {
            return Optional.of(now);
        } catch (IOException e) {
            log.debug("server.kernels-unknown server={}", server.key(), e);
            return Optional.empty();
        }
    }

    private static Optional<Instant> time(String text) {
        try {
            return Optional.of(OffsetDateTime.parse(text).toInstant());
        } catch (DateTimeParseException none) {
            return Optional.empty();
        }
    }

    /**
     * As its owner's own server asks itself; source: Jupyter Server's REST API, {@code kernels}.
     */
    private JsonNode ask(Server server) throws IOException {
        var address = server.address();
        if (address == null) {
            throw new IOException("it has no address");
        }
        var request =
                "GET "
                        + server.path()
                        + "api/kernels?no_track_activity=1 HTTP/1.0\r\nHost: "
                        + address.host()
                        + "\r\nAccept: application/json\r\nAuthorization: token "
                        + token(server).reveal()
                        + "\r\nConnection: close\r\n\r\n";
        try (var socket = new Socket()) {
            socket.connect(new InetSocketAddress(address.host(), address.port()), CONNECT_MILLIS);
            socket.setSoTimeout(ANSWER_MILLIS);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            var answer = socket.getInputStream().readNBytes(MOST);
            return list(new String(answer, StandardCharsets.UTF_8));
        }
    }

    private static JsonNode list(String answer) throws IOException {
        int body = answer.indexOf("\r\n\r\n");
        if (body < 0 || !answer.startsWith("200", answer.indexOf(' ') + 1)) {
            throw new IOException("it does not say: " + answer.lines().findFirst().orElse(""));
        }
        try {
            return JSON.readTree(answer.substring(body));
        } catch (JsonProcessingException e) {
            throw new IOException("it says something else than a list of kernels", e);
        }
    }

    private Secret token(Server server) throws IOException {
        var known = tokens.get(server.spawnId());
        if (known != null) {
            return known;
        }
        var owner =
                users.find(server.key().user())
                        .orElseThrow(() -> new IOException("its owner has gone"));
        var token = credentials.another(server, owner, "Whether this server is at work");
        tokens.put(server.spawnId(), token);
        return token;
    }
}
