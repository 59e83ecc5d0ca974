package org.lyceum.hub;

import org.lyceum.identity.ScopeName;
import org.lyceum.identity.ShareCode;
import org.lyceum.identity.ShareService;
import org.lyceum.identity.SharedServer;
import org.lyceum.platform.http.Endpoint;
import org.lyceum.platform.http.Request;
import org.lyceum.platform.http.Response;
import org.lyceum.platform.kernel.CommunityId;
import org.lyceum.platform.kernel.Problem;
import org.lyceum.platform.kernel.Secret;

import java.util.Arrays;
import java.util.List;

/** The page that a share code leads to. Source: jupyterhub 5.5.1, AcceptShareHandler. */
final class AcceptShareEndpoints {

    private static final String PATH = "hub/accept-share";

    private static final String BODY =
            """
            <section class="card">
            <h1>{} shares a server with you</h1>
            <p>You are <strong>{}</strong>. If you accept, you may do this with {}, and with no
            other server of theirs:</p>
            <ul>
            {}</ul>
            {}<form method="post" action="{}">
            {}<input type="hidden" name="code" value="{}">
            <div class="actions">
            <button class="button primary" type="submit">Accept</button>
            <a class="button" href="{}">Not now</a>
            </div>
            </form>
            <p class="quiet small">Afterwards this leads to <code>{}</code>.</p>
            </section>
            """;

    private static final String ASLEEP =
            """
            <p class="message" role="status">It does not run just now. You can accept already; to
            open it, ask {} to start it.</p>
            """;

    private final CommunityId community;
    private final HubUrls urls;
    private final HubAccess access;
    private final PageFrame frame;
    private final ShareModels models;
    private final ShareService shares;

    AcceptShareEndpoints(
            CommunityId community,
            HubUrls urls,
            HubAccess access,
            PageFrame frame,
            ShareModels models,
            ShareService shares) {
        this.community = community;
        this.urls = urls;
        this.access = access;
        this.frame = frame;
        this.models = models;
        this.shares = shares;
    }

    List<Endpoint> endpoints() {
        return List.of(
                Endpoint.get(PATH, access.page(), this::ask),
                Endpoint.post(PATH, access.page(), this::accept));
    }

    private Response ask(Request request) {
        var caller = HubCaller.of(request);
        var code =
                shares.findCode(community, secret(request.query("code").orElse("")))
                        .orElseThrow(
                                () ->
                                        Problem.notFound(
                                                "share.code-unknown",
                                                "Share not found or expired. Ask for a new"
                                                        + " link."));
        if (caller.is(code.server().owner())) {
            throw Problem.forbidden("share.own-server", "You can't share with yourself!");
        }
        return frame.answer(request, 200, page(request, code), caller);
    }

    private Page page(Request request, ShareCode code) {
        var caller = HubCaller.of(request);
        var server = code.server();
        var owner = server.owner().name();
        var body =
                Html.of(
                        BODY,
                        owner,
                        caller.user().name(),
                        title(server),
                        code.scopes().stream().map(AcceptShareEndpoints::item).toList(),
                        Html.of(ASLEEP, owner).when(!models.ready(server)),
                        request.rawTarget(),
                        frame.xsrfField(request, caller),
                        request.query("code").orElse(""),
                        urls.home(),
                        onward(request, server));
        return Page.of(owner + " shares a server with you", "", body);
    }

    private Response accept(Request request) {
        var user = HubCaller.of(request).user();
        var fields = request.form();
        var secret = secret(fields.first("code").or(() -> request.query("code")).orElse(""));
        var code = shares.findCode(community, secret).orElseThrow(AcceptShareEndpoints::invalid);
        if (HubCaller.of(request).is(code.server().owner())) {
            throw Problem.invalid("share.own-server", "You can't share with yourself!");
        }
        var share =
                shares.exchange(community, secret, user).orElseThrow(AcceptShareEndpoints::invalid);
        return Response.redirect(302, onward(request, share.server()));
    }

    /** Where the link says, or else to the server itself. */
    private String onward(Request request, SharedServer server) {
        return urls.next(request)
                .orElseGet(() -> urls.server(server.owner().name(), server.name()));
    }

    private static Secret secret(String code) {
        if (code.isEmpty()) {
            throw Problem.invalid("share.code-missing", "The code is missing from this link.");
        }
        return Secret.presented(code);
    }

    private static Problem invalid() {
        return Problem.invalid(
                "share.code-invalid", "This code is not good any more. Ask for a new link.");
    }

    private static String title(SharedServer server) {
        return server.name().isEmpty()
                ? "the server of " + server.owner().name()
                : "the server “" + server.name() + "” of " + server.owner().name();
    }

    private static Html item(String scope) {
        var name = scope.substring(0, scope.indexOf('!'));
        var sentence =
                Arrays.stream(ScopeName.values())
                        .filter(known -> known.text().equals(name))
                        .map(ScopeName::sentence)
                        .findFirst()
                        .orElse(name);
        return Html.of("<li>{}</li>\n", sentence);
    }
}
