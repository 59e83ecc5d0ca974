package org.lyceum.login;

import org.jspecify.annotations.Nullable;
import org.lyceum.audit.AuditAction;
import org.lyceum.audit.AuditLog;
import org.lyceum.identity.LoginBrake;
import org.lyceum.login.ldap.Directory;
import org.lyceum.login.oidc.OpenIdConnect;
import org.lyceum.platform.kernel.Actor;
import org.lyceum.platform.kernel.CommunityId;
import org.lyceum.platform.kernel.Names;
import org.lyceum.platform.kernel.Problem;
import org.lyceum.platform.kernel.Secret;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Finds out who somebody is: sends browsers to providers and takes them back, or asks a directory.
 * Who may come in is {@link LoginService}'s. Blocking.
 */
public final class SignInService {

    private static final Logger log = LoggerFactory.getLogger(SignInService.class);

    /** Of what a browser brings back; a code and a state are a tenth of it. */
    private static final int MAX_STATE = 200;

    /** In the place of a browser, for tickets: they are of nobody's browser yet. */
    private static final Secret INVITED = Secret.random();

    /**
     * A button of the sign-in page.
     *
     * @param elsewhere whether the provider has a page of its own; else ours asks for the password
     * @param down null while it answers
     */
    public record Offer(
            long provider, String title, boolean elsewhere, Reachability.@Nullable Down down) {}

    /** A browser that came back, and who its user is at the provider. */
    public record Arrival(Errand errand, Provider provider, ExternalIdentity who) {}

    private final ProviderService providers;
    private final AcceptanceRepository acceptances;
    private final Reachability reachability;
    private final Departures departures;
    private final OpenIdConnect openId;
    private final Directory directory;
    private final AuditLog audit;
    private final LoginBrake brake;

    SignInService(
            ProviderService providers,
            AcceptanceRepository acceptances,
            Departures departures,
            OpenIdConnect openId,
            Directory directory,
            AuditLog audit,
            LoginBrake brake) {
        this.providers = providers;
        this.acceptances = acceptances;
        this.reachability = providers.reachability();
        this.departures = departures;
        this.openId = openId;
        this.directory = directory;
        this.audit = audit;
        this.brake = brake;
    }

    /** What the community's sign-in page shows, in the order the providers were made. */
    public List<Offer> offers(CommunityId community) {
        var accepted = acceptances.of(community);
        if (accepted.isEmpty()) {
            return List.of();
        }
        var offers = new ArrayList<Offer>();
        for (var provider : providers.list()) {
            var live = provider.live();
            if (live != null
                    && provider.enabled()
                    && accepted.stream().anyMatch(each -> each.provider() == provider.id())) {
                var down = reachability.down(provider.id());
                offers.add(new Offer(provider.id(), live.title(), live.elsewhere(), down));
            }
        }
        return offers;
    }

    /**
     * Sends a browser to a provider's page.
     *
     * @param callback where it comes back to; the provider knows it
     * @param browser what the browser keeps in a cookie meanwhile
     * @return where to send it
     * @throws Problem NOT_FOUND provider.unknown; UNAVAILABLE provider.unreachable,
     *     provider.issuer-changed, vault.sealed
     */
    public String depart(long id, Errand errand, String callback, Secret browser) {
        var provider = providers.require(id);
        boolean trial = errand.kind() == Errand.Kind.TRIAL;
        var version = version(provider, trial);
        var settings = version.openId();
        if (settings == null) {
            throw ProviderService.unknown();
        }
        var departure =
                heard(
                        provider,
                        trial,
                        () -> openId.depart(settings, providers.secret(provider, trial), callback));
        departures.put(
                departure.state(),
                new Departures.Departure(
                        id,
                        provider.version(),
                        errand,
                        browser.hash(),
                        departure.kept(),
                        departures.until()));
        return departure.url();
    }

    /**
     * Takes a browser back.
     *
     * @param parameters of the request, decoded
     * @throws Problem FORBIDDEN login.lost when the state is unknown, used, too old, or another
     *     browser's; and whatever the provider's answer comes to
     */
    public Arrival arrive(Map<String, String> parameters, String callback, Secret browser) {
        var state = parameters.getOrDefault("state", "");
        var departure =
                Optional.of(state)
                        .filter(text -> !text.isEmpty() && text.length() <= MAX_STATE)
                        .flatMap(text -> departures.take(text, browser))
                        .orElseThrow(SignInService::lost);
        var errand = departure.errand();
        boolean trial = errand.kind() == Errand.Kind.TRIAL;
        var provider = providers.require(departure.provider());
        if (provider.version() != departure.version()) {
            throw lost(); // somebody has changed it meanwhile
        }
        try {
            requireNoError(provider, parameters);
            var settings = version(provider, trial).openId();
            if (settings == null) {
                throw lost();
            }
            var secret = providers.secret(provider, trial);
            var who =
                    heard(
                            provider,
                            trial,
                            () ->
                                    openId.arrive(
                                            settings,
                                            secret,
                                            callback,
                                            departure.kept(),
                                            parameters));
            return new Arrival(errand, provider, who);
        } catch (Problem failed) {
            failed(provider, failed);
            throw failed;
        }
    }

