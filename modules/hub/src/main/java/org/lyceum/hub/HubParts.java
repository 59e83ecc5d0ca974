package org.lyceum.hub;

import java.util.ArrayList;
import java.util.List;
import org.lyceum.community.Community;
import org.lyceum.platform.http.Endpoint;
import org.lyceum.platform.kernel.Secret;

/** Builds the parts of one community's hub and gathers their endpoints. */
@SuppressWarnings("UnusedVariable") // more endpoints come next
final class HubParts {

    private final Community community;
    private final HubUrls urls;
    private final HubServices services;
    private final HubAssets assets;
    private final Xsrf xsrf;
    private final HubModels models;
    private final HubMembers members;
    private final Targets targets;
    private final BrowserSessions browsers;
    private final HubAccess access;
    private final PageFrame frame;
    private final ErrorPages errors;
    private final HubHeaders headers;

    HubParts(
            Community community,
            HubUrls urls,
            HubHeaders headers,
            HubServices services,
            HubAssets assets,
            Secret anonymousKey) {
        var identity = services.identity();
        this.community = community;
        this.urls = urls;
        this.headers = headers;
        this.services = services;
        this.assets = assets;
        this.xsrf = new Xsrf(anonymousKey);
        this.models = new HubModels(urls);
        this.members =
                new HubMembers(community.id(), identity.users(), services.communities().members());
        this.targets = new Targets(community.id(), members, identity.groups());
        var cookies = new HubCookies(urls);
        this.browsers =
                new BrowserSessions(
                        community.id(), identity.sessions(), identity.tokens(), cookies, xsrf);
        this.access =
                new HubAccess(
                        community.id(),
                        urls,
                        browsers,
                        identity.tokens(),
                        identity.users(),
                        targets,
                        xsrf);
        this.frame = new PageFrame(urls, assets, cookies, xsrf, community.title());
        this.errors = new ErrorPages(urls);
    }

    HubFailures failures() {
        return new HubFailures(frame, errors, browsers);
    }

    List<Endpoint> endpoints() {
        var all = new ArrayList<Endpoint>();
        var memberships = services.communities().members();
        var identity = services.identity();
        all.addAll(
                new LoginEndpoints(
                                community.id(),
                                urls,
                                access,
                                frame,
                                browsers,
                                identity.passwords(),
                                memberships,
                                xsrf)
                        .endpoints());
        if (community.baseUrl().equals("/")) {
            all.addAll(
                    new SetupEndpoints(
                                    community.id(),
                                    urls,
                                    access,
                                    frame,
                                    browsers,
                                    identity.setup(),
                                    memberships)
                            .endpoints());
        }
        return all;
    }
}
