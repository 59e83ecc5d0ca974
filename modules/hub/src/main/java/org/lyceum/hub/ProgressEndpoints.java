package org.lyceum.hub;

import com.fasterxml.jackson.databind.node.ObjectNode;

import org.jspecify.annotations.Nullable;
import org.lyceum.hub.HubAccess.Aim;
import org.lyceum.identity.User;
import org.lyceum.platform.http.Endpoint;
import org.lyceum.platform.http.EventSource;
import org.lyceum.platform.http.Json;
import org.lyceum.platform.http.Request;
import org.lyceum.platform.http.Response;
import org.lyceum.platform.kernel.CommunityId;
import org.lyceum.platform.kernel.Problem;
import org.lyceum.servers.ProgressFeed;
import org.lyceum.servers.Server;
import org.lyceum.servers.ServerKey;
import org.lyceum.servers.ServerQueries;
import org.lyceum.servers.ServerState;
import org.lyceum.servers.SpawnEvent;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;

/** What happens while a server starts, as server-sent events (contract §4.7). */
final class ProgressEndpoints {

    private final CommunityId community;
    private final HubUrls urls;
    private final HubAccess access;
    private final HubMembers members;
    private final ServerQueries servers;
    private final ProgressFeed feed;

    ProgressEndpoints(
            CommunityId community,
            HubUrls urls,
            HubAccess access,
            HubMembers members,
            ServerQueries servers,
            ProgressFeed feed) {
        this.community = community;
        this.urls = urls;
        this.access = access;
        this.members = members;
        this.servers = servers;
        this.feed = feed;
    }

    List<Endpoint> endpoints() {
        var watch = access.api(Aim.SERVER, "read:servers");
        return List.of(
                Endpoint.get("hub/api/users/:user/server/progress", watch, this::progress)
                        .as(ServerOperations.PROGRESS),
                Endpoint.get("hub/api/users/:user/servers/:server?/progress", watch, this::progress)
                        .as(ServerOperations.PROGRESS));
    }

    private Response progress(Request request) {
        var user = members.require(request.param("user"));
        var name = request.params().getOrDefault("server", "");
        var key = new ServerKey(community, user.id(), name);
        var found = servers.find(key);
        if (found.isEmpty() && !key.unnamed()) {
            throw Problem.notFound(
                    "server.unknown", user.name() + " has no server named '" + name + "'");
        }
        var server = found.orElseThrow(() -> notStarting(user, key));
        if (server.state() == ServerState.SPAWNING) {
            Supplier<String> end = () -> last(user, servers.find(key).orElse(server));
            return Response.events(new Following(feed.events(key), key, end));
        }
        boolean over = server.ready() || server.failure() != null;
        if (!over || server.state() == ServerState.STOPPING) {
            throw notStarting(user, key);
        }
        return Response.events(EventSource.single(last(user, server)));
    }

    private static Problem notStarting(User user, ServerKey key) {
        var name = key.unnamed() ? user.name() : user.name() + ":" + key.name();
        return Problem.invalid("server.not-starting", name + " is not starting...");
    }

    /** How a start ended, from the server's row. */
    private String last(User user, Server server) {
        if (server.ready()) {
            return ready(urls.of(user, server));
        }
        var failure = server.failure();
        return failed(failure == null ? "Spawn cancelled" : "Spawn failed: " + failure, null);
    }

    private static String ready(String url) {
        var link = Html.of("Server ready at <a href=\"{}\">{}</a>", url, url);
        return line(
                Json.object()
                        .put("progress", 100)
                        .put("ready", true)
                        .put("message", "Server ready at " + url)
                        .put("html_message", link.markup())
                        .put("url", url));
    }

    private static String failed(String message, @Nullable String html) {
        var json = Json.object().put("progress", 100).put("failed", true).put("message", message);
        return line(html == null ? json : json.put("html_message", html));
    }

    private static String step(SpawnEvent event) {
        var json = Json.object().put("progress", event.progress()).put("message", event.message());
        var html = event.htmlMessage();
        return line(html == null ? json : json.put("html_message", html));
    }

    private static String line(ObjectNode json) {
        return new String(Json.bytes(json), StandardCharsets.UTF_8);
    }

    /** Follows one start to its end. */
    private final class Following implements EventSource {

        private final ProgressFeed.Subscription events;
        private final ServerKey key;
        private final Supplier<String> end;
        private boolean over;

        Following(ProgressFeed.Subscription events, ServerKey key, Supplier<String> end) {
            this.events = events;
            this.key = key;
            this.end = end;
        }

        @Override
        public Next next(Duration patience) throws InterruptedException {
            if (over) {
                return new Next.End();
            }
            var event = events.next(patience);
            if (event == null) {
                return quiet();
            }
            return new Next.Event(
                    switch (event.outcome()) {
                        case NONE -> step(event);
                        case READY -> last();
                        case CANCELLED -> ended(failed("Spawn cancelled", null));
                        case FAILED -> ended(failed(event.message(), event.htmlMessage()));
                    });
        }

        /** The feed of a start ends with the process; then the row knows how it went on. */
        private Next quiet() {
            boolean still =
                    servers.find(key)
                            .map(server -> server.state() == ServerState.SPAWNING)
                            .orElse(false);
            return still ? new Next.Quiet() : new Next.Event(last());
        }

        private String last() {
            return ended(end.get());
        }

        private String ended(String json) {
            over = true;
            return json;
        }

        @Override
        public void close() {
            events.close();
        }
    }
}