    /** What a browser went for that brings this state; it says nothing about who brings it. */
    public Optional<Errand> errandOf(String state) {
        return departures.look(state).map(Departures.Departure::errand);
    }

    /** A ticket with which a browser may leave on this errand, once and soon. */
    public String invite(long id, Errand errand) {
        var ticket = Secret.random();
        departures.put(
                ticket.reveal(),
                new Departures.Departure(
                        id,
                        providers.require(id).version(),
                        errand,
                        INVITED.hash(),
                        Map.of(),
                        departures.until()));
        return ticket.reveal();
    }

    /** Who leaves on which errand, by its ticket. */
    public record Invitation(long provider, Errand errand) {}

    /**
     * @throws Problem FORBIDDEN login.lost
     */
    public Invitation redeem(String ticket) {
        var there = departures.take(ticket, INVITED).orElseThrow(SignInService::lost);
        return new Invitation(there.provider(), there.errand());
    }

    /**
     * Asks a directory who this is.
     *
     * @param address where the attempt comes from, for the brake
     * @return empty when name and password do not fit
     * @throws Problem BUSY login.throttled, directory.busy; UNAVAILABLE provider.unreachable; and
     *     as {@link Directory#ask}
     */
    public Optional<Arrival> ask(
            long id, Errand errand, String name, Secret password, String address) {
        var provider = providers.require(id);
        boolean trial = errand.kind() == Errand.Kind.TRIAL;
        var settings = version(provider, trial).ldap();
        if (settings == null) {
            throw ProviderService.unknown();
        }
        var account = id + ":" + Names.normaliseUser(name);
        brake.begin(account, address);
        var secret = providers.secret(provider, trial);
        var who =
                heard(
                        provider,
                        trial,
                        () ->
                                directory.ask(
                                        settings,
                                        secret,
                                        provider.directoryIssuer(),
                                        name,
                                        password));
        if (who.isEmpty()) {
            audit.record(null, new Actor.Visitor(), AuditAction.LOGIN_FAILED, "provider:" + id);
            log.info("login.failed provider={} address={}", id, address);
            return Optional.empty();
        }
        brake.succeeded(account, address);
        return who.map(identity -> new Arrival(errand, provider, identity));
    }

    /** Remembers whether the provider answered. A candidate's silence is nobody's concern. */
    private <T> T heard(Provider provider, boolean trial, java.util.function.Supplier<T> question) {
        try {
            var answer = question.get();
            if (!trial) {
                reachability.worked(provider.id());
            }
            return answer;
        } catch (Problem problem) {
            if (!trial && ProviderService.SILENCE.contains(problem.code())) {
                reachability.failed(provider.id(), problem.detail());
            }
            throw problem;
        }
    }

    private void failed(Provider provider, Problem why) {
        audit.record(
                null, new Actor.Visitor(), AuditAction.LOGIN_FAILED, "provider:" + provider.id());
        log.info("login.failed provider={} code={}", provider.id(), why.code());
    }

    private static ProviderVersion version(Provider provider, boolean trial) {
        var version = trial ? provider.candidate() : provider.live();
        if (version == null || (!trial && !provider.enabled())) {
            throw ProviderService.unknown();
        }
        return version;
    }

    /** What the provider says instead of a code. Source: RFC 6749 §4.1.2.1. */
    private static void requireNoError(Provider provider, Map<String, String> parameters) {
        var error = parameters.getOrDefault("error", "");
        if (error.equals("access_denied")) {
            throw Problem.forbidden(
                    "login.declined",
                    provider.title()
                            + " was not allowed to say who you are. Try again, or sign in"
                            + " another way.");
        }
        if (!error.isEmpty()) {
            throw Problem.of(
                    Problem.Kind.UNAVAILABLE,
                    "login.provider-error",
                    provider.title()
                            + " answered with the error "
                            + Texts.tame(error)
                            + ". Try again; if it stays, tell an administrator.");
        }
    }

    private static Problem lost() {
        return Problem.forbidden(
                "login.lost",
                "The way back from signing in took too long, was used already, or began in another"
                        + " browser. Sign in again.");
    }
}
