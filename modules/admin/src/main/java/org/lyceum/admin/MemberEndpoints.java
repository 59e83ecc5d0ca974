package org.lyceum.admin;

import static org.lyceum.platform.http.Endpoint.delete;
import static org.lyceum.platform.http.Endpoint.get;
import static org.lyceum.platform.http.Endpoint.post;
import static org.lyceum.platform.http.Endpoint.put;

import org.jspecify.annotations.Nullable;
import org.lyceum.community.Community;
import org.lyceum.community.CommunityService;
import org.lyceum.community.MemberService;
import org.lyceum.community.RosterOutcome;
import org.lyceum.community.RosterService;
import org.lyceum.identity.Caller;
import org.lyceum.identity.IdentityModule;
import org.lyceum.identity.RoleHolder;
import org.lyceum.identity.Roles;
import org.lyceum.identity.User;
import org.lyceum.platform.http.Access;
import org.lyceum.platform.http.Endpoint;
import org.lyceum.platform.http.Request;
import org.lyceum.platform.http.Response;
import org.lyceum.platform.kernel.Actor;
import org.lyceum.platform.kernel.CommunityId;
import org.lyceum.platform.kernel.Names;
import org.lyceum.platform.kernel.Problem;
import org.lyceum.platform.kernel.UserId;
import org.lyceum.servers.Server;
import org.lyceum.servers.ServersModule;
import org.lyceum.servers.StopReason;

import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** Who belongs to a community, who manages it, and who administers the platform. */
final class MemberEndpoints {

    private static final String ALL = "v1/communities/:id/members";
    private static final String ONE = "v1/communities/:id/members/:user";
    private static final int PAGE = 200;

    private final CommunityService communities;
    private final MemberService members;
    private final IdentityModule identity;
    private final ServersModule servers;
    private final CommunityListRepository lists;
    private final RosterService rosters;
    private final PasswordLinks links;

    MemberEndpoints(
            CommunityService communities,
            MemberService members,
            IdentityModule identity,
            ServersModule servers,
            CommunityListRepository lists,
            RosterService rosters,
            PasswordLinks links) {
        this.communities = communities;
        this.members = members;
        this.identity = identity;
        this.servers = servers;
        this.lists = lists;
        this.rosters = rosters;
        this.links = links;
    }

    List<Endpoint> endpoints(Access platform, Access managers) {
        return List.of(
                get(ALL, managers, this::list).as(CommunityOperations.MEMBERS),
                post(ALL, managers, this::add).as(CommunityOperations.ADD_MEMBER),
                post(ALL + "/import", managers, this::importRoster)
                        .as(CommunityOperations.IMPORT_MEMBERS),
                put(ONE, managers, this::change).as(CommunityOperations.CHANGE_MEMBER),
                post(ONE + "/invitation", managers, this::invite).as(CommunityOperations.INVITE),
                delete(ONE, managers, this::remove).as(CommunityOperations.REMOVE_MEMBER),
                post("v1/people/:user/password-link", platform, this::passwordLink)
                        .as(CommunityOperations.PASSWORD_LINK),
                put("v1/people/:user", platform, this::administrator)
                        .as(CommunityOperations.CHANGE_PERSON));
    }

    private Response list(Request request) {
        var community = community(request);
        int offset = request.query("offset").map(MemberEndpoints::offset).orElse(0);
        var page = lists.members(community, offset, PAGE);
        var next = page.size() == PAGE ? offset + PAGE : null;
        var users = page.stream().map(member -> new UserId(member.id())).toList();
        var named = servers.namedLimits().ofUsers(community, users);
        var lines = page.stream().map(each -> each.with(named.get(new UserId(each.id())))).toList();
        return Response.json(200, new CommunityJson.MemberPage(lines, next));
    }

    /** Somebody with an account, or somebody new, who gets one. */
    private Response add(Request request) {
        var body = AdminBody.of(request, "name", "manager");
        var here = here(request);
        var community = here.id();
        var name = Names.normaliseUser(body.required("name"));
        var there = identity.users().findByName(name);
        var user =
                there.isPresent()
                        ? there.get()
                        : identity.users().create(actor(request), name, false);
        members.join(actor(request), community, user.id());
        setManager(request, community, user, body.flag("manager").orElse(false));
        var invitation = there.isPresent() ? null : links.invite(request, here, user);
        return Response.json(201, new CommunityJson.Added(invitation));
    }

