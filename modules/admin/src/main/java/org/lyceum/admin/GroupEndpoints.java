package org.lyceum.admin;

import static org.lyceum.platform.http.Endpoint.get;
import static org.lyceum.platform.http.Endpoint.post;
import static org.lyceum.platform.http.Endpoint.put;

import org.jspecify.annotations.Nullable;
import org.lyceum.community.CommunityService;
import org.lyceum.identity.Group;
import org.lyceum.identity.GroupService;
import org.lyceum.login.FollowService;
import org.lyceum.login.FollowedGroup;
import org.lyceum.platform.http.Access;
import org.lyceum.platform.http.Endpoint;
import org.lyceum.platform.http.Meaning;
import org.lyceum.platform.http.Request;
import org.lyceum.platform.http.Response;
import org.lyceum.platform.kernel.CommunityId;
import org.lyceum.platform.kernel.Problem;
import org.lyceum.servers.NamedLimitService;

import java.util.List;
import java.util.Map;

/** The groups of a community, and the groups at providers that fill them. */
final class GroupEndpoints {

    private static final String ALL = "v1/communities/:id/groups";
    private static final int PAGE = 200;

    private final CommunityService communities;
    private final GroupService groups;
    private final NamedLimitService limits;
    private final FollowService following;

    GroupEndpoints(
            CommunityService communities,
            GroupService groups,
            NamedLimitService limits,
            FollowService following) {
        this.communities = communities;
        this.groups = groups;
        this.limits = limits;
        this.following = following;
    }

    /** A group that is to be. */
    record GroupBody(@Meaning("1 to 255 characters, no slash.") @Nullable String name) {}

    /** What a group is to follow. */
    record FollowsBody(@Meaning("At most 20; empty: nothing.") List<FollowBody> follows) {}

    record FollowBody(
            @Meaning("Number of the provider.") long provider,
            @Meaning("The group as the provider writes it.") @Nullable String group) {

        FollowedGroup followed() {
            return new FollowedGroup(provider, CatalogBody.text(group));
        }
    }

    List<Endpoint> endpoints(Access managers) {
        return List.of(
                get(ALL, managers, this::list).as(CommunityOperations.GROUPS),
                post(ALL, managers, this::create).as(CommunityOperations.CREATE_GROUP),
                put(ALL + "/:group/follows", managers, this::follow)
                        .as(CommunityOperations.GROUP_FOLLOWS));
    }

    private Response list(Request request) {
        var community = community(request);
        int offset = request.query("offset").map(MemberEndpoints::offset).orElse(0);
        var decided = limits.ofGroups(community);
        var follows = following.of(community);
        var page = groups.list(community, offset, PAGE);
        var lines = page.stream().map(group -> line(group, decided, follows)).toList();
        var next = page.size() == PAGE ? offset + PAGE : null;
        return Response.json(200, new CommunityJson.GroupPage(lines, next));
    }

    private static CommunityJson.GroupLine line(
            Group group, Map<Long, Integer> decided, Map<Long, List<FollowedGroup>> follows) {
        return new CommunityJson.GroupLine(
                group.id(),
                group.name(),
                group.users().size(),
                decided.get(group.id()),
                follows.getOrDefault(group.id(), List.of()).stream()
                        .map(each -> new CommunityJson.FollowLine(each.provider(), each.name()))
                        .toList());
    }

    private Response create(Request request) {
        var body = CatalogBody.of(request, GroupBody.class);
        var community = community(request);
        var actor = AdminCaller.of(request).actor();
        var made = groups.create(actor, community, CatalogBody.text(body.name()), List.of());
        return Response.json(201, line(made, Map.of(), Map.of()));
    }

    private Response follow(Request request) {
        var body = CatalogBody.of(request, FollowsBody.class);
        var community = community(request);
        var follows = CatalogBody.list(body.follows()).stream().map(FollowBody::followed).toList();
        following.decide(AdminCaller.of(request).actor(), community, group(request), follows);
        return Response.noContent();
    }

    private CommunityId community(Request request) {
        var id = AdminCaller.of(request).require(CommunityEndpoints.id(request));
        return communities.find(id).orElseThrow(CommunityEndpoints::unknown).id();
    }

    static long group(Request request) {
        return MemberEndpoints.number(request.param("group"), GroupEndpoints::unknown);
    }

    static Problem unknown() {
        return Problem.notFound("group.unknown", "There is no such group.");
    }
}
