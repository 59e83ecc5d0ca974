package org.lyceum.hub;

import org.jspecify.annotations.Nullable;
import org.lyceum.identity.Authorization;
import org.lyceum.identity.AuthorizeRequest;
import org.lyceum.identity.Exchange;
import org.lyceum.identity.OAuthService;
import org.lyceum.platform.http.Endpoint;
import org.lyceum.platform.http.Json;
import org.lyceum.platform.http.Request;
import org.lyceum.platform.http.Response;
import org.lyceum.platform.kernel.CommunityId;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** The OAuth provider's two addresses (contract §3.2, §3.3). */
final class OAuthEndpoints {

    private static final String AUTHORIZE = "hub/api/oauth2/authorize";

    private static final String CONFIRM =
            """
            <section class="card">
            <h1>Continue to {}?</h1>
            <p>It will learn that you are <strong>{}</strong>, and be allowed to:</p>
            <ul>
            {}</ul>
            <p class="quiet">Continue only if you expected this question.</p>
            <form method="post" action="{}">
            {}{}<div class="actions">
            <button class="button primary" type="submit">Continue</button>
            <a class="button" href="{}">Cancel</a>
            </div>
            </form>
            </section>
            """;

    private static final Map<String, String> MEANINGS =
            Map.of(
                    "access:servers", "open this server on your behalf",
                    "access:services", "recognise you when you open it",
                    "read:users:name", "see your name",
                    "read:users:groups", "see the groups you are in",
                    "read:users:activity", "see when you were last active",
                    "inherit", "do everything that you may do");

    private final CommunityId community;
    private final HubUrls urls;
    private final HubAccess access;
    private final PageFrame frame;
    private final ErrorPages errors;
    private final HubHeaders headers;
    private final OAuthService oauth;

    OAuthEndpoints(
            CommunityId community,
            HubUrls urls,
            HubAccess access,
            PageFrame frame,
            ErrorPages errors,
            HubHeaders headers,
            OAuthService oauth) {
        this.community = community;
        this.urls = urls;
        this.access = access;
        this.frame = frame;
        this.errors = errors;
        this.headers = headers;
        this.oauth = oauth;
    }

    List<Endpoint> endpoints() {
        return List.of(
                Endpoint.get(AUTHORIZE, access.page(), this::authorize).as(HubOperations.AUTHORIZE),
                Endpoint.post(AUTHORIZE, access.page(), this::confirm).as(HubOperations.CONFIRM),
                // Open: the client proves itself in the form; other credentials are not looked at.
                Endpoint.post("hub/api/oauth2/token", access.open(), this::exchange)
                        .as(HubOperations.EXCHANGE));
    }

    private Response authorize(Request request) {
        var caller = HubCaller.of(request);
        return answer(request, oauth.authorize(asked(request), caller.caller()));
    }

    private Response confirm(Request request) {
        var caller = HubCaller.of(request);
        var scopes = request.form().all("scopes");
        return answer(request, oauth.confirm(asked(request), caller.caller(), scopes));
    }

    private Response answer(Request request, Authorization authorization) {
        var caller = HubCaller.of(request);
        return switch (authorization) {
            case Authorization.BadClient(var message) ->
                    frame.answer(request, 400, errors.problem(400, message, request.id()), caller);
            case Authorization.Denied(var message) ->
                    frame.answer(request, 403, errors.problem(403, message, request.id()), caller);
            case Authorization.ErrorRedirect(var url) -> Response.redirect(302, url);
            case Authorization.Granted(var url) ->
                    frame.withCookies(request, Response.redirect(302, url), caller);
            case Authorization.Confirm(var description, var scopes) ->
                    frame.answer(request, 200, page(request, description, scopes), caller)
                            .with("Content-Security-Policy", headers.confirmPolicy());
        };
    }

    private Page page(Request request, String description, List<String> scopes) {
        var caller = HubCaller.of(request);
        Function<String, Html> item =
                scope -> Html.of("<li>{}</li>\n", MEANINGS.getOrDefault(bare(scope), scope));
        Function<String, Html> field =
                scope -> Html.of("<input type=\"hidden\" name=\"scopes\" value=\"{}\">", scope);
        var body =
                Html.of(
                        CONFIRM,
                        description,
                        caller.user().name(),
                        scopes.stream().map(item).distinct().toList(),
                        request.rawTarget(),
                        frame.xsrfField(request, caller),
                        scopes.stream().map(field).toList(),
                        urls.home());
        return Page.of("Continue to " + description, "", body);
    }

    private Response exchange(Request request) {
        var form = new HashMap<String, String>();
        var fields = request.form();
        fields.names().forEach(name -> fields.first(name).ifPresent(v -> form.put(name, v)));
        return switch (oauth.exchange(community, form)) {
            case Exchange.Tokens(var token, var seconds, var scope) ->
                    unstored(
                            Response.json(
                                    200,
                                    Json.object()
                                            .put("access_token", token.reveal())
                                            .put("expires_in", seconds)
                                            .put("token_type", "Bearer")
                                            .put("scope", scope)));
            case Exchange.Refused(var status, var error, var description) ->
                    refused(status, error, description);
        };
    }

    private static Response refused(int status, String error, @Nullable String description) {
        var json = Json.object().put("error", error);
        if (description != null) {
            json.put("error_description", description);
        }
        var response = unstored(Response.json(status, json));
        return status == 401
                ? response.with("WWW-Authenticate", "Bearer error=\"" + error + "\"")
                : response;
    }

    private static Response unstored(Response response) {
        return response.with("Cache-Control", "no-store").with("Pragma", "no-cache");
    }

    private static AuthorizeRequest asked(Request request) {
        Function<String, @Nullable String> field = name -> request.query(name).orElse(null);
        return new AuthorizeRequest(
                field.apply("client_id"),
                field.apply("redirect_uri"),
                field.apply("response_type"),
                field.apply("state"),
                field.apply("scope"),
                field.apply("code_challenge"),
                field.apply("code_challenge_method"));
    }

    private static String bare(String scope) {
        int filter = scope.indexOf('!');
        return filter < 0 ? scope : scope.substring(0, filter);
    }
}
