package org.lyceum.admin;

import static org.lyceum.platform.http.Endpoint.get;
import static org.lyceum.platform.http.Endpoint.post;

import org.jspecify.annotations.Nullable;
import org.lyceum.community.Community;
import org.lyceum.community.CommunityService;
import org.lyceum.identity.Caller;
import org.lyceum.identity.UserService;
import org.lyceum.platform.http.Access;
import org.lyceum.platform.http.Endpoint;
import org.lyceum.platform.http.Request;
import org.lyceum.platform.http.Response;
import org.lyceum.platform.jobs.JobDriver;
import org.lyceum.platform.jobs.JobStatus;
import org.lyceum.servers.ServerQueries;
import org.lyceum.servers.ServerState;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The platform as a whole: is all well, and what does it do by itself. */
final class PlatformEndpoints {

    private final PlatformState state;
    private final CommunityService communities;
    private final UserService users;
    private final ServerQueries servers;
    private final JobDriver jobs;

    PlatformEndpoints(
            PlatformState state,
            CommunityService communities,
            UserService users,
            ServerQueries servers,
            JobDriver jobs) {
        this.state = state;
        this.communities = communities;
        this.users = users;
        this.servers = servers;
        this.jobs = jobs;
    }

    List<Endpoint> endpoints(Access access) {
        return List.of(
                get("v1/me", access, this::me),
                get("v1/overview", access, this::overview),
                get("v1/jobs", access, this::jobs),
                post("v1/jobs/:name/run", access, this::run));
    }

    private Response me(Request request) {
        var caller = request.caller(Caller.class);
        return Response.json(
                200,
                Map.of(
                        "name", caller.owner().name(),
                        "admin", true,
                        "communities",
                                communities.all().stream()
                                        .map(PlatformEndpoints::community)
                                        .toList()));
    }

    private Response overview(Request request) {
        var json = new LinkedHashMap<String, Object>(state.json());
        json.put(
                "counts",
                Map.of(
                        "users", users.count(),
                        "readyServers", servers.count(ServerState.READY),
                        "startingServers", servers.count(ServerState.SPAWNING)));
        return Response.json(200, json);
    }

    private Response jobs(Request request) {
        return Response.json(
                200,
                Map.of("items", jobs.statuses().stream().map(PlatformEndpoints::job).toList()));
    }

    private Response run(Request request) {
        jobs.nudge(request.param("name"));
        return Response.json(202, Map.of());
    }

    private static Map<String, Object> community(Community community) {
        return Map.of(
                "id", community.id().value(),
                "name", community.name(),
                "title", community.title(),
                "baseUrl", community.baseUrl());
    }

    private static Map<String, @Nullable Object> job(JobStatus status) {
        var json = new LinkedHashMap<String, @Nullable Object>();
        json.put("name", status.name());
        json.put("everySeconds", status.every().toSeconds());
        json.put("running", status.running());
        json.put("lastRunAt", status.lastRun() == null ? null : status.lastRun().toString());
        json.put("tookMillis", status.took() == null ? null : status.took().toMillis());
        json.put("failure", status.failure());
        var report = status.report();
        if (report != null) {
            json.put("looked", report.looked());
            json.put("changed", report.changed());
            json.put("failed", report.failed());
        }
        return json;
    }
}
