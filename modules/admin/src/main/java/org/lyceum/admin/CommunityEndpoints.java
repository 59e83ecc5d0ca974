package org.lyceum.admin;

import static org.lyceum.platform.http.Endpoint.get;
import static org.lyceum.platform.http.Endpoint.patch;
import static org.lyceum.platform.http.Endpoint.post;

import org.jspecify.annotations.Nullable;
import org.lyceum.community.Community;
import org.lyceum.community.CommunityService;
import org.lyceum.community.Hosts;
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
    private final Hosts hosts;
    private final CommunityListRepository lists;

    CommunityEndpoints(CommunityService communities, Hosts hosts, CommunityListRepository lists) {
        this.communities = communities;
        this.hosts = hosts;
        this.lists = lists;
    }

    List<Endpoint> endpoints(Access platform, Access managers) {
        return List.of(
                get(ALL, managers, this::list).as(CommunityOperations.LIST),
                post(ALL, platform, this::create).as(CommunityOperations.CREATE),
                patch(ONE, managers, this::change).as(CommunityOperations.CHANGE),
                post(ONE + "/rename", platform, this::rename).as(CommunityOperations.RENAME),
                post(ONE + "/host", platform, this::setHost).as(CommunityOperations.SET_HOST),
                post(ONE + "/pause", managers, this::pause).as(CommunityOperations.PAUSE),
                post(ONE + "/resume", managers, this::resume).as(CommunityOperations.RESUME),
                post(ONE + "/delete", platform, this::delete).as(CommunityOperations.DELETE),
                post(ONE + "/restore", platform, this::restore).as(CommunityOperations.RESTORE),
                post(ONE + "/release", platform, this::release).as(CommunityOperations.RELEASE));
    }

    /** Deleted ones too, for who may restore them. */
    private Response list(Request request) {
        var caller = AdminCaller.of(request);
        var counts = lists.counts();
        var former = communities.formerAddresses();
        var items =
                communities.all().stream()
                        .filter(each -> caller.may(each.id()))
                        .filter(each -> caller.user().admin() || !each.deleted())
                        .map(
                                community ->
                                        CommunityJson.CommunityDetail.of(
                                                community,
                                                hosts,
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
        var caller = AdminCaller.of(request);
        var limits = body.object("limits", "maxSpawning", "maxActive", "namedPerUser");
        if (limits != null) {
            caller.requirePlatform("change limits");
        }
        var changed =
                communities.change(
                        caller.actor(),
                        caller.require(id(request)),
                        body.version(),
                        body.text("title").orElse(null),
                        body.text("notice").orElse(null),
                        limits(limits));
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

    private Response setHost(Request request) {
        var body = AdminBody.of(request, "version", "host");
        var host = body.text("host").filter(text -> !text.isBlank()).orElse(null);
        return answer(200, communities.setHost(actor(request), id(request), body.version(), host));
    }

    private Response pause(Request request) {
        var body = AdminBody.of(request, "version", "notice", "stopServers");
        var caller = AdminCaller.of(request);
        var paused =
                communities.pause(
                        caller.actor(),
                        caller.require(id(request)),
                        body.version(),
                        body.text("notice").orElse(""),
                        body.flag("stopServers").orElse(false));
        return answer(200, paused);
    }

    private Response resume(Request request) {
        var caller = AdminCaller.of(request);
        var id = caller.require(id(request));
        return answer(200, communities.resume(caller.actor(), id, version(request)));
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
        return Response.json(
                status, CommunityJson.CommunityDetail.of(community, hosts, counts, former));
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
