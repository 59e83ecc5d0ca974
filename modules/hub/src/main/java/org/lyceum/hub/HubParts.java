package org.lyceum.hub;

import org.lyceum.community.Community;
import org.lyceum.community.MemberService;
import org.lyceum.files.FilesModule;
import org.lyceum.identity.IdentityModule;
import org.lyceum.login.FactorService;
import org.lyceum.platform.http.Endpoint;
import org.lyceum.platform.kernel.CommunityId;
import org.lyceum.platform.observe.Metrics;
import org.lyceum.proxy.ErrorPage;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Builds the parts of one community's hub and gathers their endpoints. */
final class HubParts {

    private final LiveCommunity community;
    private final CommunityId id;
    private final HubUrls urls;
    private final HubHeaders headers;
    private final HubServices services;
    private final HubAssets assets;
    private final Metrics metrics;
    private final IdentityModule identity;
    private final MemberService memberships;
    private final Xsrf xsrf;
    private final HubModels models;
    private final HubMembers members;
    private final Targets targets;
    private final People people;
    private final BrowserSessions browsers;
    private final HubAccess access;
    private final PageFrame frame;
    private final ErrorPages errors;
    private final Entrance entrance;
    private final Starts starts;
    private final HubMeters meters;
    private final PausedPage paused;
    private final ProviderLogin providers;
    private final FactorService factors;
    private final SecondStep second;

    HubParts(
            LiveCommunity community,
            HubUrls urls,
            HubHeaders headers,
            HubServices services,
            HubAssets assets,
            HubSecrets secrets) {
        this.community = community;
        this.id = community.now().id();
        this.urls = urls;
        this.headers = headers;
        this.services = services;
        this.assets = assets;
        this.metrics = services.metrics().apply(id);
        this.identity = services.identity();
        this.memberships = services.communities().members();
        this.xsrf = new Xsrf(secrets.anonymousKey());
        this.models = new HubModels(urls);
        this.members = new HubMembers(id, identity.users(), memberships);
        this.targets = new Targets(id, members, identity.groups());
        this.people =
                new People(id, identity.groups(), identity.roles(), services.servers().queries());
        var cookies = new HubCookies(urls);
        this.browsers =
                new BrowserSessions(
                        id, identity.sessions(), identity.tokens(), memberships, cookies, xsrf);
        this.access =
                new HubAccess(
                        id, urls, browsers, identity.tokens(), identity.users(), targets, xsrf);
        this.frame = new PageFrame(urls, assets, cookies, xsrf, community);
        this.errors = new ErrorPages(urls);
        this.entrance =
                new Entrance(
                        community,
                        urls,
                        frame,
                        errors,
                        cookies,
                        browsers,
                        identity.users(),
                        new StrangerPage(
                                community,
                                urls,
                                services.communities(),
                                services.storage().leaving()),
                        secrets.handover());
        this.factors = services.login().factors();
        this.second = new SecondStep(urls, frame, cookies, browsers, entrance, factors);
        this.providers =
                new ProviderLogin(
                        id, urls, frame, cookies, browsers, services.login(), identity, second);
        this.paused = new PausedPage(community, urls, services.servers().queries());
        this.starts = new Starts(services.servers().spawns(), metrics);
        this.meters = new HubMeters(community, metrics, services, starts);
    }

    HubFailures failures() {
        return new HubFailures(frame, errors, browsers, paused);
    }

    /** For the proxy, which asks on the event loop: no database, no files. */
    ErrorPage proxyErrors() {
        return (status, host, target) -> {
            var html = frame.html(errors.ofProxy(status, target, ""));
            return new ErrorPage.Page("text/html; charset=utf-8", html.markup());
        };
    }

    Entrance entrance() {
        return entrance;
    }

    ProviderLogin providers() {
        return providers;
    }

    HubMeters meters() {
        return meters;
    }

    /** Every page and every call; nothing else is served. */
    List<Endpoint> endpoints() {
        var all = new ArrayList<Endpoint>();
        all.addAll(join(hub(), signIn(), api(), serverApi(), shares(), pages()));
        all.addAll(new ReferenceEndpoints(urls, access, frame, all).endpoints());
        return List.copyOf(all);
    }

    private List<Endpoint> hub() {
        var root = new RootEndpoints(urls, access, frame, errors, assets, meters);
        var proxy =
                new ProxyEndpoints(
                        id,
                        urls,
                        access,
                        services.routes(),
                        services.servers().queries(),
                        identity.users());
        var shutdown = new ShutdownEndpoints(id, access, services.communities().communities());
        return join(root.endpoints(), proxy.endpoints(), shutdown.endpoints());
    }

    private List<Endpoint> signIn() {
        var login =
                new LoginEndpoints(
                        urls,
                        access,
                        frame,
                        browsers,
                        identity.passwords(),
                        entrance,
                        xsrf,
                        providers,
                        second);
        var passwords =
                new PasswordLinkEndpoints(
                        urls,
                        access,
                        frame,
                        browsers,
                        identity.passwordLinks(),
                        identity.passwords(),
                        identity.sessions(),
                        second,
                        new PasswordPage(urls, community, factors));
        var steps =
                new SecondStepEndpoints(
                        urls, access, frame, xsrf, browsers, identity.users(), second, factors);
        var own = new FactorEndpoints(urls, access, frame, identity.passwords(), factors);
        var ways = new WaysEndpoints(urls, access, frame, headers, providers, services.login());
        var signUp =
                new SignUpEndpoints(
                        urls, access, frame, browsers, xsrf, providers, services.login().signUps());
        var oauth = new OAuthEndpoints(id, urls, access, frame, errors, headers, identity.oauth());
        return join(
                login.endpoints(),
                passwords.endpoints(),
                steps.endpoints(),
                own.endpoints(),
                ways.endpoints(),
                signUp.endpoints(),
                entrance.endpoints(access),
                oauth.endpoints(),
                setup());
    }

