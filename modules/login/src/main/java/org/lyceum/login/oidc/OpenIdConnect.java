package org.lyceum.login.oidc;

import org.jspecify.annotations.Nullable;
import org.lyceum.login.ExternalIdentity;
import org.lyceum.login.OpenIdSettings;
import org.lyceum.platform.kernel.Problem;
import org.lyceum.platform.kernel.Secret;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Signs people in by OpenID Connect's code flow, with state, nonce and PKCE (S256). Blocking: each
 * question to a provider has its own deadline. Any thread.
 */
public final class OpenIdConnect {

    /** After that endpoints and issuer are looked up again. */
    private static final Duration LIFE = Duration.ofHours(1);

    /** As many as there are providers, and their candidates. */
    private static final int MAX_KEPT = 40;

    /**
     * A browser that leaves for a provider.
     *
     * @param kept must be handed over when it comes back; never leaves the process
     */
    public record Departure(String url, String state, Map<String, Object> kept) {}

    private record Key(OpenIdSettings settings, String secretHash, String callback) {}

    private record Known(Exchange exchange, Instant until) {}

    private final Map<Key, Known> known =
            new LinkedHashMap<>() {
                @Override
                protected boolean removeEldestEntry(Map.Entry<Key, Known> eldest) {
                    return size() > MAX_KEPT;
                }
            };

    private final Clock clock;

    public OpenIdConnect(Clock clock) {
        this.clock = clock;
    }

    /**
     * @throws Problem UNAVAILABLE provider.unreachable, provider.issuer-changed
     */
    public Departure depart(OpenIdSettings settings, @Nullable Secret secret, String callback) {
        return exchange(settings, secret, callback).depart();
    }

    /**
     * Redeems what the browser brought, and reads who it is.
     *
     * @param kept of its departure
     * @throws Problem UNAVAILABLE provider.unreachable, provider.issuer-changed,
     *     provider.credentials, login.clock; FORBIDDEN login.token-invalid, login.lost
     */
    public ExternalIdentity arrive(
            OpenIdSettings settings,
            @Nullable Secret secret,
            String callback,
            Map<String, Object> kept,
            Map<String, String> parameters) {
        var issuer = parameters.get("iss"); // RFC 9207: whoever answers says who they are
        if (issuer != null && !issuer.equals(settings.issuer())) {
            throw Failures.otherIssuer(settings.issuer(), issuer);
        }
        return exchange(settings, secret, callback).arrive(kept, parameters);
    }

    /**
     * Whether the provider is there under this issuer, and takes our secret.
     *
     * @return what was found, a sentence for each step
     * @throws Problem UNAVAILABLE provider.unreachable, provider.issuer-changed; INVALID
     *     provider.not-openid, provider.credentials-wrong, provider.secret-missing
     */
    public List<String> check(OpenIdSettings settings, @Nullable Secret secret, String callback) {
        return new Check(settings).run(secret, callback);
    }

    /**
     * Whether the provider is there, and no more; without pac4j.
     *
     * @throws Problem UNAVAILABLE provider.unreachable, provider.issuer-changed
     */
    public void look(OpenIdSettings settings) {
        new Check(settings).discover();
    }

    private Exchange exchange(OpenIdSettings settings, @Nullable Secret secret, String callback) {
        var key = new Key(settings, secret == null ? "" : secret.hash(), callback);
        synchronized (known) {
            var there = known.get(key);
            if (there != null && there.until().isAfter(clock.instant())) {
                return there.exchange();
            }
        }
        var made = new Exchange(settings, secret, callback); // asks the provider: outside the lock
        synchronized (known) {
            known.remove(key);
            known.put(key, new Known(made, clock.instant().plus(LIFE)));
        }
        return made;
    }
}
