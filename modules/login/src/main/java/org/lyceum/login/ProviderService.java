package org.lyceum.login;

import org.jspecify.annotations.Nullable;
import org.lyceum.login.ldap.Directory;
import org.lyceum.login.oidc.OpenIdConnect;
import org.lyceum.platform.kernel.Actor;
import org.lyceum.platform.kernel.Problem;
import org.lyceum.platform.kernel.Secret;
import org.lyceum.platform.kernel.Vault;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Providers and their changes: saved as a candidate when the provider has answered to it, tried,
 * then put into force, and undone. Blocking.
 */
public final class ProviderService {

    private static final Logger log = LoggerFactory.getLogger(ProviderService.class);

    /** What says that a provider does not answer, or not as itself. */
    static final Set<String> SILENCE =
            Set.of("provider.unreachable", "provider.issuer-changed", "provider.credentials");

    private final ProviderRepository providers;
    private final Vault vault;
    private final OpenIdConnect openId;
    private final Directory directory;
    private final Reachability reachability;
    private final Clock clock;

    ProviderService(
            ProviderRepository providers,
            Vault vault,
            OpenIdConnect openId,
            Directory directory,
            Clock clock) {
        this.providers = providers;
        this.vault = vault;
        this.openId = openId;
        this.directory = directory;
        this.reachability = new Reachability(clock);
        this.clock = clock;
    }

    /** All, in the order they were made; at most 20. */
    public List<Provider> list() {
        return providers.all();
    }

    /**
     * @throws Problem NOT_FOUND provider.unknown
     */
    public Provider require(long id) {
        return providers.find(id).orElseThrow(ProviderService::unknown);
    }

    /** How many people each has signed in; those that have none are not named. */
    public Map<Long, Integer> people() {
        return providers.people();
    }

    public Reachability reachability() {
        return reachability;
    }

    /**
     * Asks whether settings work, without keeping them.
     *
     * @param before what they would change; null for a new provider
     * @param secret null for the one that is there
     * @return what was found, a sentence for each step
     * @throws Problem what does not work, and what to do
     */
    public List<String> check(
            @Nullable Provider before,
            ProviderVersion draft,
            @Nullable Secret secret,
            String callback) {
        draft.require();
        var used = secret == null && before != null ? kept(before).orElse(null) : secret;
        if (draft.openId() != null) {
            return openId.check(draft.openId(), used, callback);
        }
        var ldap = draft.ldap();
        return ldap == null ? List.of() : directory.check(ldap, used);
    }

    /**
     * Keeps a new provider as a candidate, if it answers as it should.
     *
     * @throws Problem as {@link #check}; CONFLICT provider.too-many
     */
    public Provider create(
            Actor actor, ProviderVersion draft, @Nullable Secret secret, String callback) {
        check(null, draft, secret, callback);
        var made =
                providers.create(
                        actor,
                        draft,
                        id -> secret == null ? null : vault.seal(Provider.purpose(id), secret),
                        clock.instant());
        log.info("provider.proposed provider={}", made.id());
        return made;
    }

    /**
     * Keeps changed settings as a candidate; what counts goes on counting.
     *
     * @param version of the provider that was looked at
     * @param secret null keeps the one that is there
     * @throws Problem as {@link #check}; NOT_FOUND provider.unknown; STALE provider.stale; CONFLICT
     *     provider.issuer-fixed when people would lose their way in
     */
    public Provider propose(
            Actor actor,
            long id,
            long version,
            ProviderVersion draft,
            @Nullable Secret secret,
            String callback) {
        var before = require(id, version);
        draft.require();
        requireSameIssuer(before, draft);
        check(before, draft, secret, callback);
        var sealed =
                secret != null
                        ? vault.seal(Provider.purpose(id), secret)
                        : before.candidate() != null
                                ? before.sealed().candidate()
                                : before.sealed().live();
        var proposed = providers.propose(actor, before, draft, sealed);
        log.info("provider.proposed provider={}", id);
        return proposed;
    }

