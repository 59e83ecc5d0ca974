package org.lyceum.hub;

import org.jspecify.annotations.Nullable;
import org.lyceum.community.Community;
import org.lyceum.platform.http.Endpoint;
import org.lyceum.platform.http.Listener;
import org.lyceum.platform.http.Request;
import org.lyceum.platform.http.Response;
import org.lyceum.platform.http.Surface;
import org.lyceum.platform.kernel.Problem;
import org.lyceum.platform.kernel.Secret;
import org.lyceum.proxy.ErrorPage;

import java.time.Duration;
import java.util.List;
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

    CommunityHub(Community community, HubServices services, HubAssets assets, Secret anonymousKey) {
        this.urls = new HubUrls(community.baseUrl());
        this.headers = new HubHeaders(urls);
        this.strays = new StrayRequests(urls);
        var parts = new HubParts(community, urls, headers, services, assets, anonymousKey);
        this.failures = parts.failures();
        this.endpoints = parts.endpoints();
        this.meters = parts.meters();
        this.proxyErrors = parts.proxyErrors();
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
        return failures.unknown(request, forPrograms(path));
    }

    @Override
    public Response wrongMethod(Request request) {
        boolean api = forPrograms(below(request));
        if (api && request.method().equals("OPTIONS")) {
            return Response.of(200); // a browser asks what it may send; finish() adds the headers
        }
        return failures.wrongMethod(request, api);
    }

    @Override
    public Response failed(Request request, Problem problem) {
        return failures.failed(request, problem, forPrograms(below(request)));
    }

    @Override
    public Response broken(Request request) {
        return failures.broken(request, forPrograms(below(request)));
    }

    @Override
    public Response finish(Request request, Response response) {
        return headers.finish(request, response, forPrograms(below(request)));
    }

    @Override
    public void answered(
            Request request, @Nullable Endpoint endpoint, Response response, Duration took) {
        meters.answered(request.method(), endpoint, response.status(), took);
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

    private static boolean forPrograms(String path) {
        return inApi(path) && !PAGES_IN_API.contains(path);
    }
}
