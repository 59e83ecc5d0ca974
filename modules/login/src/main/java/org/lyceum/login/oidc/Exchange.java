package org.lyceum.login.oidc;

import com.nimbusds.jwt.JWT;
import com.nimbusds.oauth2.sdk.auth.ClientAuthenticationMethod;
import com.nimbusds.oauth2.sdk.pkce.CodeChallengeMethod;

import org.jspecify.annotations.Nullable;
import org.lyceum.login.ExternalIdentity;
import org.lyceum.login.OpenIdSettings;
import org.lyceum.platform.kernel.Problem;
import org.lyceum.platform.kernel.Secret;
import org.pac4j.core.context.CallContext;
import org.pac4j.core.exception.http.WithLocationAction;
import org.pac4j.core.http.callback.NoParameterCallbackUrlResolver;
import org.pac4j.oidc.client.OidcClient;
import org.pac4j.oidc.config.OidcConfiguration;
import org.pac4j.oidc.profile.OidcProfile;

import java.text.ParseException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** pac4j's client for one provider. Made by asking the provider; any thread. */
final class Exchange {

    /** Clocks differ; a minute is more than any that is set at all. */
    private static final int MAX_CLOCK_SKEW_SECONDS = 60;

    private static final int TIMEOUT_MILLIS = 8_000;

    /** Groups of one person; Entra itself stops at 200, Keycloak does not. */
    private static final int MAX_GROUPS = 5_000;

    /** Where providers say which domain, tenant or institution somebody is of. */
    private static final List<String> ORGANISATIONS =
            List.of("hd", "tid", "idp", "idp_name", "organization", "eduperson_scoped_affiliation");

    private final OpenIdSettings settings;
    private final String callback;
    private final OidcClient client;

    Exchange(OpenIdSettings settings, @Nullable Secret secret, String callback) {
        this.settings = settings;
        this.callback = callback;
        var config = new OidcConfiguration();
        config.setClientId(settings.clientId());
        config.setSecret(secret == null ? "" : secret.reveal());
        config.setDiscoveryURI(
                settings.issuer().replaceAll("/+$", "") + "/.well-known/openid-configuration");
        config.setScope(scope(settings));
        // pac4j takes the provider's first method, which may be one we have no key for (6.5.5).
        config.setSupportedClientAuthenticationMethods(
                Set.of(
                        ClientAuthenticationMethod.CLIENT_SECRET_BASIC,
                        ClientAuthenticationMethod.CLIENT_SECRET_POST));
        config.setUseNonce(true);
        config.setDisablePkce(false);
        config.setPkceMethod(CodeChallengeMethod.S256);
        config.setMaxClockSkew(MAX_CLOCK_SKEW_SECONDS);
        config.setConnectTimeout(TIMEOUT_MILLIS);
        config.setReadTimeout(TIMEOUT_MILLIS);
        config.setAllowUnsignedIdTokens(false);
        // pac4j's own state has 40 bits (6.5.5); ours has 256.
        config.setStateGenerator(context -> Secret.random().reveal() + Secret.random().reveal());
        this.client = new OidcClient(config);
        client.setName("login");
        client.setCallbackUrl(callback);
        client.setCallbackUrlResolver(new NoParameterCallbackUrlResolver());
        client.setSaveProfileInSession(false);
        try {
            client.init();
            var said = config.getOpMetadataResolver().load().getIssuer().getValue();
            if (!said.equals(settings.issuer())) {
                throw Failures.otherIssuer(settings.issuer(), said);
            }
        } catch (RuntimeException e) {
            throw Failures.of(settings.issuer(), e);
        }
    }

    private static String scope(OpenIdSettings settings) {
        var scopes = new LinkedHashSet<String>();
        scopes.add("openid");
        scopes.addAll(settings.scopes());
        return String.join(" ", scopes);
    }

