package org.lyceum.admin;

import org.lyceum.platform.http.Access;
import org.lyceum.platform.http.Endpoint;
import org.lyceum.platform.http.Listener;
import org.lyceum.platform.http.Request;
import org.lyceum.platform.http.Response;
import org.lyceum.platform.http.StaticFiles;
import org.lyceum.platform.http.Surface;
import org.lyceum.platform.kernel.Problem;

import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * {@code /panel/}: the web application's files. They are the same for everybody, so they need no
 * sign-in; what they show comes from {@link AdminSurface}, which does. Only its page carries more
 * for who is signed in: the {@link PanelProof}.
 */
final class PanelSurface implements Surface {

    private static final Access OPEN = Access.open();

    private final StaticFiles files =
            new StaticFiles(PanelSurface.class.getClassLoader(), "webroot/panel");

    private final AdminAccess access;

    PanelSurface(AdminAccess access) {
        this.access = access;
    }

    @Override
    public String basePath() {
        return "/panel/";
    }

    @Override
    public List<Endpoint> endpoints() {
        return List.of(
                Endpoint.get("assets/*", OPEN, this::asset), Endpoint.get("*", OPEN, this::page));
    }

    /** Vite puts a hash of the content into these names. */
    private Response asset(Request request) {
        return files.find("assets/" + request.rest(), true).orElseThrow(PanelSurface::missing);
    }

    /** Every other address is a page of the application, which routes by itself. */
    private Response page(Request request) {
        if (request.rest().contains(".")) {
            return files.find(request.rest(), false).orElseThrow(PanelSurface::missing);
        }
        byte[] page = files.bytes("index.html").orElseThrow(PanelSurface::missing);
        var html = new String(page, StandardCharsets.UTF_8);
        var proof =
                PanelProof.forPage(request, access.cookies(request))
                        .map(PanelSurface::meta)
                        .orElse("");
        return Response.html(200, html.replace("</head>", proof + "</head>"))
                .with("Cache-Control", "no-store");
    }

    /** Hexadecimal digits, so there is nothing to escape. */
    private static String meta(String proof) {
        return "<meta name=\"csrf\" content=\"" + proof + "\">";
    }

    private static Problem missing() {
        return Problem.notFound(
                "panel.file-unknown", "The panel has no such file; open /panel/ again.");
    }

    @Override
    public boolean serves(Listener listener, String path) {
        return listener == Listener.PUBLIC;
    }

    @Override
    public Response unmatched(Request request) {
        return Response.text(404, "Nothing is served at this address.\n");
    }

    @Override
    public Response wrongMethod(Request request) {
        return Response.text(405, "The panel's files can only be read.\n");
    }

    @Override
    public Response failed(Request request, Problem problem) {
        return Response.text(404, problem.detail() + "\n");
    }

    @Override
    public Response finish(Request request, Response response) {
        return response.with("X-Content-Type-Options", "nosniff")
                .with("Referrer-Policy", "same-origin")
                .with("Cross-Origin-Opener-Policy", "same-origin")
                .with(
                        "Content-Security-Policy",
                        "default-src 'self'; img-src 'self' data:; frame-ancestors 'none'; base-uri"
                                + " 'none'; form-action 'self'");
    }
}
