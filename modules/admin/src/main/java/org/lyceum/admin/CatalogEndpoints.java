package org.lyceum.admin;

import static org.lyceum.platform.http.Endpoint.delete;
import static org.lyceum.platform.http.Endpoint.get;
import static org.lyceum.platform.http.Endpoint.post;
import static org.lyceum.platform.http.Endpoint.put;

import org.lyceum.catalog.CatalogModule;
import org.lyceum.catalog.SizeTable;
import org.lyceum.community.CommunityService;
import org.lyceum.identity.Caller;
import org.lyceum.identity.GroupService;
import org.lyceum.identity.IdentityModule;
import org.lyceum.identity.Role;
import org.lyceum.identity.RoleService;
import org.lyceum.platform.http.Access;
import org.lyceum.platform.http.Endpoint;
import org.lyceum.platform.http.Request;
import org.lyceum.platform.http.Response;
import org.lyceum.platform.kernel.Bytes;
import org.lyceum.platform.kernel.CommunityId;
import org.lyceum.platform.kernel.Problem;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** What a community offers, and its environments. */
final class CatalogEndpoints {

    private static final String SHOW = "v1/communities/:id/catalog";
    private static final String ALL = "v1/communities/:id/environments";
    private static final String ONE = ALL + "/:environment";
    private static final String TRIAL = ONE + "/trials/:trial";

    private final CommunityService communities;
    private final CatalogModule catalog;
    private final GroupService groups;
    private final RoleService roles;
    private final Bytes capacity;
    private final int cores;

    /**
     * @param capacity what all servers together may be promised
     * @param cores of the machine
     */
    CatalogEndpoints(
            CommunityService communities,
            CatalogModule catalog,
            IdentityModule identity,
            Bytes capacity,
            int cores) {
        this.communities = communities;
        this.catalog = catalog;
        this.groups = identity.groups();
        this.roles = identity.roles();
        this.capacity = capacity;
        this.cores = cores;
    }

    List<Endpoint> endpoints(Access platform, Access managers) {
        return List.of(
                get(SHOW, managers, this::show).as(CatalogOperations.SHOW),
                post(ALL, managers, this::add).as(CatalogOperations.ADD_ENVIRONMENT),
                put(ONE, managers, this::change).as(CatalogOperations.CHANGE_ENVIRONMENT),
                delete(ONE, managers, this::remove).as(CatalogOperations.REMOVE_ENVIRONMENT),
                post(ONE + "/trials", managers, this::tryImage).as(CatalogOperations.TRY_IMAGE),
                get(TRIAL + "/packages", managers, this::packages).as(CatalogOperations.PACKAGES),
                post(TRIAL + "/promote", platform, this::promote).as(CatalogOperations.PROMOTE),
                post(ONE + "/back", managers, this::back).as(CatalogOperations.GO_BACK));
    }

    private Response show(Request request) {
        return Response.json(200, catalogOf(community(request)));
    }

    CatalogJson.Catalog catalogOf(CommunityId community) {
        var names = names(community);
        var trials = catalog.trials().of(community);
        return new CatalogJson.Catalog(
                catalog.catalog().environments(community).stream()
                        .map(
                                each ->
                                        CatalogJson.EnvironmentDetail.of(
                                                each, trials.getOrDefault(each.id(), List.of())))
                        .toList(),
                catalog.catalog().profiles(community).stream()
                        .map(each -> CatalogJson.ProfileDetail.of(each, names, capacity))
                        .toList(),
                names.groups().values().stream().sorted().toList(),
                names.roles().values().stream().sorted().toList(),
                catalog.runtimes().offered().stream().map(CatalogJson.RuntimeLine::of).toList(),
                new CatalogJson.MachineLine(
                        capacity.value(),
                        cores,
                        SizeTable.of(capacity, cores).stream()
                                .map(CatalogJson.SizeLine::of)
                                .toList(),
                        catalog.profiles().devices().all().stream()
                                .map(DeviceJson.Kind::of)
                                .toList()));
    }

    CatalogJson.Names names(CommunityId community) {
        return new CatalogJson.Names(
                groups.numbers(community).entrySet().stream()
                        .collect(Collectors.toMap(Map.Entry::getValue, Map.Entry::getKey)),
                roles.list(community).stream().collect(Collectors.toMap(Role::id, Role::name)));
    }

    private Response add(Request request) {
        var community = community(request);
        var body = CatalogBody.of(request, CatalogBody.EnvironmentBody.class);
        var made =
                catalog.environments()
                        .create(AdminCaller.of(request).actor(), community, body.draft());
        return Response.json(201, CatalogJson.EnvironmentDetail.of(made, List.of()));
    }

    private Response change(Request request) {
        var community = community(request);
        var body = CatalogBody.of(request, CatalogBody.EnvironmentBody.class);
        var changed =
                catalog.environments()
                        .change(
                                AdminCaller.of(request).actor(),
                                community,
                                environment(request),
                                body.version(),
                                body.draft());
        var trials = catalog.trials().of(community).getOrDefault(changed.id(), List.of());
        return Response.json(200, CatalogJson.EnvironmentDetail.of(changed, trials));
    }

    private Response tryImage(Request request) {
        var community = community(request);
        var body = CatalogBody.of(request, CatalogBody.TrialBody.class);
        var trial = catalog.trials().ask(community, environment(request), body.reference());
        return Response.json(202, CatalogJson.TrialLine.of(trial, null));
    }

    private Response packages(Request request) {
        var trial = catalog.trials().find(community(request), environment(request), trial(request));
        var report = trial.report();
        return Response.json(
                200, new CatalogJson.PackageList(report == null ? List.of() : report.packages()));
    }

    /** Only administrators of the platform come here, and they may do so in every community. */
    private Response promote(Request request) {
        var id = CommunityEndpoints.id(request);
        var community = communities.find(id).orElseThrow(CommunityEndpoints::unknown).id();
        var actor = request.caller(Caller.class).actor();
        catalog.trials().promote(actor, community, environment(request), trial(request));
        return Response.json(200, catalogOf(community));
    }

    private Response back(Request request) {
        var community = community(request);
        catalog.trials().back(AdminCaller.of(request).actor(), community, environment(request));
        return Response.json(200, catalogOf(community));
    }

    private static long trial(Request request) {
        return MemberEndpoints.number(
                request.param("trial"),
                () -> Problem.notFound("trial.unknown", "There is no such trial."));
    }

    private Response remove(Request request) {
        catalog.environments()
                .delete(
                        AdminCaller.of(request).actor(),
                        community(request),
                        environment(request),
                        version(request));
        return Response.noContent();
    }

    /** The community in the path, if it is the caller's to administer. */
    CommunityId community(Request request) {
        var id = AdminCaller.of(request).require(CommunityEndpoints.id(request));
        return communities.find(id).orElseThrow(CommunityEndpoints::unknown).id();
    }

    static long environment(Request request) {
        return MemberEndpoints.number(
                request.param("environment"),
                () -> Problem.notFound("environment.unknown", "There is no such environment."));
    }

    static long version(Request request) {
        var text = request.query("version").orElseThrow(() -> AdminBody.missing("version"));
        return MemberEndpoints.number(
                text, () -> Problem.invalid("number.malformed", "'" + text + "' is not a number."));
    }
}
