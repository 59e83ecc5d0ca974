package org.lyceum.admin;

import static org.lyceum.platform.http.Endpoint.get;
import static org.lyceum.platform.http.Endpoint.post;

import org.lyceum.community.CommunityService;
import org.lyceum.identity.Caller;
import org.lyceum.identity.UserService;
import org.lyceum.platform.http.Access;
import org.lyceum.platform.http.Endpoint;
import org.lyceum.platform.http.Request;
import org.lyceum.platform.http.Response;
import org.lyceum.platform.jobs.JobDriver;
import org.lyceum.servers.ServerQueries;
import org.lyceum.servers.ServerState;

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
                get("v1/me", access, this::me).as(AdminOperations.ME),
                get("v1/overview", access, this::overview).as(AdminOperations.OVERVIEW),
                get("v1/jobs", access, this::jobs).as(AdminOperations.JOBS),
                post("v1/jobs/:name/run", access, this::run).as(AdminOperations.RUN_JOB));
    }

    private Response me(Request request) {
        var name = request.caller(Caller.class).owner().name();
        var all = communities.present().stream().map(AdminJson.CommunityLine::of).toList();
        return Response.json(200, new AdminJson.Me(name, true, all));
    }

    private Response overview(Request request) {
        var counts =
                new AdminJson.Counts(
                        users.count(),
                        servers.count(ServerState.READY),
                        servers.count(ServerState.SPAWNING));
        return Response.json(200, state.overview(counts));
    }

    private Response jobs(Request request) {
        var all = jobs.statuses().stream().map(AdminJson.Job::of).toList();
        return Response.json(200, Map.of("items", all));
    }

    private Response run(Request request) {
        jobs.nudge(request.param("name"));
        return Response.json(202, Map.of());
    }
}
