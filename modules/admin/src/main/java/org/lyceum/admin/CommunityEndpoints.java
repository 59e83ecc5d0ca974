package org.lyceum.admin;

import static org.lyceum.platform.http.Endpoint.get;
import static org.lyceum.platform.http.Endpoint.patch;
import static org.lyceum.platform.http.Endpoint.post;

import org.jspecify.annotations.Nullable;
import org.lyceum.community.Community;
import org.lyceum.community.CommunityService;
import org.lyceum.community.Limits;
import org.lyceum.identity.Caller;
import org.lyceum.platform.http.Access;
import org.lyceum.platform.http.Endpoint;
import org.lyceum.platform.http.Request;
import org.lyceum.platform.http.Response;
import org.lyceum.platform.kernel.Actor;
import org.lyceum.platform.kernel.CommunityId;
import org.lyceum.platform.kernel.Problem;

import java.util.List;
import java.util.Map;

/** Communities as the panel makes and changes them. */
final class CommunityEndpoints {

    private static final String ALL = "v1/communities";
    private static final String ONE = "v1/communities/:id";

    private final CommunityService communities;
    private final CommunityListRepository lists;

    CommunityEndpoints(CommunityService communities, CommunityListRepository lists) {
        this.communities = communities;
        this.lists = lists;
    }

    List<Endpoint> endpoints(Access access) {
        return List.of(
                get(ALL, access, this::list).as(CommunityOperations.LIST),
                post(ALL, access, this::create).as(CommunityOperations.CREATE),
                patch(ONE, access, this::change).as(CommunityOperations.CHANGE),
                post(ONE + "/rename", access, this::rename).as(CommunityOperations.RENAME),
                post(ONE + "/pause", access, this::pause).as(CommunityOperations.PAUSE),
                post(ONE + "/resume", access, this::resume).as(CommunityOperations.RESUME),
                post(ONE + "/delete", access, this::delete).as(CommunityOperations.DELETE),
                post(ONE + "/restore", access, this::restore).as(CommunityOperations.RESTORE),
                post(ONE + "/release", access, this::release).as(CommunityOperations.RELEASE));
    }

    /** Deleted ones too: who deleted one by mistake looks for it here. */
    private Response list(Request request) {
        var counts = lists.counts();
        var former = communities.formerAddresses();
        var items =
                communities.all().stream()
                        .map(
                                community ->
                                        CommunityJson.CommunityDetail.of(
                                                community,
                                                counts.getOrDefault(
                                                        community.id(),
                                                        CommunityListRepository.Counts.NONE),
                                                former))
                        .toList();
        return Response.json(200, Map.of("items", items));
    }

    private Response create(Request request) {
        var body = AdminBody.of(request, "name", "title");
        var made =
                communities.create(actor(request), body.required("name"), body.required("title"));
        return answer(201, made);
    }

    private Response change(Request request) {
        var body = AdminBody.of(request, "version", "title", "notice", "limits");
        var changed =
                communities.change(
                        actor(request),
                        id(request),
                        body.version(),
                        body.text("title").orElse(null),
                        body.text("notice").orElse(null),
                        limits(body.object("limits", "maxSpawning", "maxActive", "namedPerUser")));
        return answer(200, changed);
    }

    private static @Nullable Limits limits(@Nullable AdminBody body) {
        return body == null
                ? null
                : new Limits(
                        body.whole("maxSpawning").orElse(null),
                        body.whole("maxActive").orElse(null),
                        body.whole("namedPerUser").orElse(null));
    }

    private Response rename(Request request) {
        var body = AdminBody.of(request, "version", "name");
        var name = body.required("name");
        return answer(200, communities.rename(actor(request), id(request), body.version(), name));
    }

    private Response pause(Request request) {
        var body = AdminBody.of(request, "version", "notice", "stopServers");
        var paused =
                communities.pause(
                        actor(request),
                        id(request),
                        body.version(),
                        body.text("notice").orElse(""),
                        body.flag("stopServers").orElse(false));
        return answer(200, paused);
    }

    private Response resume(Request request) {
        return answer(200, communities.resume(actor(request), id(request), version(request)));
    }

    private Response delete(Request request) {
        return answer(200, communities.delete(actor(request), id(request), version(request)));
    }

    private Response restore(Request request) {
        return answer(200, communities.restore(actor(request), id(request), version(request)));
    }

    private Response release(Request request) {
        var baseUrl = AdminBody.of(request, "baseUrl").required("baseUrl");
        var id = id(request);
        communities.release(actor(request), id, baseUrl);
        return answer(200, communities.find(id).orElseThrow(CommunityEndpoints::unknown));
    }

    private Response answer(int status, Community community) {
        var counts =
                lists.counts().getOrDefault(community.id(), CommunityListRepository.Counts.NONE);
        var former = communities.formerAddresses();
        return Response.json(status, CommunityJson.CommunityDetail.of(community, counts, former));
    }

    private static long version(Request request) {
        return AdminBody.of(request, "version").version();
    }

    private static Actor actor(Request request) {
        return request.caller(Caller.class).actor();
    }

    /** The community that the address names. */
    static CommunityId id(Request request) {
        try {
            return new CommunityId(Long.parseLong(request.param("id")));
        } catch (IllegalArgumentException e) {
            throw unknown();
        }
    }

    static Problem unknown() {
        return Problem.notFound("community.unknown", "There is no such community.");
    }
}
