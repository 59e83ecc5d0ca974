package org.lyceum.login;

import org.lyceum.audit.AuditAction;
import org.lyceum.audit.AuditLog;
import org.lyceum.identity.IdentityModule;
import org.lyceum.identity.LoginBrake;
import org.lyceum.identity.User;
import org.lyceum.platform.kernel.Actor;
import org.lyceum.platform.kernel.Problem;
import org.lyceum.platform.kernel.Secret;
import org.lyceum.platform.kernel.UserId;
import org.lyceum.platform.kernel.Vault;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Clock;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/**
 * The second factor: an authenticator whose codes are asked for after the password, recovery codes
 * for who has lost it, and who must have one. Blocking.
 */
public final class FactorService {

    private static final Logger log = LoggerFactory.getLogger(FactorService.class);

    /** How somebody has shown who they are. */
    public enum First {
        /** A password that we asked for: of this platform or of a directory. */
        PASSWORD,
        /** A provider's page, which may have asked for more; what, is the provider's. */
        PROVIDER
    }

    /** What is wanted before there is a session. */
    public enum Step {
        NONE,
        CODE,
        SET_UP
    }

    private static final int CODES = 10;

    /** 80 random bits: a plain hash in the database gives none away. */
    private static final int CODE_BYTES = 10;

    private static final int CODE_GROUP = 4;

    /** A code of either kind with blanks and hyphens. */
    private static final int MAX_TYPED = 40;

    private static final int MAX_REASON = 500;

    private final FactorRepository factors;
    private final IdentityModule identity;
    private final HalfWay halfWay;
    private final Vault vault;
    private final LoginBrake brake;
    private final AuditLog audit;
    private final Clock clock;

    FactorService(
            FactorRepository factors,
            IdentityModule identity,
            HalfWay halfWay,
            Vault vault,
            LoginBrake brake,
            AuditLog audit,
            Clock clock) {
        this.factors = factors;
        this.identity = identity;
        this.halfWay = halfWay;
        this.vault = vault;
        this.brake = brake;
        this.audit = audit;
        this.clock = clock;
    }

    /** What is wanted of somebody who has just shown the first factor. */
    public Step after(User user, First first) {
        boolean must = must(user);
        if (first == First.PROVIDER && !must) {
            return Step.NONE;
        }
        if (factors.has(user.id())) {
            return Step.CODE;
        }
        return must ? Step.SET_UP : Step.NONE;
    }

    /** Whether the rule wants a second factor of this user. */
    public boolean must(User user) {
        var rule = factors.rule();
        return (rule.administrators() && user.admin())
                || (rule.managers() && !identity.roles().managedBy(user.id()).isEmpty());
    }

    /** Whether the rule wants a second factor of this user and they have none. */
    public boolean lacks(User user) {
        return must(user) && !factors.has(user.id());
    }

    public Optional<Factors> of(UserId user) {
        return factors.find(user);
    }

    /** Of these, those who have a second factor. */
    public Set<UserId> having(Collection<UserId> users) {
        return factors.having(users);
    }

    /**
     * Has a sign-in wait for its second step, for ten minutes.
     *
     * @param onward where the browser goes afterwards
     * @return what the browser keeps meanwhile
     */
    public Secret begin(User user, Step step, String onward) {
        return halfWay.begin(user.id(), step, onward);
    }

    /** The sign-in that waits in this browser. */
    public Optional<HalfSignedIn> waiting(Secret browser) {
        return halfWay.find(browser);
    }

    /**
     * Ends the waiting.
     *
     * @throws Problem FORBIDDEN factor.lost when it has ended already
     */
    public void finish(HalfSignedIn half) {
        if (!halfWay.end(half)) {
            throw lost();
        }
    }

    /** Ends what this user has half done, in whatever browser: their password is another one. */
    public void forget(UserId user) {
        halfWay.forget(user);
    }

    /**
     * Whether the code is right, for a sign-in that waits. After five wrong ones it waits no more.
     *
     * @param address where the attempt comes from, for the brake
     * @throws Problem BUSY login.throttled; UNAVAILABLE vault.sealed
     */
    public boolean verify(HalfSignedIn half, User user, String typed, String address) {
        boolean right = verify(user, typed, address);
        if (!right) {
            halfWay.failed(half);
        }
        return right;
    }

    /**
     * Whether it is a code of the user's authenticator or an unused recovery code. Each counts
     * once.
     *
     * @param address where the attempt comes from, for the brake
     * @throws Problem BUSY login.throttled; UNAVAILABLE vault.sealed
     */
    public boolean verify(User user, String typed, String address) {
        var account = "user:" + user.id();
        brake.begin(account, address);
        if (!check(user, typed)) {
            audit.record(null, new Actor.Visitor(), AuditAction.FACTOR_FAILED, account);
            log.info("factor.failed user={} address={}", user.id(), address);
            return false;
        }
        brake.succeeded(account, address);
        return true;
    }

    private boolean check(User user, String typed) {
        if (typed.length() > MAX_TYPED) {
            return false;
        }
        var code = plain(typed);
        if (code.length() != Totp.DIGITS) {
            var hash = Secret.presented(code).hash();
            return factors.useCode(user.actor(), user.id(), hash, clock.instant());
        }
        return factors.sealedKey(user.id())
                .map(kept -> vault.open(purpose(user.id()), kept))
                .flatMap(key -> step(key, code))
                .filter(step -> factors.useStep(user.id(), step))
                .isPresent();
    }

