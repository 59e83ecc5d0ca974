package org.lyceum.hub;

import org.jspecify.annotations.Nullable;
import org.lyceum.identity.Owner;
import org.lyceum.identity.Token;
import org.lyceum.identity.TokenRequest;
import org.lyceum.identity.TokenService;
import org.lyceum.platform.http.Endpoint;
import org.lyceum.platform.http.Request;
import org.lyceum.platform.http.Response;
import org.lyceum.platform.kernel.CommunityId;
import org.lyceum.platform.kernel.Problem;

import java.time.Duration;
import java.util.List;
import java.util.Map;

/** The page where people see, make and revoke their tokens. */
final class TokenPageEndpoints {

    /** What the page offers; the empty value means that the token does not expire. */
    private static final Map<String, Duration> LIVES =
            Map.of(
                    "1", Duration.ofDays(1),
                    "7", Duration.ofDays(7),
                    "30", Duration.ofDays(30),
                    "365", Duration.ofDays(365));

    private final CommunityId community;
    private final HubUrls urls;
    private final HubAccess access;
    private final PageFrame frame;
    private final TokenService tokens;
    private final TokenPage page;

    TokenPageEndpoints(
            CommunityId community,
            HubUrls urls,
            HubAccess access,
            PageFrame frame,
            TokenService tokens) {
        this.community = community;
        this.urls = urls;
        this.access = access;
        this.frame = frame;
        this.tokens = tokens;
        this.page = new TokenPage(urls);
    }

    List<Endpoint> endpoints() {
        return List.of(
                Endpoint.get("hub/token", access.page(), this::list),
                Endpoint.post("hub/token", access.page(), this::create),
                Endpoint.post("hub/token/revoke", access.page(), this::revoke));
    }

    private Response list(Request request) {
        return list(request, 200, null, null);
    }

    private Response create(Request request) {
        var form = request.form();
        var note = form.first("note").orElse("").strip();
        var life = LIVES.get(form.first("days").orElse(""));
        var wanted =
                new TokenRequest.Api(
                        community,
                        owner(request),
                        List.of(),
                        note.isEmpty() ? "Made on the token page" : note,
                        life);
        try {
            var issued = tokens.issue(HubCaller.of(request).actor(), wanted);
            // Shown in this answer and never again, so there is no redirect in between.
            return list(request, 201, issued, null);
        } catch (Problem refused) {
            return list(request, HubFailures.status(refused), null, refused.detail());
        }
    }

    private Response revoke(Request request) {
        var owner = owner(request);
        var id = request.form().first("token").orElse("");
        tokens.list(community, owner).stream()
                .filter(token -> token.id().equals(id))
                .findFirst()
                .ifPresent(token -> tokens.revoke(HubCaller.of(request).actor(), token));
        return Response.redirect(303, urls.hub("token"));
    }

    private Response list(
            Request request, int status, Token.@Nullable Issued fresh, @Nullable String error) {
        var caller = HubCaller.of(request);
        var all = tokens.list(community, owner(request));
        var field = frame.xsrfField(request, caller);
        return frame.answer(request, status, page.of(all, fresh, error, field), caller);
    }

    private static Owner owner(Request request) {
        return new Owner.OfUser(HubCaller.of(request).user());
    }
}
