package org.lyceum.main;

import com.fasterxml.jackson.databind.JsonNode;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Asks and stops what jupyterhub-idle-culler 2.0 asks and stops, request by request (contract
 * §6.6): pages that name the next one, the same headers on every request, names quoted for servers
 * and as they are for users.
 *
 * @param timeout idle time after which a server or a user goes
 * @param pageSize {@code --api-page-size}
 */
record IdleCuller(RawClient client, String token, Clock clock, Duration timeout, int pageSize) {

    private static final String ENVELOPE = "application/jupyterhub-pagination+json";
    private static final Set<Integer> SLOW = Set.of(202);

    /** Requests made, in order, and what was stopped and deleted. */
    record Round(List<String> requests, List<String> culled) {}

    /** One round with {@code --cull-users --remove-named-servers}. */
    Round cull() {
        var round = new Round(new ArrayList<>(), new ArrayList<>());
        var version = SessionRun.json(ask(round, "GET", "/hub/api/", "")).path("version").asText();
        if (!version.matches("\\d+(\\.\\d+)*((a|b|rc)\\d+)?")) {
            throw new AssertionError("no version that PEP 440 knows: " + version);
        }
        var users = new ArrayList<>(pages(round, "inactive"));
        users.addAll(pages(round, "ready"));
        var seen = new HashSet<String>();
        for (var user : users) {
            if (seen.add(text(user, "name"))) {
                cull(round, user);
            }
        }
        return round;
    }

    private List<JsonNode> pages(Round round, String state) {
        var users = new ArrayList<JsonNode>();
        var url = "/hub/api/users?state=" + state + "&limit=" + pageSize;
        while (url != null) {
            var page = SessionRun.json(ask(round, "GET", url, ""));
            page.required("items").forEach(users::add);
            var next = page.required("_pagination").required("next");
            url = next.isNull() ? null : local(next.required("url").asText());
        }
        return users;
    }

    /** The address is used as it came: a hub that named another host would be asked there. */
    private static String local(String url) {
        var prefix = "http://" + SessionRun.HOST;
        if (!url.startsWith(prefix + "/")) {
            throw new AssertionError("the next page is on another host: " + url);
        }
        return url.substring(prefix.length());
    }

    private void cull(Round round, JsonNode user) {
        boolean allGone = true;
        for (var server : user.required("servers")) {
            allGone &= cullServer(round, text(user, "name"), server);
        }
        user.required("created");
        user.required("admin");
        if (allGone && idle(user) && !user.required("admin").asBoolean()) {
            var name = text(user, "name"); // the culler does not quote it
            gone(round, "DELETE", "/hub/api/users/" + name, "", name);
        }
    }

    /** Whether nothing of it is left that would keep its user. */
    private boolean cullServer(Round round, String user, JsonNode server) {
        server.required("url");
        var name = text(server, "name");
        if (!server.required("pending").isNull() || !server.required("ready").asBoolean()) {
            return false;
        }
        if (!idle(server)) {
            return false;
        }
        var path = "/hub/api/users/" + quoted(user);
        return name.isEmpty()
                ? gone(round, "DELETE", path + "/server", "", user + "/")
                : gone(
                        round,
                        "DELETE",
                        path + "/servers/" + quoted(name),
                        "{\"remove\": true}",
                        user + "/" + name);
    }

    /** Who or what was never used is as idle as it is old. */
    private boolean idle(JsonNode model) {
        var since = model.required("last_activity");
        var from =
                since.isNull() ? model.path(model.has("started") ? "started" : "created") : since;
        return Instant.parse(from.asText()).plus(timeout).isBefore(clock.instant());
    }

    private boolean gone(Round round, String method, String path, String body, String what) {
        var answer = ask(round, method, path, body);
        if (answer.status() >= 400) {
            throw new AssertionError(path + ": " + answer.status() + " " + answer.body());
        }
        round.culled().add(what);
        return !SLOW.contains(answer.status());
    }

    private RawClient.Answer ask(Round round, String method, String path, String body) {
        round.requests().add(method + " " + path);
        var headers =
                List.of(
                        "Host: " + SessionRun.HOST,
                        "Authorization: token " + token,
                        "Accept: " + ENVELOPE);
        var answer = client.send(method, path, headers, body);
        if (method.equals("GET") && answer.status() != 200) {
            throw new AssertionError(path + ": " + answer.status() + " " + answer.body());
        }
        return answer;
    }

    /** A key the culler reads without asking whether it is there. */
    private static String text(JsonNode model, String key) {
        return model.required(key).asText();
    }

    /** Python's {@code quote}: everything but letters, digits and {@code _.-~/}. */
    private static String quoted(String name) {
        return Browser.encoded(name).replace("+", "%20").replace("%7E", "~").replace("*", "%2A");
    }
}
