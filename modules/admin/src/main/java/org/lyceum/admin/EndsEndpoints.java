package org.lyceum.admin;

import static org.lyceum.platform.http.Endpoint.get;
import static org.lyceum.platform.http.Endpoint.put;

import org.jspecify.annotations.Nullable;
import org.lyceum.catalog.CatalogService;
import org.lyceum.community.Community;
import org.lyceum.community.CommunityService;
import org.lyceum.platform.http.Access;
import org.lyceum.platform.http.Endpoint;
import org.lyceum.platform.http.Request;
import org.lyceum.platform.http.Response;
import org.lyceum.servers.EndsRule;
import org.lyceum.servers.EndsService;

import java.time.Duration;
import java.util.List;

/** When servers of a community, and of its profiles, sleep and end by themselves. */
final class EndsEndpoints {

    private static final String ALL = "v1/communities/:id/ends";
    private static final String OF_PROFILE = "v1/communities/:id/profiles/:profile/ends";

    private final CommunityService communities;
    private final CatalogService catalog;
    private final EndsService ends;

    EndsEndpoints(CommunityService communities, CatalogService catalog, EndsService ends) {
        this.communities = communities;
        this.catalog = catalog;
        this.ends = ends;
    }

    List<Endpoint> endpoints(Access managers) {
        return List.of(
                get(ALL, managers, this::show).as(CommunityOperations.ENDS),
                put(ALL, managers, request -> decide(request, null))
                        .as(CommunityOperations.CHANGE_ENDS),
                put(
                                OF_PROFILE,
                                managers,
                                request -> decide(request, ProfileEndpoints.profile(request)))
                        .as(CommunityOperations.CHANGE_ENDS_OF_PROFILE));
    }

    private Response show(Request request) {
        return Response.json(200, view(community(request)));
    }

    private Response decide(Request request, @Nullable Long profile) {
        var community = community(request);
        var body =
                AdminBody.of(
                        request,
                        "cullAfterSeconds",
                        "maxAgeSeconds",
                        "keepAtMostSeconds",
                        "freezeAfterSeconds");
        var rule =
                new EndsRule(
                        time(body, "cullAfterSeconds"),
                        time(body, "maxAgeSeconds"),
                        time(body, "keepAtMostSeconds"),
                        time(body, "freezeAfterSeconds"));
        ends.put(AdminCaller.of(request).actor(), community.id(), profile, rule);
        return Response.json(200, view(community));
    }

    private static @Nullable Duration time(AdminBody body, String key) {
        return body.size(key).map(Duration::ofSeconds).orElse(null);
    }

    private EndsJson.EndsView view(Community community) {
        var id = community.id();
        var rules = ends.rules(id);
        return new EndsJson.EndsView(
                EndsJson.EndsLine.of(
                        null, community.title(), rules.ofCommunity(id), rules.of(id, null)),
                catalog.profiles(id).stream()
                        .map(
                                profile ->
                                        EndsJson.EndsLine.of(
                                                profile.id(),
                                                profile.title(),
                                                rules.ofProfile(profile.id()),
                                                rules.of(id, profile.id())))
                        .toList(),
                EndsJson.EndsBounds.of(ends.bounds()));
    }

    private Community community(Request request) {
        var id = AdminCaller.of(request).require(CommunityEndpoints.id(request));
        return communities.find(id).orElseThrow(CommunityEndpoints::unknown);
    }
}
