package org.lyceum.hub;

import org.lyceum.hub.HubAccess.Aim;
import org.lyceum.platform.http.Endpoint;
import org.lyceum.platform.http.Json;
import org.lyceum.platform.http.Request;
import org.lyceum.platform.http.Response;
import org.lyceum.platform.kernel.Problem;
import org.lyceum.platform.observe.Metrics;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * What concerns the hub as a whole: version, health, metrics, files, error pages (contract §1.2,
 * §4.4).
 */
final class RootEndpoints {

    private static final Logger log = LoggerFactory.getLogger(RootEndpoints.class);

    /** Of a browser's report about a broken content policy; enough to see what it is about. */
    private static final int MAX_LOGGED = 500;

    private final HubUrls urls;
    private final HubAccess access;
    private final PageFrame frame;
    private final ErrorPages errors;
    private final HubAssets assets;
    private final HubMeters meters;

    RootEndpoints(
            HubUrls urls,
            HubAccess access,
            PageFrame frame,
            ErrorPages errors,
            HubAssets assets,
            HubMeters meters) {
        this.urls = urls;
        this.access = access;
        this.frame = frame;
        this.errors = errors;
        this.assets = assets;
        this.meters = meters;
    }

    List<Endpoint> endpoints() {
        var open = access.open();
        var scraper = access.api(Aim.HUB, "read:metrics");
        return List.of(
                Endpoint.get("hub", open, this::toRoot),
                Endpoint.get("hub/", access.page(), this::root),
                Endpoint.get("hub/admin", access.page(Aim.HUB, "admin-ui"), this::panel),
                Endpoint.get("hub/api", open, this::version).as(HubOperations.VERSION),
                Endpoint.get("hub/api/", open, this::version).as(HubOperations.VERSION),
                Endpoint.get("hub/api/info", access.api(Aim.HUB, "read:hub"), this::about)
                        .as(HubOperations.ABOUT),
                Endpoint.get("hub/health", open, this::health),
                Endpoint.head("hub/health", open, this::health),
                Endpoint.get("hub/api/health", open, this::health).as(HubOperations.HEALTH),
                Endpoint.head("hub/api/health", open, this::health),
                Endpoint.get("hub/metrics", scraper, this::metrics),
                Endpoint.get("hub/api/metrics", scraper, this::metrics).as(HubOperations.METRICS),
                Endpoint.get("hub/error/:code", open, this::error),
                Endpoint.get("hub/logo", open, this::logo),
                Endpoint.head("hub/logo", open, this::logo),
                Endpoint.get("hub/static/*", open, this::file),
                Endpoint.head("hub/static/*", open, this::file),
                Endpoint.post("hub/security/csp-report", open, this::report));
    }

    private Response toRoot(Request request) {
        return Response.redirect(301, urls.hub());
    }

    private Response root(Request request) {
        return Response.redirect(302, urls.nextOrHome(request));
    }

    private Response panel(Request request) {
        return Response.redirect(302, urls.address().toPlatform("/panel/"));
    }

    private Response version(Request request) {
        return Response.json(200, Json.object().put("version", HubHeaders.VERSION))
                .with("Access-Control-Allow-Origin", "*");
    }

    /**
     * JupyterHub's keys; there is no Python here, and the class names say what there is instead.
     */
    private Response about(Request request) {
        var about = Json.object().put("version", HubHeaders.VERSION);
        about.put("python", "").put("sys_executable", "");
        about.putObject("spawner")
                .put("class", "org.lyceum.servers.SpawnService")
                .put("version", "");
        about.putObject("authenticator")
                .put("class", "org.lyceum.identity.PasswordService")
                .put("version", "");
        return Response.json(200, about);
    }

    private Response health(Request request) {
        return Response.text(200, "");
    }

    private Response metrics(Request request) {
        var text = meters.scrape().getBytes(StandardCharsets.UTF_8);
        return Response.bytes(200, Metrics.CONTENT_TYPE, text);
    }

    /** Answers 200 with a page about another status: the proxy shows it in place of an answer. */
    private Response error(Request request) {
        int status;
        try {
            status = Integer.parseInt(request.param("code"));
        } catch (NumberFormatException e) {
            return frame.bare(404, errors.of(404, request.id()));
        }
        var url = request.query("url").orElse("");
        return frame.bare(200, errors.ofProxy(status, url, request.id()));
    }

    private Response logo(Request request) {
        return assets.find(HubAssets.LOGO).orElseThrow();
    }

    private Response file(Request request) {
        return assets.find(request.rest())
                .orElseThrow(
                        () -> Problem.notFound("file.unknown", "There is no file of this name."));
    }

    private Response report(Request request) {
        var text = new String(request.body(), StandardCharsets.UTF_8);
        log.info("csp.reported {}", text.substring(0, Math.min(text.length(), MAX_LOGGED)));
        return Response.of(200);
    }
}
