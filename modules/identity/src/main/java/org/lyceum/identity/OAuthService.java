package org.lyceum.identity;

import org.jspecify.annotations.Nullable;
import org.lyceum.platform.kernel.CommunityId;
import org.lyceum.platform.kernel.Problem;
import org.lyceum.platform.kernel.Secret;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** The OAuth 2 provider for single-user servers and services (contract §3). Blocking. */
public final class OAuthService {

    private static final Logger log = LoggerFactory.getLogger(OAuthService.class);

    /** A code is on its way for as long as two requests take (ASVS 10.4.3). */
    private static final Duration CODE_LIFE = Duration.ofSeconds(60);

    /** JupyterHub's oauth_token_expires_in: as long as a session. */
    private static final Duration TOKEN_LIFE = SessionService.LIFE;

    /** SHA-256 in base64url without padding. */
    private static final Pattern CHALLENGE = Pattern.compile("[A-Za-z0-9_-]{43}");

    private static final List<String> IDENTIFY =
            Roles.IDENTIFY_USER.stream().map(Scope::written).toList();

    private final OAuthRepository clients;
    private final Clock clock;

    OAuthService(OAuthRepository clients, Clock clock) {
        this.clients = clients;
        this.clock = clock;
    }

    /**
     * Registers a client; an earlier one of the same grantee, or with the same identifier and
     * redirect URI, is removed with its tokens.
     *
     * @param redirectUri compared exactly; may be a bare path
     * @param allowedScopes what a client may ask for beyond who the user is and access to itself
     */
    public void registerClient(
            CommunityId community,
            String identifier,
            Secret secret,
            String redirectUri,
            String description,
            List<String> allowedScopes,
            Grantee grantee) {
        clients.register(
                new OAuthRepository.Registration(
                        community,
                        identifier,
                        secret.hash(),
                        redirectUri,
                        description,
                        allowedScopes,
                        grantee));
    }

    /** {@code GET}: what becomes of the browser. The caller must have come with a cookie. */
    public Authorization authorize(AuthorizeRequest request, Caller caller) {
        var asked = ask(request, caller);
        if (asked.refusal() != null) {
            return asked.refusal();
        }
        var client = asked.client();
        if (needsConfirmation(asked, caller)) {
            var shown = new TreeSet<>(asked.requested());
            shown.addAll(IDENTIFY);
            shown.add(client.access());
            return new Authorization.Confirm(client.description(), List.copyOf(shown));
        }
        return grant(asked, caller, asked.requested());
    }

    /** {@code POST}: the user has agreed to {@code scopes}, which may be fewer than were shown. */
    public Authorization confirm(AuthorizeRequest request, Caller caller, List<String> scopes) {
        var asked = ask(request, caller);
        if (asked.refusal() != null) {
            return asked.refusal();
        }
        try {
            if (!allowed(asked.client(), caller, scopes)) {
                return asked.error("invalid_scope", null);
            }
        } catch (Problem unknown) {
            return asked.error("invalid_scope", null);
        }
        return grant(asked, caller, scopes);
    }

    /** {@code POST …/oauth2/token}; {@code form} holds the first value of each field. */
    public Exchange exchange(CommunityId community, Map<String, String> form) {
        if (!"authorization_code".equals(form.get("grant_type"))) {
            return new Exchange.Refused(400, "unsupported_grant_type", null);
        }
        var code = form.get("code");
        if (code == null || code.isEmpty()) {
            return new Exchange.Refused(400, "invalid_request", "Missing code parameter.");
        }
        var client = authenticated(community, form);
        if (client == null) {
            log.info("oauth.client-refused community={}", community);
            return new Exchange.Refused(401, "invalid_client", null);
        }
        var taken = clients.take(client, Secret.presented(code).hash(), clock.instant());
        if (taken.isEmpty()) {
            return new Exchange.Refused(400, "invalid_grant", null);
        }
        return redeem(client, taken.get(), form);
    }

