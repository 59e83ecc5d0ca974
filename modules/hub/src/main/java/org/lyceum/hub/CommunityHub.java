package org.lyceum.hub;

import org.jspecify.annotations.Nullable;
import org.lyceum.community.HubAddress;
import org.lyceum.platform.http.Endpoint;
import org.lyceum.platform.http.Listener;
import org.lyceum.platform.http.Request;
import org.lyceum.platform.http.Response;
import org.lyceum.platform.http.Surface;
import org.lyceum.platform.kernel.Problem;
import org.lyceum.proxy.ErrorPage;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** One community's hub: everything JupyterHub serves below its base URL. */
public final class CommunityHub implements Surface {

    private static final String API = "hub/api";

    /** These lie in the API, but people's browsers are sent there. */
    private static final Set<String> PAGES_IN_API =
            Set.of(API + "/oauth2/authorize", API + "/metrics");

    private final HubUrls urls;
    private final List<Endpoint> endpoints;
    private final HubFailures failures;
    private final HubHeaders headers;
    private final StrayRequests strays;
    private final HubMeters meters;
    private final ErrorPage proxyErrors;
    private final Entrance entrance;
    private final ProviderLogin providers;

    CommunityHub(
            LiveCommunity community, HubServices services, HubAssets assets, HubSecrets secrets) {
        var hosts = services.communities().hosts();
        this.urls = new HubUrls(hosts.of(community.now()));
        this.headers = new HubHeaders(urls, hosts::formTargets);
        this.strays = new StrayRequests(urls);
        var parts = new HubParts(community, urls, headers, services, assets, secrets);
        this.failures = parts.failures();
        this.endpoints = new PausedGate(community).before(parts.endpoints());
        this.meters = parts.meters();
        this.proxyErrors = parts.proxyErrors();
        this.entrance = parts.entrance();
        this.providers = parts.providers();
    }

    @Override
    public String host() {
        return urls.address().host();
    }

    @Override
    public String basePath() {
        return urls.base();
    }

    @Override
    public List<Endpoint> endpoints() {
        return endpoints;
    }

    /** Containers reach the API and nothing else: no page, no other route. */
    @Override
    public boolean serves(Listener listener, String path) {
        return switch (listener) {
            case PUBLIC -> true;
            case CONTAINERS -> inApi(path);
        };
    }

    @Override
    public Response unmatched(Request request) {
        var path = below(request);
        if (!path.equals("hub") && !path.startsWith("hub/")) {
            return strays.answer(request, () -> failures.wrongMethod(request, false));
        }
        return unknown(request, forPrograms(path));
    }

    Response unknown(Request request, boolean api) {
        return failures.unknown(request, api);
    }

    @Override
    public Response wrongMethod(Request request) {
        return wrongMethod(request, forPrograms(below(request)));
    }

    Response wrongMethod(Request request, boolean api) {
        if (api && request.method().equals("OPTIONS")) {
            return Response.of(200); // a browser asks what it may send; finish() adds the headers
        }
        return failures.wrongMethod(request, api);
    }

    @Override
    public Response failed(Request request, Problem problem) {
        return failed(request, problem, forPrograms(below(request)));
    }

    Response failed(Request request, Problem problem, boolean api) {
        return failures.failed(request, problem, api);
    }

    @Override
    public Response broken(Request request) {
        return broken(request, forPrograms(below(request)));
    }

    Response broken(Request request, boolean api) {
        return failures.broken(request, api);
    }

    @Override
    public Response finish(Request request, Response response) {
        return finish(request, response, forPrograms(below(request)));
    }

    Response finish(Request request, Response response, boolean api) {
        return headers.finish(request, response, api);
    }

    @Override
    public void answered(
            Request request, @Nullable Endpoint endpoint, Response response, Duration took) {
        meters.answered(request.method(), endpoint, response.status(), took);
    }

    Entrance entrance() {
        return entrance;
    }

    ProviderLogin providers() {
        return providers;
    }

    HubAddress address() {
        return urls.address();
    }

    /** What answers on its users' hosts; empty when they have none. */
    Optional<Surface> userHosts() {
        return urls.address().userHosts()
                ? Optional.of(new UserHosts(urls, headers))
                : Optional.empty();
    }

    /** What people see when a server of this community cannot be reached. */
    ErrorPage proxyErrors() {
        return proxyErrors;
    }

    private String below(Request request) {
        return request.path().substring(urls.base().length());
    }

    private static boolean inApi(String path) {
        return path.equals(API) || path.startsWith(API + "/");
    }

    /** Whether JSON is expected at a path below a hub's base, or at an endpoint's pattern. */
    static boolean forPrograms(String path) {
        return inApi(path) && !PAGES_IN_API.contains(path);
    }
}
