package org.lyceum.admin;

import static org.lyceum.platform.http.Endpoint.get;
import static org.lyceum.platform.http.Endpoint.post;
import static org.lyceum.platform.http.Endpoint.put;

import org.lyceum.admin.SignUpJson.SignUpBody;
import org.lyceum.admin.SignUpJson.SignUpEventBody;
import org.lyceum.admin.SignUpJson.SignUpEventLine;
import org.lyceum.community.CommunityModule;
import org.lyceum.login.SignUpService;
import org.lyceum.platform.http.Access;
import org.lyceum.platform.http.Endpoint;
import org.lyceum.platform.http.Request;
import org.lyceum.platform.http.Response;
import org.lyceum.platform.kernel.CommunityId;
import org.lyceum.platform.kernel.Problem;

import java.util.List;

/** How people make their accounts themselves in a community. */
final class SignUpEndpoints {

    private static final String ALL = "v1/communities/:id/sign-up";
    private static final String EVENTS = ALL + "/events";

    private final CommunityModule communities;
    private final SignUpService signUps;

    SignUpEndpoints(CommunityModule communities, SignUpService signUps) {
        this.communities = communities;
        this.signUps = signUps;
    }

    List<Endpoint> endpoints(Access managers) {
        return List.of(
                get(ALL, managers, this::show).as(SignUpOperations.SHOW),
                put(ALL, managers, this::change).as(SignUpOperations.CHANGE),
                post(EVENTS, managers, this::add).as(SignUpOperations.ADD),
                post(EVENTS + "/:event/end", managers, this::end).as(SignUpOperations.END));
    }

    private Response show(Request request) {
        var community = community(request);
        var events = signUps.events(community).stream().map(SignUpEventLine::of).toList();
        return Response.json(
                200,
                new SignUpJson.SignUp(
                        signUps.offer(community).byRequest(), address(request, community), events));
    }

    private Response change(Request request) {
        var body = CatalogBody.of(request, SignUpBody.class);
        var actor = AdminCaller.of(request).actor();
        signUps.takeRequests(actor, community(request), body.byRequest());
        return Response.noContent();
    }

    private Response add(Request request) {
        var draft = CatalogBody.of(request, SignUpEventBody.class).draft(community(request));
        var made = signUps.add(AdminCaller.of(request).actor(), draft);
        return Response.json(
                201, new SignUpJson.SignUpEventMade(SignUpEventLine.of(made.event()), made.code()));
    }

    private Response end(Request request) {
        long event =
                MemberEndpoints.number(
                        request.param("event"),
                        () -> Problem.notFound("event.unknown", "There is no such event."));
        signUps.end(AdminCaller.of(request).actor(), community(request), event);
        return Response.noContent();
    }

    private String address(Request request, CommunityId id) {
        var community = communities.communities().find(id).orElseThrow(CommunityEndpoints::unknown);
        var hub = communities.hosts().of(community);
        var link = hub.absolute(hub.base() + "hub/signup");
        return link.startsWith("/") ? request.scheme() + "://" + request.host() + link : link;
    }

    private CommunityId community(Request request) {
        var id = AdminCaller.of(request).require(CommunityEndpoints.id(request));
        return communities.communities().find(id).orElseThrow(CommunityEndpoints::unknown).id();
    }
}
