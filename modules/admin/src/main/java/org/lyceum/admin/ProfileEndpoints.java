package org.lyceum.admin;

import static org.lyceum.platform.http.Endpoint.delete;
import static org.lyceum.platform.http.Endpoint.get;
import static org.lyceum.platform.http.Endpoint.post;
import static org.lyceum.platform.http.Endpoint.put;

import org.lyceum.catalog.Audience;
import org.lyceum.catalog.CatalogModule;
import org.lyceum.catalog.Environment;
import org.lyceum.catalog.Profile;
import org.lyceum.catalog.ProfileList;
import org.lyceum.community.MemberService;
import org.lyceum.identity.User;
import org.lyceum.identity.UserService;
import org.lyceum.platform.http.Access;
import org.lyceum.platform.http.Endpoint;
import org.lyceum.platform.http.Request;
import org.lyceum.platform.http.Response;
import org.lyceum.platform.kernel.Bytes;
import org.lyceum.platform.kernel.CommunityId;
import org.lyceum.platform.kernel.Problem;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What people of a community can pick. */
final class ProfileEndpoints {

    private static final String ALL = "v1/communities/:id/profiles";
    private static final String ONE = ALL + "/:profile";

    private final CatalogEndpoints offers;
    private final CatalogModule catalog;
    private final UserService users;
    private final MemberService members;
    private final Bytes capacity;

    ProfileEndpoints(
            CatalogEndpoints offers,
            CatalogModule catalog,
            UserService users,
            MemberService members,
            Bytes capacity) {
        this.offers = offers;
        this.catalog = catalog;
        this.users = users;
        this.members = members;
        this.capacity = capacity;
    }

    List<Endpoint> endpoints(Access managers) {
        return List.of(
                post(ALL, managers, this::add).as(CatalogOperations.ADD_PROFILE),
                put(ALL, managers, this::order).as(CatalogOperations.ORDER_PROFILES),
                get(ALL + "/preview", managers, this::preview).as(CatalogOperations.PREVIEW),
                post(ALL + "/import", managers, this::read).as(CatalogOperations.IMPORT),
                put(ONE, managers, this::change).as(CatalogOperations.CHANGE_PROFILE),
                delete(ONE, managers, this::remove).as(CatalogOperations.REMOVE_PROFILE));
    }

    private Response add(Request request) {
        var community = offers.community(request);
        var draft =
                draft(request, community, CatalogBody.of(request, CatalogBody.ProfileBody.class));
        var made = catalog.profileEdits().create(AdminCaller.of(request).actor(), community, draft);
        return answer(201, made);
    }

    private Response change(Request request) {
        var community = offers.community(request);
        var body = CatalogBody.of(request, CatalogBody.ProfileBody.class);
        var changed =
                catalog.profileEdits()
                        .change(
                                AdminCaller.of(request).actor(),
                                community,
                                profile(request),
                                body.version(),
                                draft(request, community, body));
        return answer(200, changed);
    }

    private Response answer(int status, Profile profile) {
        return Response.json(
                status,
                CatalogJson.ProfileDetail.of(profile, offers.names(profile.community()), capacity));
    }

    private Response remove(Request request) {
        catalog.profileEdits()
                .delete(
                        AdminCaller.of(request).actor(),
                        offers.community(request),
                        profile(request),
                        CatalogEndpoints.version(request));
        return Response.noContent();
    }

    private Response order(Request request) {
        var community = offers.community(request);
        var body = CatalogBody.of(request, CatalogBody.OrderBody.class);
        catalog.profileEdits().order(AdminCaller.of(request).actor(), community, body.all());
        return Response.json(200, offers.catalogOf(community));
    }

