package org.lyceum.admin;

import static org.lyceum.platform.http.Endpoint.delete;
import static org.lyceum.platform.http.Endpoint.get;
import static org.lyceum.platform.http.Endpoint.post;
import static org.lyceum.platform.http.Endpoint.put;

import org.lyceum.admin.SignInJson.EntryRuleBody;
import org.lyceum.admin.SignInJson.ProviderBody;
import org.lyceum.admin.SignInJson.ProviderTrialBody;
import org.lyceum.admin.SignInJson.ProviderVersionBody;
import org.lyceum.community.Community;
import org.lyceum.community.CommunityModule;
import org.lyceum.identity.Caller;
import org.lyceum.login.Errand;
import org.lyceum.login.LoginModule;
import org.lyceum.login.LoginService;
import org.lyceum.login.Provider;
import org.lyceum.login.ProviderService;
import org.lyceum.login.SignInService;
import org.lyceum.platform.http.Access;
import org.lyceum.platform.http.Endpoint;
import org.lyceum.platform.http.Request;
import org.lyceum.platform.http.Response;
import org.lyceum.platform.kernel.Actor;
import org.lyceum.platform.kernel.CommunityId;
import org.lyceum.platform.kernel.Problem;
import org.lyceum.platform.kernel.Secret;

import java.util.List;
import java.util.Map;

/** Providers that sign people in, and which of them a community accepts. */
final class SignInEndpoints {

    private static final String ALL = "v1/sign-in/providers";
    private static final String ONE = ALL + "/:provider";
    private static final String COMMUNITY = "v1/communities/:id/sign-in";
    private static final String ACCEPTED = COMMUNITY + "/providers/:provider";
    private static final String ASKED = COMMUNITY + "/requests/:request";

    private final CommunityModule communities;
    private final ProviderService providers;
    private final SignInService signIn;
    private final LoginService logins;

    SignInEndpoints(CommunityModule communities, LoginModule login) {
        this.communities = communities;
        this.providers = login.providers();
        this.signIn = login.signIn();
        this.logins = login.logins();
    }

    List<Endpoint> endpoints(Access platform, Access managers) {
        return List.of(
                get(ALL, platform, this::list).as(SignInOperations.LIST),
                post("v1/sign-in/check", platform, this::check).as(SignInOperations.CHECK),
                post(ALL, platform, this::create).as(SignInOperations.CREATE),
                put(ONE, platform, this::propose).as(SignInOperations.PROPOSE),
                post(ONE + "/trial", platform, this::trial).as(SignInOperations.TRIAL),
                post(ONE + "/activate", platform, this::activate).as(SignInOperations.ACTIVATE),
                post(ONE + "/discard", platform, this::discard).as(SignInOperations.DISCARD),
                post(ONE + "/undo", platform, this::undo).as(SignInOperations.UNDO),
                post(ONE + "/enable", platform, this::enable).as(SignInOperations.ENABLE),
                post(ONE + "/disable", platform, this::disable).as(SignInOperations.DISABLE),
                post(ONE + "/remove", platform, this::remove).as(SignInOperations.REMOVE),
                get(COMMUNITY, managers, this::accepted).as(SignInOperations.ACCEPTED),
                put(ACCEPTED, managers, this::accept).as(SignInOperations.ACCEPT),
                delete(ACCEPTED, managers, this::acceptNoMore).as(SignInOperations.ACCEPT_NO_MORE),
                post(ASKED + "/admit", managers, this::admit).as(SignInOperations.ADMIT),
                post(ASKED + "/refuse", managers, this::refuse).as(SignInOperations.REFUSE));
    }

    private Response list(Request request) {
        var people = providers.people();
        var lines = providers.list().stream().map(each -> line(each, people)).toList();
        return Response.json(200, new SignInJson.Providers(callback(request), lines));
    }

    private Response check(Request request) {
        var body = CatalogBody.of(request, ProviderBody.class);
        var before = body.provider() == null ? null : providers.require(body.provider());
        var found = providers.check(before, body.version(), body.secretOrNull(), callback(request));
        return Response.json(200, new SignInJson.Checked(found));
    }

    private Response create(Request request) {
        var body = CatalogBody.of(request, ProviderBody.class);
        var made =
                providers.create(
                        actor(request), body.version(), body.secretOrNull(), callback(request));
        return Response.json(201, line(made, Map.of()));
    }

