package org.lyceum.hub;

import org.lyceum.platform.http.Request;
import org.lyceum.platform.http.Response;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Supplier;

/** The headers that all of the hub's answers carry (contract §1.2). */
final class HubHeaders {

    /**
     * The JupyterHub whose behaviour this is. Single-user servers compare its major version with
     * their own; jupyterhub-idle-culler parses it (PEP 440), so nothing may be added to it.
     */
    static final String VERSION = "5.5.1";

    static final String VERSION_HEADER = "X-JupyterHub-Version";

    /**
     * Only over https; a month, so that a site that goes back to http is not locked out for years.
     */
    private static final String HSTS = "max-age=2592000";

    private final HubUrls urls;
    private final Supplier<List<String>> formTargets;

    /**
     * @param formTargets where forms may lead to besides this host: browsers look at redirects too
     */
    HubHeaders(HubUrls urls, Supplier<List<String>> formTargets) {
        this.urls = urls;
        this.formTargets = formTargets;
    }

    /**
     * @param api whether this is an answer for programs, which never render it
     */
    Response finish(Request request, Response response, boolean api) {
        var out =
                response.with(VERSION_HEADER, VERSION)
                        .with("Access-Control-Allow-Headers", "accept, content-type, authorization")
                        .withDefault("Content-Security-Policy", api ? apiPolicy() : pagePolicy())
                        .with("X-Content-Type-Options", "nosniff")
                        .withDefault("Referrer-Policy", "same-origin")
                        .withDefault("Cache-Control", "no-cache");
        if (!api) {
            out = out.with("Cross-Origin-Opener-Policy", "same-origin");
        }
        if (request.secure()) {
            out = out.with("Strict-Transport-Security", HSTS);
        }
        return withEtag(request, out);
    }

    /** For pages: everything from here, nothing inline, no frames. */
    String pagePolicy() {
        var forms = new StringBuilder("'self'");
        formTargets.get().forEach(target -> forms.append(' ').append(target));
        return "default-src 'self'; object-src 'none'; base-uri 'none'; form-action "
                + forms
                + "; "
                + common();
    }

    /** For the page whose form leads on to an OAuth client, perhaps on another host. */
    String confirmPolicy() {
        return "default-src 'self'; object-src 'none'; base-uri 'none'; " + common();
    }

    private String apiPolicy() {
        return common() + "; default-src 'none'";
    }

    private String common() {
        return "frame-ancestors 'none'; report-uri " + urls.hub("security/csp-report");
    }

    private static Response withEtag(Request request, Response response) {
        boolean reading = request.method().equals("GET") && response.status() == 200;
        if (!reading || !(response.body() instanceof Response.Body.Whole(var bytes))) {
            return response;
        }
        var etag = '"' + hash(bytes) + '"';
        boolean known =
                request.headers().all("if-none-match").stream()
                        .flatMap(line -> List.of(line.split(",")).stream())
                        .map(String::strip)
                        .anyMatch(tag -> tag.equals(etag) || tag.equals("W/" + etag));
        var tagged = response.withDefault("Etag", etag);
        if (!known) {
            return tagged;
        }
        var headers =
                tagged.headers().stream()
                        .filter(h -> !h.name().equalsIgnoreCase("Content-Type"))
                        .toList();
        return new Response(304, headers, Response.of(304).body());
    }

    private static String hash(byte[] bytes) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(bytes);
            return HexFormat.of().formatHex(digest, 0, 16);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
