package org.lyceum.admin;

import static org.lyceum.platform.http.Endpoint.get;
import static org.lyceum.platform.http.Endpoint.put;

import org.lyceum.community.CommunityService;
import org.lyceum.community.MemberService;
import org.lyceum.identity.Caller;
import org.lyceum.identity.Group;
import org.lyceum.identity.GroupService;
import org.lyceum.platform.http.Access;
import org.lyceum.platform.http.Endpoint;
import org.lyceum.platform.http.Request;
import org.lyceum.platform.http.Response;
import org.lyceum.platform.kernel.Actor;
import org.lyceum.platform.kernel.CommunityId;
import org.lyceum.platform.kernel.Problem;
import org.lyceum.platform.kernel.UserId;
import org.lyceum.servers.NamedLimitService;

import java.util.List;
import java.util.Map;

/** How many named servers a member, or everybody in a group, may have. */
final class NamedLimitEndpoints {

    private static final String GROUPS = "v1/communities/:id/groups";
    private static final String OF_GROUP = GROUPS + "/:group/named-servers";
    private static final String OF_MEMBER = "v1/communities/:id/members/:user/named-servers";
    private static final int PAGE = 200;

    private final CommunityService communities;
    private final MemberService members;
    private final GroupService groups;
    private final NamedLimitService limits;

    NamedLimitEndpoints(
            CommunityService communities,
            MemberService members,
            GroupService groups,
            NamedLimitService limits) {
        this.communities = communities;
        this.members = members;
        this.groups = groups;
        this.limits = limits;
    }

    List<Endpoint> endpoints(Access platform, Access managers) {
        return List.of(
                get(GROUPS, managers, this::groups).as(CommunityOperations.GROUPS),
                put(OF_GROUP, platform, this::ofGroup).as(CommunityOperations.LIMIT_GROUP),
                put(OF_MEMBER, platform, this::ofMember).as(CommunityOperations.LIMIT_MEMBER));
    }

    private Response groups(Request request) {
        var community = known(AdminCaller.of(request).require(CommunityEndpoints.id(request)));
        int offset = request.query("offset").map(MemberEndpoints::offset).orElse(0);
        var decided = limits.ofGroups(community);
        var page = groups.list(community, offset, PAGE);
        var lines = page.stream().map(group -> line(group, decided)).toList();
        var next = page.size() == PAGE ? offset + PAGE : null;
        return Response.json(200, new CommunityJson.GroupPage(lines, next));
    }

    private static CommunityJson.GroupLine line(Group group, Map<Long, Integer> decided) {
        return new CommunityJson.GroupLine(
                group.id(), group.name(), group.users().size(), decided.get(group.id()));
    }

    private Response ofGroup(Request request) {
        var body = AdminBody.of(request, "namedServers");
        var community = known(CommunityEndpoints.id(request));
        long group = MemberEndpoints.number(request.param("group"), NamedLimitEndpoints::unknown);
        if (!groups.numbers(community).containsValue(group)) {
            throw unknown();
        }
        limits.putForGroup(
                actor(request), community, group, body.whole("namedServers").orElse(null));
        return Response.json(200, Map.of());
    }

    private Response ofMember(Request request) {
        var body = AdminBody.of(request, "namedServers");
        var community = known(CommunityEndpoints.id(request));
        long number = MemberEndpoints.number(request.param("user"), MemberEndpoints::unknownUser);
        if (number < 1 || !members.isMember(community, new UserId(number))) {
            throw MemberEndpoints.unknownUser();
        }
        limits.putForUser(
                actor(request),
                community,
                new UserId(number),
                body.whole("namedServers").orElse(null));
        return Response.json(200, Map.of());
    }

    private CommunityId known(CommunityId community) {
        return communities.find(community).orElseThrow(CommunityEndpoints::unknown).id();
    }

    private static Problem unknown() {
        return Problem.notFound("group.unknown", "There is no such group.");
    }

    private static Actor actor(Request request) {
        return request.caller(Caller.class).actor();
    }
}