    private Response propose(Request request) {
        var body = CatalogBody.of(request, ProviderBody.class);
        var proposed =
                providers.propose(
                        actor(request),
                        provider(request),
                        body.seen(),
                        body.version(),
                        body.secretOrNull(),
                        callback(request));
        return answer(proposed);
    }

    /** A directory has no page of its own: the name and the password come from the panel. */
    private Response trial(Request request) {
        var body = CatalogBody.of(request, ProviderTrialBody.class);
        var user = request.caller(Caller.class);
        var errand = new Errand(Errand.Kind.TRIAL, Community.DEFAULT, null, null);
        var arrival =
                signIn.ask(
                                provider(request),
                                errand,
                                CatalogBody.text(body.name()),
                                Secret.presented(CatalogBody.text(body.password())),
                                request.peer())
                        .orElseThrow(
                                () ->
                                        Problem.invalid(
                                                "provider.trial-failed",
                                                "The directory answers, but this name and password"
                                                        + " do not fit. Check both, and the filter"
                                                        + " of people."));
        return answer(providers.tried(user.actor(), arrival.provider(), arrival.who()));
    }

    private Response activate(Request request) {
        return answer(providers.activate(actor(request), provider(request), seen(request)));
    }

    private Response discard(Request request) {
        providers.discard(actor(request), provider(request), seen(request));
        return Response.noContent();
    }

    private Response undo(Request request) {
        return answer(providers.undo(actor(request), provider(request), seen(request)));
    }

    private Response enable(Request request) {
        return answer(providers.enable(actor(request), provider(request), seen(request), true));
    }

    private Response disable(Request request) {
        return answer(providers.enable(actor(request), provider(request), seen(request), false));
    }

    private Response remove(Request request) {
        providers.delete(actor(request), provider(request), seen(request));
        return Response.noContent();
    }

    private Response accepted(Request request) {
        var community = community(request);
        var rules = logins.acceptances(community);
        var lines =
                providers.list().stream()
                        .filter(each -> each.live() != null)
                        .map(
                                each ->
                                        SignInJson.AcceptedProviderLine.of(
                                                each,
                                                rules.stream()
                                                        .filter(r -> r.provider() == each.id())
                                                        .findFirst()
                                                        .orElse(null)))
                        .toList();
        var asked =
                logins.requests(community).stream().map(SignInJson.EntryRequestLine::of).toList();
        return Response.json(200, new SignInJson.CommunitySignIn(lines, asked));
    }

    private Response accept(Request request) {
        var body = CatalogBody.of(request, EntryRuleBody.class);
        var community = community(request);
        var actor = AdminCaller.of(request).actor();
        logins.accept(actor, community, provider(request), body.rule());
        return Response.noContent();
    }

    private Response acceptNoMore(Request request) {
        var community = community(request);
        logins.acceptNoMore(AdminCaller.of(request).actor(), community, provider(request));
        return Response.noContent();
    }

    private Response admit(Request request) {
        return answered(request, true);
    }

    private Response refuse(Request request) {
        return answered(request, false);
    }

    private Response answered(Request request, boolean admit) {
        var community = community(request);
        long id =
                MemberEndpoints.number(
                        request.param("request"),
                        () ->
                                Problem.notFound(
                                        "entry.unknown",
                                        "Nobody waits under this number any more."));
        logins.answer(AdminCaller.of(request).actor(), community, id, admit);
        return Response.noContent();
    }

    private Response answer(Provider provider) {
        return Response.json(200, line(provider, providers.people()));
    }

    private SignInJson.ProviderLine line(Provider provider, Map<Long, Integer> people) {
        return SignInJson.ProviderLine.of(
                provider,
                people.getOrDefault(provider.id(), 0),
                providers.reachability().down(provider.id()));
    }

    /** As {@code /sso/} computes it: what is registered must be what is sent. */
    private String callback(Request request) {
        var origin =
                communities
                        .hosts()
                        .platform()
                        .map(Object::toString)
                        .orElse(request.scheme() + "://" + request.host());
        return origin + "/sso/callback";
    }

    private static Actor actor(Request request) {
        return request.caller(Caller.class).actor();
    }

    private static long seen(Request request) {
        return CatalogBody.of(request, ProviderVersionBody.class).version();
    }

    private static long provider(Request request) {
        return MemberEndpoints.number(
                request.param("provider"),
                () -> Problem.notFound("provider.unknown", "There is no such provider."));
    }

    private CommunityId community(Request request) {
        var id = AdminCaller.of(request).require(CommunityEndpoints.id(request));
        return communities.communities().find(id).orElseThrow(CommunityEndpoints::unknown).id();
    }
}
