package org.lyceum.login;

import org.jspecify.annotations.Nullable;
import org.lyceum.platform.kernel.Problem;

import java.net.URI;
import java.util.List;
import java.util.Set;

/**
 * How an OpenID Connect provider is asked.
 *
 * @param issuer exactly as the provider writes it; discovery hangs below it
 * @param clientId as which the platform is registered there
 * @param scopes asked for; {@code openid} is always among them
 * @param nameClaim what a new user is called after
 * @param groupsClaim where groups stand
 * @param trustsEmail whether addresses count without {@code email_verified}, which some never say
 */
public record OpenIdSettings(
        String issuer,
        String clientId,
        List<String> scopes,
        String nameClaim,
        String groupsClaim,
        boolean trustsEmail) {

    private static final int MAX_SCOPES = 20;
    private static final int MAX_ISSUER = 500;
    private static final Set<String> THIS_MACHINE = Set.of("localhost", "127.0.0.1", "[::1]");

    public OpenIdSettings {
        scopes = List.copyOf(scopes);
    }

    /**
     * @throws Problem INVALID provider.issuer-invalid, provider.field-invalid
     */
    void require() {
        requireIssuer(issuer);
        Texts.require("The client id", clientId);
        Texts.require("The claim of names", nameClaim);
        Texts.require("The claim of groups", groupsClaim);
        if (scopes.size() > MAX_SCOPES || scopes.stream().anyMatch(Texts::notOneWord)) {
            throw Problem.invalid(
                    "provider.scopes-invalid",
                    "Scopes are at most " + MAX_SCOPES + " words, such as email or groups.");
        }
    }

    /** Exactly an address: nobody is sent to another. */
    private static void requireIssuer(String issuer) {
        try {
            var uri = URI.create(issuer);
            var host = uri.getHost();
            var scheme = uri.getScheme();
            boolean secure = "https".equals(scheme) || ("http".equals(scheme) && here(host));
            boolean whole =
                    host != null
                            && uri.getUserInfo() == null
                            && uri.getQuery() == null
                            && uri.getFragment() == null;
            if (issuer.length() > MAX_ISSUER || !secure || !whole) {
                throw invalidIssuer(null);
            }
        } catch (IllegalArgumentException e) {
            throw invalidIssuer(e);
        }
    }

    /** Whether nobody can listen in between. */
    static boolean here(@Nullable String host) {
        return host != null && THIS_MACHINE.contains(host);
    }

    private static Problem invalidIssuer(@Nullable Throwable cause) {
        return new Problem(
                Problem.Kind.INVALID,
                "provider.issuer-invalid",
                "The issuer is the address that the provider writes into its tokens, such as"
                        + " https://id.example.org/realms/school: https, no query.",
                cause);
    }
}