    /** The first administrator is made in the community at the platform's own address. */
    private List<Endpoint> setup() {
        if (!id.equals(Community.DEFAULT)) {
            return List.of();
        }
        return new SetupEndpoints(id, urls, access, frame, second, identity.setup(), memberships)
                .endpoints();
    }

    private List<Endpoint> api() {
        var tokens = identity.tokens();
        var changes =
                new UserChanges(
                        id, identity.users(), identity.roles(), memberships, services.servers());
        return join(
                new WhoamiEndpoints(
                                id,
                                access,
                                models,
                                people,
                                identity,
                                services.servers().queries(),
                                browsers)
                        .endpoints(),
                new UserEndpoints(access, models, members, people, changes).endpoints(),
                new UserListEndpoints(
                                id, access, models, people, services.servers().queries(), targets)
                        .endpoints(),
                new TokenEndpoints(
                                id,
                                access,
                                models,
                                members,
                                targets,
                                tokens,
                                identity.roles(),
                                identity.passwords(),
                                factors)
                        .endpoints(),
                new GroupEndpoints(id, access, models, members, identity.groups(), identity.roles())
                        .endpoints(),
                new ServiceEndpoints(id, access, models, identity, services.registrations())
                        .endpoints());
    }

    private List<Endpoint> serverApi() {
        var servers = services.servers();
        return join(
                new ServerEndpoints(id, access, members, servers, starts).endpoints(),
                new ProgressEndpoints(
                                id, urls, access, members, servers.queries(), servers.progress())
                        .endpoints(),
                new ActivityEndpoints(
                                id,
                                access,
                                members,
                                identity.users(),
                                servers.queries(),
                                servers.activity(),
                                services.clock())
                        .endpoints());
    }

    private List<Endpoint> shares() {
        var queries = services.servers().queries();
        var groups = identity.groups();
        var shares = identity.shares();
        var of = new ShareTargets(id, members, targets, groups, queries);
        var json = new ShareModels(urls, queries);
        return join(
                new ShareEndpoints(id, access, members, of, json, shares).endpoints(),
                new SharedEndpoints(id, access, members, groups, of, json, shares).endpoints(),
                new ShareCodeEndpoints(id, access, members, of, json, shares).endpoints(),
                new AcceptShareEndpoints(id, urls, access, frame, json, shares).endpoints());
    }

    private List<Endpoint> pages() {
        var servers = services.servers();
        var choices = new Choices(id, services.profiles(), servers.queries());
        return join(
                new HomeEndpoints(
                                community,
                                urls,
                                access,
                                frame,
                                servers,
                                starts,
                                choices,
                                homeCards())
                        .endpoints(),
                new TokenPageEndpoints(id, urls, access, frame, identity.tokens()).endpoints(),
                files(services.files()),
                new RescueEndpoints(
                                id,
                                urls,
                                access,
                                frame,
                                servers.queries(),
                                starts,
                                services.files())
                        .endpoints(),
                new SpawnPageEndpoints(id, urls, access, frame, members, servers, starts, choices)
                        .endpoints(),
                new PassEndpoints(
                                id,
                                urls,
                                access,
                                members,
                                servers.queries(),
                                browsers,
                                targets,
                                services.routes().passes())
                        .endpoints(),
                new UserUrlEndpoints(id, urls, access, frame, members, targets, servers.queries())
                        .endpoints());
    }

    private List<Endpoint> files(FilesModule files) {
        var groups = identity.groups();
        return join(
                new FilesEndpoints(id, urls, access, frame, files).endpoints(),
                new TrashEndpoints(id, urls, access, frame, files).endpoints(),
                new LargestEndpoints(id, urls, access, frame, files).endpoints(),
                new VersionsEndpoints(id, urls, access, frame, files).endpoints(),
                new LinkEndpoints(id, urls, access, frame, files, groups, services.clock())
                        .endpoints(),
                new SharedFilesEndpoints(id, urls, access, frame, files).endpoints(),
                new CopyEndpoints(id, urls, access, frame, files).endpoints(),
                new PullEndpoints(id, urls, access, frame, services.pulls()).endpoints());
    }

    private HomeCards homeCards() {
        return new HomeCards(
                new HomeStorage(id, urls, services.storage().folders()),
                new SharedServers(
                        id, urls, targets, identity.shares(), services.servers().queries()),
                new ServiceLinks(id, urls, identity.services()),
                new PullWords(id, services.pulls()));
    }

    @SafeVarargs
    @SuppressWarnings("varargs") // only read
    private static List<Endpoint> join(List<Endpoint>... lists) {
        return Stream.of(lists).flatMap(List::stream).toList();
    }
}