    private Optional<Long> step(Secret key, String code) {
        long now = clock.instant().getEpochSecond() / Totp.STEP_SECONDS;
        return LongStream.rangeClosed(now - Totp.SKEW, now + Totp.SKEW)
                .boxed()
                .filter(step -> Secret.same(Totp.code(key.reveal(), step), code))
                .findFirst();
    }

    /** The key that this user is to put into their authenticator; the same in this browser. */
    public Secret key(UserId user, Secret browser) {
        return halfWay.key(user, browser);
    }

    /**
     * Gives the user the authenticator that has the key of {@link #key}, as a code of it shows.
     *
     * @return recovery codes; they cannot be had again
     * @throws Problem INVALID factor.code-wrong, factor.key-old; CONFLICT factor.exists; BUSY
     *     login.throttled
     */
    public List<String> confirm(User user, Secret browser, String typed, String address) {
        var key =
                halfWay.offered(user.id(), browser)
                        .orElseThrow(
                                () ->
                                        Problem.invalid(
                                                "factor.key-old",
                                                "That took too long. Here is a new key: put it into"
                                                        + " your authenticator instead of the one"
                                                        + " before."));
        brake.begin("new:" + user.id(), address);
        var step =
                step(key, plain(typed))
                        .orElseThrow(
                                () ->
                                        Problem.invalid(
                                                "factor.code-wrong",
                                                "This code is not right. Type the one that is shown"
                                                        + " now, and see that the telephone's clock"
                                                        + " is set by the network."));
        brake.succeeded("new:" + user.id(), address);
        var codes = newCodes();
        factors.add(
                user.actor(),
                user.id(),
                vault.seal(purpose(user.id()), key),
                step,
                hashes(codes),
                clock.instant());
        halfWay.taken(browser);
        log.info("factor.set-up user={}", user.id());
        return codes;
    }

    /**
     * New recovery codes instead of those before.
     *
     * @throws Problem as {@link #remove}
     */
    public List<String> renewCodes(User user, String typed, String address) {
        require(user, typed, address);
        var codes = newCodes();
        factors.replaceCodes(user.actor(), user.id(), hashes(codes));
        return codes;
    }

    /**
     * Takes one's own authenticator away, with its recovery codes. Who must have one is signed out
     * and sets up another at the next sign-in.
     *
     * @throws Problem INVALID factor.code-wrong; NOT_FOUND factor.none; BUSY login.throttled
     */
    public void remove(User user, String typed, String address) {
        require(user, typed, address);
        factors.remove(user.actor(), user.id(), null, clock.instant());
        log.info("factor.removed user={}", user.id());
        if (must(user)) {
            identity.sessions().endAll(user.id());
        }
    }

    /**
     * Takes away the factor of somebody who has lost it. They are signed out everywhere, and told
     * when they sign in again.
     *
     * @param reason for the log and for its owner; 1 to 500 characters
     * @throws Problem INVALID factor.reason; CONFLICT factor.own; NOT_FOUND factor.none
     */
    public void takeAway(User administrator, UserId user, String reason) {
        var why = reason.strip();
        if (why.isEmpty() || why.length() > MAX_REASON) {
            throw Problem.invalid(
                    "factor.reason",
                    "Say why, in 1 to " + MAX_REASON + " characters; its owner reads it.");
        }
        if (administrator.id().equals(user)) {
            throw Problem.conflict(
                    "factor.own",
                    "Remove your own second factor on your account's page, with a code.");
        }
        factors.remove(administrator.actor(), user, why, clock.instant());
        halfWay.forget(user);
        identity.sessions().endAll(user);
        log.info("factor.taken-away user={}", user);
    }

    /** What the user has to be told once. */
    public Optional<FactorNotice> takeNotice(UserId user) {
        return factors.takeNotice(user);
    }

    public FactorRule rule() {
        return factors.rule();
    }

    /**
     * Changes who must have a second factor. Whoever makes the rule goes first, so that there is
     * somebody who can get in and help.
     *
     * @param next with the version that was looked at
     * @throws Problem CONFLICT factor.own-first; STALE factor-rule.stale
     */
    public FactorRule change(User administrator, FactorRule next) {
        if ((next.administrators() || next.managers()) && !factors.has(administrator.id())) {
            throw Problem.conflict(
                    "factor.own-first",
                    "Set up a second factor for yourself first, on your account's page; then ask"
                            + " others for one.");
        }
        return factors.change(administrator.actor(), next);
    }

    private void require(User user, String typed, String address) {
        if (!verify(user, typed, address)) {
            throw Problem.invalid(
                    "factor.code-wrong",
                    "This code is not right, or has been used. Wait for the next one and type it.");
        }
    }

    private static String purpose(UserId user) {
        return "login.totp:" + user;
    }

    private static String plain(String typed) {
        return typed.replaceAll("[\\s-]", "").toUpperCase(Locale.ROOT);
    }

    private static List<String> newCodes() {
        return Stream.generate(() -> Totp.random(CODE_BYTES))
                .limit(CODES)
                .map(FactorService::grouped)
                .toList();
    }

    /** In groups that people can copy by hand. */
    static String grouped(String text) {
        return text.replaceAll("(.{" + CODE_GROUP + "})(?!$)", "$1-").toLowerCase(Locale.ROOT);
    }

    private static List<String> hashes(List<String> codes) {
        return codes.stream().map(code -> Secret.presented(plain(code)).hash()).toList();
    }

    /** That a sign-in waits no more. */
    public static Problem lost() {
        return Problem.forbidden(
                "factor.lost",
                "Signing in took too long, or too many codes were wrong. Begin again with the"
                        + " password.");
    }
}
