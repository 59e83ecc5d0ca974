package org.lyceum.identity;

import org.jspecify.annotations.Nullable;
import org.lyceum.platform.kernel.Actor;
import org.lyceum.platform.kernel.CommunityId;
import org.lyceum.platform.kernel.Names;
import org.lyceum.platform.kernel.Problem;
import org.lyceum.platform.kernel.Secret;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Clock;
import java.util.List;
import java.util.Optional;

/**
 * The services of a community, each with its token and OAuth client. Blocking. Where they listen is
 * not looked at here.
 */
public final class ServiceRegistry {

    private static final Logger log = LoggerFactory.getLogger(ServiceRegistry.class);

    /** A token that somebody else has made up: long enough that nobody guesses it. */
    private static final int MIN_TOKEN = 16;

    private static final int MAX_TOKEN = 256;

    /** As JSON; it is shown to clients, not a store. */
    private static final int MAX_INFO = 64 * 1024;

    private static final int MAX_URI = 2_000;

    private final ServiceRepository services;
    private final Clock clock;

    ServiceRegistry(ServiceRepository services, Clock clock) {
        this.services = services;
        this.clock = clock;
    }

    /** All, by name; a community has at most 200. */
    public List<RegisteredService> list(CommunityId community) {
        return services.list(community);
    }

    /** Those of all communities that lie behind the proxy, in one read. */
    public List<RegisteredService> behindProxy() {
        return services.behindProxy();
    }

    public Optional<RegisteredService> find(CommunityId community, String name) {
        return services.find(community, name);
    }

    /** How people sign in at the service; empty when nobody does. */
    public Optional<ServiceClient> client(RegisteredService service) {
        return services.client(service);
    }

    /**
     * Registers a service.
     *
     * @param token what it shows to the hub, and its OAuth client's secret; null for none, until
     *     {@link #renewToken}
     * @throws Problem INVALID service.name-invalid, service.token-short, service.client-invalid,
     *     scope.unknown; CONFLICT service.exists, service.too-many, service.token-taken; TOO_LARGE
     *     service.info-too-large
     */
    public RegisteredService create(
            Actor actor,
            CommunityId community,
            RegisteredService.Draft draft,
            @Nullable Secret token) {
        if (!Names.valid(draft.name())) {
            throw Problem.invalid(
                    "service.name-invalid",
                    "A service name has 1 to "
                            + Names.MAX_LENGTH
                            + " characters, no slash, and no white space at its ends.");
        }
        requireValid(draft);
        if (token != null) {
            requireLong(token);
        }
        var made = services.create(actor, community, draft, token, clock.instant());
        log.info("service.created community={} service={}", community, made.id());
        return made;
    }

    /**
     * Replaces everything but the name and the token. A client that stays keeps what users have
     * granted it.
     *
     * @param version of the service that was looked at
     * @throws Problem NOT_FOUND service.unknown; STALE service.stale; INVALID and TOO_LARGE as
     *     {@link #create}
     */
    public RegisteredService change(
            Actor actor, CommunityId community, long version, RegisteredService.Draft draft) {
        requireValid(draft);
        var changed = services.change(actor, community, version, draft);
        log.info("service.changed community={} service={}", community, changed.id());
        return changed;
    }

    /** Gives the service another token; those it had are worth nothing from now on. */
    public Secret renewToken(Actor actor, RegisteredService service) {
        var token = Secret.random();
        services.renewToken(actor, service, token, clock.instant());
        log.info("service.token-renewed service={}", service.id());
        return token;
    }

    /**
     * Removes the service with its tokens and its OAuth client.
     *
     * @throws Problem NOT_FOUND service.unknown
     */
    public void delete(Actor actor, CommunityId community, String name) {
        services.delete(actor, community, name);
    }

    private static void requireLong(Secret token) {
        int length = token.reveal().length();
        if (length < MIN_TOKEN || length > MAX_TOKEN) {
            throw Problem.invalid(
                    "service.token-short",
                    "A service's token has "
                            + MIN_TOKEN
                            + " to "
                            + MAX_TOKEN
                            + " characters, so that nobody guesses it.");
        }
    }

    private static void requireValid(RegisteredService.Draft draft) {
        if (Json.write(draft.info()).length() > MAX_INFO) {
            throw Problem.of(
                    Problem.Kind.TOO_LARGE,
                    "service.info-too-large",
                    "The info of a service has at most 64 KiB as JSON.");
        }
        var client = draft.client();
        if (client != null && !valid(client)) {
            throw Problem.invalid(
                    "service.client-invalid",
                    "A service's OAuth client id begins with service- and its redirect URI is a"
                            + " path, or an address that begins with http:// or https://.");
        }
    }

    private static boolean valid(ServiceClient client) {
        var uri = client.redirectUri();
        boolean clean = uri.chars().allMatch(c -> c > ' ' && c < 0x7f) && uri.indexOf('#') < 0;
        boolean local = uri.startsWith("/") && !uri.startsWith("//");
        boolean absolute = uri.startsWith("https://") || uri.startsWith("http://");
        return client.identifier().startsWith(ServiceClient.PREFIX)
                && client.identifier().length() <= Names.MAX_LENGTH
                && uri.length() <= MAX_URI
                && clean
                && (local || absolute);
    }
}
