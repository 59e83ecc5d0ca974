package org.lyceum.admin;

import static org.lyceum.platform.http.Endpoint.get;
import static org.lyceum.platform.http.Endpoint.post;

import org.lyceum.community.CommunityModule;
import org.lyceum.community.CommunityService;
import org.lyceum.community.Hosts;
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
    private final Hosts hosts;
    private final UserService users;
    private final ServerQueries servers;
    private final JobDriver jobs;

    PlatformEndpoints(
            PlatformState state,
            CommunityModule communities,
            UserService users,
            ServerQueries servers,
            JobDriver jobs) {
        this.state = state;
        this.communities = communities.communities();
        this.hosts = communities.hosts();
        this.users = users;
        this.servers = servers;
        this.jobs = jobs;
    }

    List<Endpoint> endpoints(Access access, Access managers) {
        return List.of(
                get("v1/me", managers, this::me).as(AdminOperations.ME),
                get("v1/overview", access, this::overview).as(AdminOperations.OVERVIEW),
                get("v1/jobs", access, this::jobs).as(AdminOperations.JOBS),
                post("v1/jobs/:name/run", access, this::run).as(AdminOperations.RUN_JOB));
    }

    private Response me(Request request) {
        var caller = AdminCaller.of(request);
        var own =
                communities.present().stream()
                        .filter(community -> caller.may(community.id()))
                        .map(community -> AdminJson.CommunityLine.of(community, hosts))
                        .toList();
        var user = caller.user();
        return Response.json(200, new AdminJson.Me(user.name(), user.admin(), own));
    }

    private Response overview(Request request) {
        var counts =
                new AdminJson.Counts(
                        users.count(),
                        servers.count(ServerState.READY),
                        servers.count(ServerState.SPAWNING));
        var devices = servers.devices().stream().map(DeviceJson.Use::of).toList();
        return Response.json(
                200, state.overview(counts, AdminJson.Calm.of(servers.calm()), devices));
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