    private Exchange redeem(
            OAuthClient client, OAuthRepository.Code code, Map<String, String> form) {
        var redirect = form.get("redirect_uri");
        if (redirect != null && !redirect.equals(code.redirectUri())) {
            return new Exchange.Refused(400, "invalid_request", "Mismatching redirect URI.");
        }
        if (!Pkce.proves(code.challenge(), form.get("code_verifier"))) {
            return new Exchange.Refused(400, "invalid_grant", null);
        }
        var token = Secret.random();
        var now = clock.instant();
        if (!clients.addToken(client, code, token.hash(), now, now.plus(TOKEN_LIFE))) {
            return new Exchange.Refused(400, "invalid_grant", null);
        }
        var scopes = new TreeSet<>(code.scopes());
        scopes.addAll(IDENTIFY);
        scopes.add(client.access());
        log.info("oauth.token-issued client={} user={}", client.id(), code.user());
        return new Exchange.Tokens(token, TOKEN_LIFE.toSeconds(), String.join(" ", scopes));
    }

    private @Nullable OAuthClient authenticated(CommunityId community, Map<String, String> form) {
        var identifier = form.get("client_id");
        var secret = form.get("client_secret");
        if (identifier == null || secret == null) {
            return null;
        }
        var hash = Secret.presented(secret).hash();
        return clients.find(community, identifier).stream()
                .filter(client -> Secret.same(client.secretHash(), hash))
                .findFirst()
                .orElse(null);
    }

    /**
     * A request that was looked at, up to the question of consent (contract §3.2, a to d).
     *
     * @param refusal what to answer instead; the rest means nothing then, except in errors
     */
    private record Asked(
            AuthorizeRequest request,
            OAuthClient client,
            List<String> requested,
            @Nullable Authorization refusal) {

        Authorization error(String error, @Nullable String description) {
            var query = new StringBuilder("error=").append(error);
            if (description != null) {
                query.append("&error_description=").append(encode(description));
            }
            return new Authorization.ErrorRedirect(redirect(query.toString()));
        }

        /** A registered redirect that has a query of its own keeps it. */
        String redirect(String query) {
            var uri = client.redirectUri();
            var state = request.state();
            return uri
                    + (uri.indexOf('?') < 0 ? "?" : "&")
                    + query
                    + (state == null ? "" : "&state=" + encode(state));
        }

        Asked refused(Authorization with) {
            return new Asked(request, client, requested, with);
        }
    }

    private static Asked bad(AuthorizeRequest request, String message) {
        var none =
                new OAuthClient(
                        0, new CommunityId(1), "", "", "", List.of(), null, null, Set.of(), null);
        return new Asked(request, none, List.of(), new Authorization.BadClient(message));
    }

    private Asked ask(AuthorizeRequest request, Caller caller) {
        var identifier = request.clientId();
        if (identifier == null || identifier.isEmpty()) {
            return bad(request, "Missing client_id parameter.");
        }
        var found = clients.find(caller.community(), identifier);
        if (found.isEmpty()) {
            return bad(request, "Invalid client_id parameter value.");
        }
        var redirect = request.redirectUri();
        if (redirect == null && found.size() > 1) {
            return bad(request, "Missing redirect URI.");
        }
        var client =
                found.stream()
                        .filter(each -> redirect == null || redirect.equals(each.redirectUri()))
                        .findFirst();
        if (client.isEmpty()) {
            return bad(request, "Mismatching redirect URI.");
        }
        return ask(new Asked(request, client.get(), List.of(), null), caller);
    }