    OpenIdConnect.Departure depart() {
        try {
            var session = new OneTrip(Map.of());
            var context = new CallContext(new Visit(callback, Map.of()), session);
            var action = client.getRedirectionAction(context).orElseThrow();
            if (!(action instanceof WithLocationAction redirect)) {
                throw new IllegalStateException("pac4j answers no redirect: " + action);
            }
            var kept = session.kept();
            var state = String.valueOf(kept.get(client.getStateSessionAttributeName()));
            return new OpenIdConnect.Departure(
                    redirect.getLocation(), stateIn(redirect.getLocation(), state), kept);
        } catch (RuntimeException e) {
            throw Failures.of(settings.issuer(), e);
        }
    }

    /** What the browser brings back is what stands in the address, whatever pac4j keeps it as. */
    private static String stateIn(String url, String kept) {
        if (!url.contains("state=" + kept)) {
            throw new IllegalStateException("the state is not the one in the address");
        }
        return kept;
    }

    ExternalIdentity arrive(Map<String, Object> kept, Map<String, String> parameters) {
        try {
            var context = new CallContext(new Visit(callback, parameters), new OneTrip(kept));
            var credentials =
                    client.getCredentials(context)
                            .flatMap(brought -> client.validateCredentials(context, brought))
                            .orElseThrow(Exchange::noToken);
            var profile =
                    client.getUserProfile(context, credentials).orElseThrow(Exchange::noToken);
            if (!(profile instanceof OidcProfile oidc)) {
                throw new IllegalStateException("pac4j answers no profile of OpenID Connect");
            }
            return identity(oidc);
        } catch (RuntimeException e) {
            throw Failures.of(settings.issuer(), e);
        }
    }

    private ExternalIdentity identity(OidcProfile profile) {
        var token = profile.getIdToken();
        var issuer = claim(token, "iss");
        if (!issuer.equals(settings.issuer())) {
            throw Failures.otherIssuer(settings.issuer(), issuer);
        }
        boolean verified =
                settings.trustsEmail() || Boolean.TRUE.equals(profile.getEmailVerified());
        var groups = texts(profile.getAttribute(settings.groupsClaim()));
        return new ExternalIdentity(
                issuer,
                claim(token, "sub"),
                text(profile.getAttribute(settings.nameClaim())),
                text(profile.getAttribute("email")),
                verified,
                groups.subList(0, Math.min(groups.size(), MAX_GROUPS)),
                groups.size() <= MAX_GROUPS && !overage(profile),
                organisations(profile));
    }

    /** Entra names a place to ask instead of groups when there are more than 200. */
    private boolean overage(OidcProfile profile) {
        return profile.getAttribute("_claim_names") instanceof Map<?, ?> elsewhere
                && elsewhere.containsKey(settings.groupsClaim());
    }

    private static List<String> organisations(OidcProfile profile) {
        var all = new ArrayList<String>();
        for (var claim : ORGANISATIONS) {
            all.addAll(texts(profile.getAttribute(claim)));
        }
        return all;
    }

    private static String claim(JWT token, String name) {
        try {
            var value = token.getJWTClaimsSet().getClaim(name);
            return value == null ? "" : value.toString();
        } catch (ParseException e) {
            throw new IllegalStateException("a token that was read cannot be read", e);
        }
    }

    private static String text(@Nullable Object value) {
        return value == null ? "" : value.toString();
    }

    private static List<String> texts(@Nullable Object value) {
        return switch (value) {
            case null -> List.of();
            case Collection<?> many -> many.stream().map(Exchange::text).toList();
            case Object[] many -> List.of(many).stream().map(Exchange::text).toList();
            case Map<?, ?> named -> List.copyOf(keys(named));
            default -> List.of(value.toString());
        };
    }

    /** Keycloak's organizations are an object with a key for each. */
    private static Set<String> keys(Map<?, ?> named) {
        var keys = new LinkedHashSet<String>();
        named.keySet().forEach(key -> keys.add(text(key)));
        return keys;
    }

    private static Problem noToken() {
        return Problem.forbidden(
                "login.lost", "The provider sent nothing that says who you are. Sign in again.");
    }
}
