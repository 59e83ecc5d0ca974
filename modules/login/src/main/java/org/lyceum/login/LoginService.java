package org.lyceum.login;

import org.lyceum.audit.AuditAction;
import org.lyceum.audit.AuditLog;
import org.lyceum.community.MemberService;
import org.lyceum.identity.PasswordService;
import org.lyceum.identity.User;
import org.lyceum.identity.UserService;
import org.lyceum.platform.kernel.Actor;
import org.lyceum.platform.kernel.CommunityId;
import org.lyceum.platform.kernel.Problem;
import org.lyceum.platform.kernel.UserId;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Clock;
import java.util.List;

/**
 * Decides what becomes of somebody whom a provider vouches for: which user they are, and whether a
 * community lets them in. Blocking.
 */
public final class LoginService {

    private static final Logger log = LoggerFactory.getLogger(LoginService.class);

    private final ExternalIdentityRepository identities;
    private final AcceptanceRepository acceptances;
    private final SignUpService signUps;
    private final ProviderService providers;
    private final UserService users;
    private final PasswordService passwords;
    private final MemberService members;
    private final FollowService following;
    private final AuditLog audit;
    private final Clock clock;

    LoginService(
            ExternalIdentityRepository identities,
            AcceptanceRepository acceptances,
            SignUpService signUps,
            ProviderService providers,
            UserService users,
            PasswordService passwords,
            MemberService members,
            FollowService following,
            AuditLog audit,
            Clock clock) {
        this.identities = identities;
        this.acceptances = acceptances;
        this.signUps = signUps;
        this.providers = providers;
        this.users = users;
        this.passwords = passwords;
        this.members = members;
        this.following = following;
        this.audit = audit;
        this.clock = clock;
    }

    /**
     * Lets somebody into a community, if they belong there or its rule admits them; a new one
     * becomes a user. Nobody is taken for somebody else because of a name or an address.
     *
     * @throws Problem BUSY entry.too-many
     */
    public Entry enter(Provider provider, ExternalIdentity who, CommunityId community) {
        var rule = acceptances.rule(community, provider.id());
        if (rule.isEmpty()) {
            return refused(
                    provider,
                    community,
                    "This community takes nobody's word of " + provider.title() + ".");
        }
        var known = identities.userOf(who).flatMap(users::find);
        if (known.isPresent()) {
            identities.used(provider.id(), who, clock.instant());
            if (known.get().admin() || members.isMember(community, known.get().id())) {
                return welcome(provider, who, known.get());
            }
        }
        var refusal = rule.get().refusal(who, provider.title());
        if (refusal == null) {
            var admitted = admit(new Actor.Visitor(), provider.id(), who, community);
            return welcome(provider, who, admitted);
        }
        if (rule.get().asks()) {
            acceptances.ask(community, provider.id(), who, clock.instant());
            log.info("entry.asked community={} provider={}", community, provider.id());
            return new Entry.Refused(refusal, true);
        }
        return refused(provider, community, refusal);
    }

    private Entry welcome(Provider provider, ExternalIdentity who, User user) {
        following.signedIn(provider.id(), who, user);
        return new Entry.Welcome(user);
    }

    private Entry refused(Provider provider, CommunityId community, String sentence) {
        audit.record(
                community,
                new Actor.Visitor(),
                AuditAction.LOGIN_REFUSED,
                "provider:" + provider.id());
        return new Entry.Refused(sentence, false);
    }

    private User admit(Actor actor, long provider, ExternalIdentity who, CommunityId community) {
        var id = identities.userOrNew(actor, provider, who, clock.instant());
        var user = users.find(id).orElseThrow(LoginService::unknownRequest);
        members.join(actor instanceof Actor.Visitor ? user.actor() : actor, community, id);
        log.info("login.admitted community={} provider={} user={}", community, provider, id);
        return user;
    }

    /** The ways in that a user has, besides a password. */
    public List<Linked> ways(UserId user) {
        return identities.of(user);
    }

    /**
     * Gives a user another way to sign in.
     *
     * @throws Problem CONFLICT identity.taken, identity.too-many
     */
    public void link(User user, Provider provider, ExternalIdentity who) {
        identities.link(user, provider.id(), who, clock.instant());
        log.info("identity.linked user={} provider={}", user.id(), provider.id());
    }

    /**
     * Takes a way to sign in from a user.
     *
     * @throws Problem NOT_FOUND identity.unknown; CONFLICT identity.last when they could not sign
     *     in any more
     */
    public void unlink(User user, long id) {
        if (ways(user.id()).size() <= 1 && !passwords.has(user.id())) {
            throw Problem.conflict(
                    "identity.last",
                    "This is your only way to sign in; add another one before you remove it.");
        }
        identities.unlink(user, id);
        log.info("identity.unlinked user={}", user.id());
    }

    /** What the community accepts, by provider. */
    public List<Acceptance> acceptances(CommunityId community) {
        return acceptances.of(community);
    }

    /**
     * Has the community accept a provider, by this rule.
     *
     * @throws Problem NOT_FOUND provider.unknown; INVALID rule.list-invalid, rule.lists-empty
     */
    public void accept(Actor actor, CommunityId community, long provider, LoginRule rule) {
        rule.require();
        providers.require(provider);
        acceptances.put(actor, new Acceptance(community, provider, rule));
    }

    /** Has the community accept a provider no more; its members stay members. */
    public void acceptNoMore(Actor actor, CommunityId community, long provider) {
        acceptances.remove(actor, community, provider);
    }

    /** Who waits to be let in, longest first; at most 500. */
    public List<EntryRequest> requests(CommunityId community) {
        return acceptances.requests(community);
    }

    /**
     * Lets somebody in who asked, or does not; they may ask again.
     *
     * @throws Problem NOT_FOUND entry.unknown
     */
    public void answer(Actor actor, CommunityId community, long request, boolean admit) {
        var asked =
                acceptances.request(community, request).orElseThrow(LoginService::unknownRequest);
        var known = asked.known();
        if (known == null) {
            signUps.answer(actor, asked, admit);
            return;
        }
        if (admit) {
            admit(actor, known.provider(), asked.identity(known), community);
        }
        acceptances.answered(actor, asked, admit);
    }

    static Problem unknownRequest() {
        return Problem.notFound("entry.unknown", "Nobody waits under this number any more.");
    }
}