    private Asked ask(Asked asked, Caller caller) {
        var request = asked.request();
        if (request.responseType() == null) {
            return asked.refused(
                    asked.error("invalid_request", "Missing response_type parameter."));
        }
        if (!request.responseType().equals("code")) {
            return asked.refused(asked.error("unsupported_response_type", null));
        }
        var challenge = request.codeChallenge();
        if (challenge != null
                && (!"S256".equals(request.codeChallengeMethod())
                        || !CHALLENGE.matcher(challenge).matches())) {
            return asked.refused(
                    asked.error("invalid_request", "Transform algorithm not supported."));
        }
        var client = asked.client();
        List<String> requested;
        try {
            requested = requested(request.scope(), client);
            if (!allowed(client, caller, requested)) {
                return asked.refused(asked.error("invalid_scope", null));
            }
        } catch (Problem unknown) {
            return asked.refused(asked.error("invalid_scope", null));
        }
        if (!client.admits(caller.scopes())) {
            return asked.refused(
                    new Authorization.Denied(
                            "You do not have permission to access " + client.description()));
        }
        return new Asked(request, client, requested, null);
    }

    /** The scopes asked for, role names spelt out; all the client may have when none are. */
    private List<String> requested(@Nullable String scope, OAuthClient client) {
        var community = client.community();
        var grants = clients.grants(community);
        if (scope == null || scope.isBlank()) {
            return client.allowed().stream().filter(grants::means).toList();
        }
        var requested = new ArrayList<String>();
        for (var word : ScopeList.split(scope, name -> clients.role(community, name).isPresent())) {
            var role = clients.role(community, word);
            if (role.isPresent()) {
                requested.addAll(role.get());
            } else if (!word.equals("identify")) {
                requested.add(grants.known(word).written());
            }
        }
        return requested;
    }

    /** Whether the client may ask for these; who the user is and access to itself it always may. */
    private boolean allowed(OAuthClient client, Caller caller, List<String> scopes) {
        var self = new Scopes.Self(caller.owner().name(), client.ownServer(), null);
        var all = caller.scopes();
        var grants = clients.grants(client.community());
        if (!scopes.stream().allMatch(grants::means)) {
            return false;
        }
        var may =
                grants.expand(client.allowed(), self, all)
                        .union(Grants.identify(self))
                        .union(Scopes.of(List.of(client.access())));
        return grants.expand(scopes, self, all).within(may, clients.membership(client.community()));
    }

    private boolean needsConfirmation(Asked asked, Caller caller) {
        var client = asked.client();
        if (!(caller.owner() instanceof Owner.OfUser(var user))) {
            return true;
        }
        if (client.ownServerOf(user.id()) || client.noConfirm()) {
            return false;
        }
        var granted = clients.granted(client, user.id(), clock.instant());
        if (granted.isEmpty()) {
            return true;
        }
        var self = new Scopes.Self(user.name(), client.ownServer(), null);
        var grants = clients.grants(client.community());
        var before = Grants.identify(self).union(Scopes.of(List.of(client.access())));
        for (var scopes : granted) {
            before = before.union(grants.expand(scopes, self, caller.scopes()));
        }
        return !grants.expand(asked.requested(), self, caller.scopes())
                .within(before, clients.membership(client.community()));
    }

    private Authorization grant(Asked asked, Caller caller, List<String> scopes) {
        var session = caller.sessionId();
        if (!(caller.owner() instanceof Owner.OfUser(var user))
                || session == null
                || caller.via() != Via.COOKIE) {
            throw new IllegalStateException("only a browser with a session can authorize");
        }
        var client = asked.client();
        var beyond =
                scopes.stream()
                        .filter(scope -> !IDENTIFY.contains(scope))
                        .filter(scope -> !scope.equals(client.access()))
                        .distinct()
                        .toList();
        var code = Secret.random();
        clients.addCode(
                client,
                caller.actor(),
                code.hash(),
                new OAuthRepository.Code(
                        client.id(),
                        user.id(),
                        session,
                        client.redirectUri(),
                        beyond,
                        asked.request().codeChallenge(),
                        clock.instant().plus(CODE_LIFE)));
        return new Authorization.Granted(asked.redirect("code=" + code.reveal()));
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