    private Response preview(Request request) {
        var community = offers.community(request);
        var user =
                request.query("user")
                        .flatMap(users::findByName)
                        .map(User::id)
                        .filter(id -> members.isMember(community, id))
                        .orElseThrow(
                                () ->
                                        Problem.notFound(
                                                "user.unknown",
                                                "The community has no member of that name."));
        var offered = catalog.profiles().offered(community, user);
        var seen = new HashSet<>(offered.stream().map(Profile::id).toList());
        return Response.json(
                200,
                new CatalogJson.Preview(
                        offered.stream().map(CatalogJson.OfferedProfile::of).toList(),
                        catalog.catalog().profiles(community).stream()
                                .filter(profile -> !seen.contains(profile.id()))
                                .map(CatalogJson.OfferedProfile::of)
                                .toList()));
    }

    private Response read(Request request) {
        var community = offers.community(request);
        var body = CatalogBody.of(request, CatalogBody.ImportBody.class);
        var names = offers.names(community);
        var list =
                catalog.profileEdits()
                        .read(community, body.document(), Set.copyOf(names.groups().values()));
        if (body.apply()) {
            var drafts = list.profiles().stream().map(taken -> draft(taken, names)).toList();
            drafts.forEach(draft -> requireMay(request, draft));
            catalog.profileEdits()
                    .add(AdminCaller.of(request).actor(), community, list.environments(), drafts);
        }
        return Response.json(
                200,
                new CatalogJson.ImportReport(
                        body.apply(),
                        list.profiles().stream().map(taken -> taken.draft().title()).toList(),
                        list.environments().stream()
                                .map(Environment.Draft::imageReference)
                                .toList(),
                        list.left()));
    }

    private static Profile.Draft draft(ProfileList.Taken taken, CatalogJson.Names names) {
        var draft = taken.draft();
        if (taken.groups().isEmpty()) {
            return draft;
        }
        return new Profile.Draft(
                draft.name(),
                draft.title(),
                draft.description(),
                draft.environmentId(),
                draft.size(),
                draft.network(),
                draft.options(),
                Audience.some(numbers(taken.groups(), names.groups(), "group"), Set.of()),
                draft.runtime());
    }

    private Profile.Draft draft(
            Request request, CommunityId community, CatalogBody.ProfileBody body) {
        var names = offers.names(community);
        var draft =
                new Profile.Draft(
                        body.name() == null ? "" : body.name(),
                        body.title() == null ? "" : body.title(),
                        body.words(),
                        body.environment(),
                        body.size(),
                        body.access(),
                        body.questions(),
                        body.everybody()
                                ? Audience.EVERYBODY
                                : Audience.some(
                                        numbers(body.groupNames(), names.groups(), "group"),
                                        numbers(body.roleNames(), names.roles(), "role")),
                        body.runtime() == null ? "" : body.runtime());
        requireMay(request, draft);
        return draft;
    }

    /** Who over-commits plays with everybody's memory; and nothing can be larger than it is. */
    private void requireMay(Request request, Profile.Draft draft) {
        if (draft.overcommits()) {
            AdminCaller.of(request).requirePlatform("promise less memory than servers may use");
        }
        var largest = draft.largest().promised();
        if (largest.compareTo(capacity) > 0) {
            throw Problem.invalid(
                    "profile.larger-than-machine",
                    largest
                            + " is more than this machine has for all servers together, which is "
                            + capacity
                            + ".");
        }
    }

    private static Set<Long> numbers(List<String> wanted, Map<Long, String> names, String what) {
        var numbers = new HashSet<Long>();
        for (var name : wanted) {
            numbers.add(
                    names.entrySet().stream()
                            .filter(entry -> entry.getValue().equals(name))
                            .findFirst()
                            .orElseThrow(
                                    () ->
                                            Problem.invalid(
                                                    "profile.audience-unknown",
                                                    "There is no " + what + " " + name + "."))
                            .getKey());
        }
        return numbers;
    }

    static long profile(Request request) {
        return MemberEndpoints.number(
                request.param("profile"),
                () -> Problem.notFound("profile.gone", "There is no such profile."));
    }
}