    /** A list is looked at first, and done when it is sent again. */
    private Response importRoster(Request request) {
        var body = AdminBody.of(request, "csv", "apply");
        var here = here(request);
        var csv = RosterCsv.read(body.required("csv"));
        boolean apply = body.flag("apply").orElse(false);
        var outcomes =
                apply
                        ? rosters.apply(actor(request), here.id(), csv.lines())
                        : rosters.preview(here.id(), csv.lines());
        var lines =
                outcomes.stream()
                        .map(
                                each ->
                                        CommunityJson.RosterEntry.of(
                                                each, invitation(request, here, each)))
                        .toList();
        return Response.json(200, new CommunityJson.Roster(apply, csv.ignored(), lines));
    }

    private CommunityJson.@Nullable PasswordLink invitation(
            Request request, Community here, RosterOutcome outcome) {
        var user = outcome.user();
        return outcome.effect() == RosterOutcome.Effect.ACCOUNT && user != null
                ? links.invite(request, here, user)
                : null;
    }

    private Response invite(Request request) {
        var here = here(request);
        return Response.json(201, links.invite(request, here, member(request, here.id())));
    }

    private Response passwordLink(Request request) {
        return Response.json(
                201, links.anybody(request, request.caller(Caller.class).actor(), user(request)));
    }

    private Response change(Request request) {
        var body = AdminBody.of(request, "manager");
        var community = community(request);
        var user = member(request, community);
        setManager(request, community, user, body.flag("manager").orElse(false));
        return Response.json(200, Map.of());
    }

    /** Ends the membership and what runs; the account and the files stay. */
    private Response remove(Request request) {
        var community = community(request);
        var user = member(request, community);
        servers.queries().ofUser(community, user.id()).stream()
                .filter(Server::active)
                .forEach(
                        server ->
                                servers.stops()
                                        .stop(actor(request), server.key(), StopReason.LEFT));
        members.leave(actor(request), community, user.id());
        return Response.noContent();
    }

    private Response administrator(Request request) {
        var body = AdminBody.of(request, "administrator");
        var administrator = body.flag("administrator").orElse(false);
        var user = user(request);
        var caller = request.caller(Caller.class);
        identity.users().change(caller.actor(), user.id(), null, administrator);
        return Response.json(200, Map.of());
    }

    private void setManager(Request request, CommunityId community, User user, boolean manager) {
        var holder = new RoleHolder.OfUser(user.id());
        if (manager) {
            identity.roles().give(actor(request), community, Roles.ADMIN, holder);
        } else {
            identity.roles().take(actor(request), community, Roles.ADMIN, holder);
        }
    }

    private CommunityId community(Request request) {
        return here(request).id();
    }

    private Community here(Request request) {
        var id = AdminCaller.of(request).require(CommunityEndpoints.id(request));
        return communities.find(id).orElseThrow(CommunityEndpoints::unknown);
    }

    private User member(Request request, CommunityId community) {
        var user = user(request);
        if (!members.isMember(community, user.id())) {
            throw unknownUser();
        }
        return user;
    }

    private User user(Request request) {
        try {
            var id = new UserId(Long.parseLong(request.param("user")));
            return identity.users().find(id).orElseThrow(MemberEndpoints::unknownUser);
        } catch (IllegalArgumentException e) {
            throw unknownUser();
        }
    }

    /** The number in a path, or that there is no such thing. */
    static long number(String text, Supplier<Problem> unknown) {
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException e) {
            throw unknown.get();
        }
    }

    static int offset(String text) {
        try {
            return Math.clamp(Long.parseLong(text), 0, Integer.MAX_VALUE - PAGE);
        } catch (NumberFormatException e) {
            throw new Problem(
                    Problem.Kind.INVALID, "number.malformed", "'" + text + "' is not a number.", e);
        }
    }

    static Problem unknownUser() {
        return Problem.notFound("user.unknown", "There is no such user.");
    }

    private static Actor actor(Request request) {
        return AdminCaller.of(request).actor();
    }
}