    /** Whoever the old issuer knew would be a stranger. */
    private void requireSameIssuer(Provider before, ProviderVersion draft) {
        var live = before.live();
        int people = people().getOrDefault(before.id(), 0);
        if (live == null || people == 0) {
            return;
        }
        var old = live.openId() == null ? "" : live.openId().issuer();
        var now = draft.openId() == null ? "" : draft.openId().issuer();
        if (!old.equals(now)) {
            throw Problem.conflict(
                    "provider.issuer-fixed",
                    people
                            + " people sign in by this issuer and would be strangers to another."
                            + " Add another provider, and let them link it to themselves first.");
        }
    }

    /** Forgets the candidate; a provider that never counted goes with it. Errors as propose. */
    public void discard(Actor actor, long id, long version) {
        var before = require(id, version);
        if (before.live() == null) {
            providers.delete(actor, before);
        } else {
            providers.discard(actor, before);
        }
    }

    /** Notes that a trial of the candidate has signed somebody in. */
    public Provider tried(Actor actor, Provider before, ExternalIdentity who) {
        return providers.tried(actor, before, who.words());
    }

    /**
     * Puts the candidate into force.
     *
     * @throws Problem CONFLICT provider.not-tried; NOT_FOUND, STALE as propose
     */
    public Provider activate(Actor actor, long id, long version) {
        var before = require(id, version);
        if (before.candidate() == null || before.candidateTried() == null) {
            throw Problem.conflict(
                    "provider.not-tried",
                    "Nobody has signed in with these settings yet; try them first.");
        }
        var live = providers.activate(actor, before);
        reachability.worked(id);
        log.info("provider.live provider={}", id);
        return live;
    }

    /**
     * Puts what counted before into force again.
     *
     * @throws Problem CONFLICT provider.nothing-before; NOT_FOUND, STALE as propose
     */
    public Provider undo(Actor actor, long id, long version) {
        var before = require(id, version);
        if (before.previous() == null) {
            throw Problem.conflict(
                    "provider.nothing-before", "There are no earlier settings to go back to.");
        }
        var live = providers.goBack(actor, before);
        reachability.worked(id);
        log.info("provider.undone provider={}", id);
        return live;
    }

    /**
     * Uses the provider, or does not.
     *
     * @throws Problem CONFLICT provider.not-tried; NOT_FOUND, STALE as propose
     */
    public Provider enable(Actor actor, long id, long version, boolean enabled) {
        var before = require(id, version);
        if (enabled && before.live() == null) {
            throw Problem.conflict(
                    "provider.not-tried",
                    "Nobody has signed in with these settings yet; try them first.");
        }
        return providers.enable(actor, before, enabled);
    }

    /**
     * Removes a provider that nobody signs in by.
     *
     * @throws Problem CONFLICT provider.in-use; NOT_FOUND, STALE as propose
     */
    public void delete(Actor actor, long id, long version) {
        providers.delete(actor, require(id, version));
        reachability.worked(id);
    }

    /** Asks again whether an enabled provider answers, and remembers it; false when it does not. */
    public boolean look(Provider provider) {
        try {
            var live = provider.live();
            if (live != null && live.openId() != null) {
                openId.look(live.openId());
            } else if (live != null && live.ldap() != null) {
                directory.look(live.ldap());
            }
            reachability.worked(provider.id());
            return true;
        } catch (Problem problem) {
            reachability.failed(provider.id(), problem.detail());
            return false;
        }
    }

    /**
     * The secret that counts, or the candidate's; null when there is none.
     *
     * @throws Problem UNAVAILABLE vault.sealed
     */
    @Nullable Secret secret(Provider provider, boolean candidate) {
        var sealed = candidate ? provider.sealed().candidate() : provider.sealed().live();
        return sealed == null ? null : vault.open(Provider.purpose(provider.id()), sealed);
    }

    private Optional<Secret> kept(Provider provider) {
        return Optional.ofNullable(secret(provider, provider.candidate() != null));
    }

    private Provider require(long id, long version) {
        var provider = require(id);
        if (provider.version() != version) {
            throw ProviderRepository.stale();
        }
        return provider;
    }

    static Problem unknown() {
        return Problem.notFound("provider.unknown", "There is no such provider.");
    }
}
