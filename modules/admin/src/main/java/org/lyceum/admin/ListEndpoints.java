package org.lyceum.admin;

import static org.lyceum.platform.http.Endpoint.get;
import static org.lyceum.platform.http.Endpoint.post;

import org.jspecify.annotations.Nullable;
import org.lyceum.audit.AuditEntry;
import org.lyceum.audit.AuditLog;
import org.lyceum.catalog.CatalogService;
import org.lyceum.community.Community;
import org.lyceum.identity.Caller;
import org.lyceum.platform.http.Access;
import org.lyceum.platform.http.Endpoint;
import org.lyceum.platform.http.Json;
import org.lyceum.platform.http.Request;
import org.lyceum.platform.http.Response;
import org.lyceum.platform.kernel.Names;
import org.lyceum.platform.kernel.Problem;
import org.lyceum.servers.StopReason;
import org.lyceum.servers.StopService;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The panel's lists, and the one thing that can be done to an entry of one: stop a server. */
final class ListEndpoints {

    /** One screenful is fifty; a page of the panel filters what it has. */
    private static final int MAX_SERVERS = 1_000;

    private static final int PAGE = 200;

    private final AdminListRepository lists;
    private final CatalogService catalog;
    private final StopService stops;
    private final AuditLog audit;
    private final Community home;

    ListEndpoints(
            AdminListRepository lists,
            CatalogService catalog,
            StopService stops,
            AuditLog audit,
            Community home) {
        this.lists = lists;
        this.catalog = catalog;
        this.stops = stops;
        this.audit = audit;
        this.home = home;
    }

    List<Endpoint> endpoints(Access access) {
        return List.of(
                get("v1/servers", access, this::servers),
                post("v1/servers/:id/stop", access, this::stop),
                get("v1/people", access, this::people),
                get("v1/environments", access, this::environments),
                get("v1/audit", access, this::audit));
    }

    private Response servers(Request request) {
        return items(lists.servers(MAX_SERVERS).stream().map(ListEndpoints::server).toList(), null);
    }

    private Response stop(Request request) {
        var line =
                lists.server(number(request.param("id")))
                        .orElseThrow(
                                () ->
                                        Problem.notFound(
                                                "server.unknown",
                                                "There is no such server any more; look at the list"
                                                        + " again."));
        stops.stop(request.caller(Caller.class).actor(), line.key(), StopReason.ADMIN);
        return Response.json(202, Map.of());
    }

    private Response people(Request request) {
        int offset =
                (int)
                        Math.min(
                                number(request.query("offset").orElse("0")),
                                Integer.MAX_VALUE - PAGE);
        var people = lists.people(offset, PAGE).stream().map(ListEndpoints::person).toList();
        return items(people, people.size() == PAGE ? offset + PAGE : null);
    }

    private Response environments(Request request) {
        var profiles = catalog.profiles(home.id());
        return items(
                catalog.environments(home.id()).stream()
                        .map(
                                environment -> {
                                    var json = new LinkedHashMap<String, @Nullable Object>();
                                    json.put("id", environment.id());
                                    json.put("name", environment.title());
                                    json.put("image", environment.imageReference());
                                    json.put("imageId", environment.imageId());
                                    json.put(
                                            "profiles",
                                            profiles.stream()
                                                    .filter(
                                                            p ->
                                                                    p.environmentId()
                                                                            == environment.id())
                                                    .map(
                                                            p ->
                                                                    Map.of(
                                                                            "name",
                                                                            p.title(),
                                                                            "memoryBytes",
                                                                            p.memory().value(),
                                                                            "cpus",
                                                                            p.milliCpus() / 1000.0))
                                                    .toList());
                                    return json;
                                })
                        .toList(),
                null);
    }

    private Response audit(Request request) {
        return items(audit.latest(PAGE).stream().map(ListEndpoints::entry).toList(), null);
    }

    private static Response items(List<?> items, @Nullable Integer next) {
        var json = new LinkedHashMap<String, Object>();
        json.put("items", items);
        if (next != null) {
            json.put("next", next);
        }
        return Response.json(200, json);
    }

    private static Map<String, @Nullable Object> server(AdminListRepository.ServerLine line) {
        var launch = Json.parse(line.launch().getBytes(StandardCharsets.UTF_8));
        var json = new LinkedHashMap<String, @Nullable Object>();
        json.put("id", line.id());
        json.put("community", line.community());
        json.put("user", line.user());
        json.put("name", line.key().name());
        json.put("state", line.state());
        json.put("startedAt", text(line.startedAt()));
        json.put("lastActivityAt", line.lastActivityAt().toString());
        json.put("image", launch.path("image").asText());
        json.put("memoryBytes", launch.path("memoryBytes").asLong());
        json.put("stopReason", reason(line.stopReason()));
        json.put("failure", line.failure());
        json.put(
                "url",
                line.baseUrl()
                        + "user/"
                        + Names.pathSegment(line.user())
                        + "/"
                        + suffix(line.key().name()));
        return json;
    }

    private static String suffix(String serverName) {
        return serverName.isEmpty() ? "" : Names.pathSegment(serverName) + "/";
    }

    private static @Nullable String reason(@Nullable String stored) {
        return stored == null ? null : StopReason.valueOf(stored).sentence();
    }

    private static Map<String, @Nullable Object> person(AdminListRepository.PersonLine line) {
        var json = new LinkedHashMap<String, @Nullable Object>();
        json.put("id", line.id());
        json.put("name", line.name());
        json.put("admin", line.admin());
        json.put("createdAt", line.createdAt().toString());
        json.put("lastActivityAt", text(line.lastActivityAt()));
        return json;
    }

    private static Map<String, @Nullable Object> entry(AuditEntry entry) {
        var json = new LinkedHashMap<String, @Nullable Object>();
        json.put("at", entry.at().toString());
        json.put("actor", entry.actorName());
        json.put("action", entry.action());
        json.put("thing", entry.thing());
        json.put("detail", entry.after());
        return json;
    }

    private static @Nullable String text(@Nullable Instant instant) {
        return instant == null ? null : instant.toString();
    }

    private static long number(String text) {
        try {
            return Math.max(0, Long.parseLong(text));
        } catch (NumberFormatException e) {
            throw new Problem(
                    Problem.Kind.INVALID, "number.malformed", "'" + text + "' is not a number.", e);
        }
    }
}
