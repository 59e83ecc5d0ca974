package org.lyceum.admin;

import static org.lyceum.platform.http.Endpoint.get;
import static org.lyceum.platform.http.Endpoint.post;

import org.lyceum.audit.AuditLog;
import org.lyceum.community.Community;
import org.lyceum.community.CommunityModule;
import org.lyceum.community.HubAddress;
import org.lyceum.login.FactorService;
import org.lyceum.platform.http.Access;
import org.lyceum.platform.http.Endpoint;
import org.lyceum.platform.http.Request;
import org.lyceum.platform.http.Response;
import org.lyceum.platform.kernel.CommunityId;
import org.lyceum.platform.kernel.Problem;
import org.lyceum.platform.kernel.UserId;
import org.lyceum.servers.ServerQueries;
import org.lyceum.servers.StopReason;
import org.lyceum.servers.StopService;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/** The panel's lists, and the one thing that can be done to an entry of one: stop a server. */
final class ListEndpoints {

    /** One screenful is fifty; a page of the panel filters what it has. */
    private static final int MAX_SERVERS = 1_000;

    private static final int PAGE = 200;

    private final AdminListRepository lists;
    private final StopService stops;
    private final ServerQueries servers;
    private final AuditLog audit;
    private final CommunityModule communities;
    private final FactorService factors;

    ListEndpoints(
            AdminListRepository lists,
            StopService stops,
            ServerQueries servers,
            AuditLog audit,
            CommunityModule communities,
            FactorService factors) {
        this.lists = lists;
        this.stops = stops;
        this.servers = servers;
        this.audit = audit;
        this.communities = communities;
        this.factors = factors;
    }

    List<Endpoint> endpoints(Access access, Access managers) {
        return List.of(
                get("v1/servers", managers, this::servers).as(AdminOperations.SERVERS),
                post("v1/servers/:id/stop", managers, this::stop).as(AdminOperations.STOP_SERVER),
                get("v1/people", access, this::people).as(AdminOperations.PEOPLE),
                get("v1/audit", access, this::audit).as(AdminOperations.AUDIT));
    }

    private Response servers(Request request) {
        var caller = AdminCaller.of(request);
        var hubs =
                communities.communities().all().stream()
                        .collect(Collectors.toMap(Community::id, communities.hosts()::of));
        return items(
                lists.servers(MAX_SERVERS).stream()
                        .filter(line -> caller.may(line.key().community()))
                        .map(
                                line ->
                                        AdminJson.Server.of(
                                                line,
                                                servers.asleepAt(line.prefix()),
                                                hub(hubs, line.key().community())))
                        .toList());
    }

    private static HubAddress hub(Map<CommunityId, HubAddress> hubs, CommunityId community) {
        return Objects.requireNonNull(hubs.get(community), "a server's community is there");
    }

    private Response stop(Request request) {
        var line =
                lists.server(number(request.param("id")))
                        .filter(there -> AdminCaller.of(request).may(there.key().community()))
                        .orElseThrow(
                                () ->
                                        Problem.notFound(
                                                "server.unknown",
                                                "There is no such server any more; look at the list"
                                                        + " again."));
        stops.stop(AdminCaller.of(request).actor(), line.key(), StopReason.ADMIN);
        return Response.json(202, Map.of());
    }

    private Response people(Request request) {
        long asked = number(request.query("offset").orElse("0"));
        int offset = (int) Math.min(asked, Integer.MAX_VALUE - PAGE);
        var page = lists.people(offset, PAGE);
        var having = factors.having(page.stream().map(each -> new UserId(each.id())).toList());
        var people =
                page.stream()
                        .map(
                                each ->
                                        AdminJson.Person.of(
                                                each, having.contains(new UserId(each.id()))))
                        .toList();
        var next = people.size() == PAGE ? offset + PAGE : null;
        return Response.json(200, new AdminJson.PersonPage(people, next));
    }

    private Response audit(Request request) {
        return items(audit.latest(PAGE).stream().map(AdminJson.AuditEntryLine::of).toList());
    }

    private static Response items(List<?> items) {
        return Response.json(200, Map.of("items", items));
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
