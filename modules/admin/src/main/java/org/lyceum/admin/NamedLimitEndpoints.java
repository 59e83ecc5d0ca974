package org.lyceum.admin;

import static org.lyceum.platform.http.Endpoint.put;

import org.lyceum.community.CommunityService;
import org.lyceum.community.MemberService;
import org.lyceum.identity.Caller;
import org.lyceum.identity.GroupService;
import org.lyceum.platform.http.Access;
import org.lyceum.platform.http.Endpoint;
import org.lyceum.platform.http.Request;
import org.lyceum.platform.http.Response;
import org.lyceum.platform.kernel.Actor;
import org.lyceum.platform.kernel.CommunityId;
import org.lyceum.platform.kernel.UserId;
import org.lyceum.servers.NamedLimitService;

import java.util.List;
import java.util.Map;

/** How many named servers a member, or everybody in a group, may have. */
final class NamedLimitEndpoints {

    private static final String OF_GROUP = "v1/communities/:id/groups/:group/named-servers";
    private static final String OF_MEMBER = "v1/communities/:id/members/:user/named-servers";

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

    List<Endpoint> endpoints(Access platform) {
        return List.of(
                put(OF_GROUP, platform, this::ofGroup).as(CommunityOperations.LIMIT_GROUP),
                put(OF_MEMBER, platform, this::ofMember).as(CommunityOperations.LIMIT_MEMBER));
    }

    private Response ofGroup(Request request) {
        var body = AdminBody.of(request, "namedServers");
        var community = known(CommunityEndpoints.id(request));
        long group = GroupEndpoints.group(request);
        if (!groups.numbers(community).containsValue(group)) {
            throw GroupEndpoints.unknown();
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

    private static Actor actor(Request request) {
        return request.caller(Caller.class).actor();
    }
}
