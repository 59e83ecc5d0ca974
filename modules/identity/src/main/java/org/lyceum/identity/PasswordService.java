package org.lyceum.identity;

import org.jooq.DSLContext;
import org.lyceum.audit.AuditAction;
import org.lyceum.audit.AuditLog;
import org.lyceum.platform.kernel.Actor;
import org.lyceum.platform.kernel.Names;
import org.lyceum.platform.kernel.Problem;
import org.lyceum.platform.kernel.UserId;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Clock;
import java.util.Optional;

/** Local passwords: rules, Argon2id, and the brake on guessing. Blocking; about 70 ms per check. */
public final class PasswordService {

    private static final Logger log = LoggerFactory.getLogger(PasswordService.class);

    private final UserRepository users;
    private final PasswordRules rules;
    private final PasswordHasher hasher;
    private final LoginBrake brake;
    private final AuditLog audit;
    private final Clock clock;

    PasswordService(
            UserRepository users,
            PasswordRules rules,
            PasswordHasher hasher,
            AuditLog audit,
            Clock clock) {
        this.users = users;
        this.rules = rules;
        this.hasher = hasher;
        this.brake = new LoginBrake(clock);
        this.audit = audit;
        this.clock = clock;
    }

    /**
     * Sets the password and ends every session of the user.
     *
     * @throws Problem INVALID password.too-short, password.too-long, password.too-common, NOT_FOUND
     *     user.unknown
     */
    public void set(Actor actor, UserId id, String password) {
        var user = users.find(id).orElseThrow(UserRepository::unknown);
        rules.require(password, user.name());
        users.setPassword(actor, id, hasher.hash(password), clock.instant());
        log.info("password.set user={}", id);
    }

    /**
     * Whether somebody new could have this name and this password.
     *
     * @throws Problem INVALID user.name-invalid, and as {@link #set}
     */
    public void check(String name, String password) {
        UserService.requireValid(name);
        rules.require(password, name);
    }

    /**
     * The hash of a password for an account that is not there yet; the password must fit as for
     * {@link #check}. About 70 ms.
     */
    public String hash(String name, String password) {
        check(name, password);
        return hasher.hash(password);
    }

    /** Gives a user whom the caller's transaction has just made their first password. */
    public void give(DSLContext tx, UserId id, String hash) {
        users.insertPassword(tx, id, hash, clock.instant());
    }

    /** Whether the user can sign in with a password. */
    public boolean has(UserId id) {
        return users.hasPassword(id);
    }

    /**
     * Somebody's own change: who knows the one before chooses another. Ends every session of
     * theirs, the one it is asked in too.
     *
     * @param address where the attempt comes from, for the brake
     * @throws Problem INVALID password.wrong, and as {@link #set} and {@link #verify}
     */
    public void change(User user, String current, String next, String address) {
        rules.require(next, user.name()); // a slip in it costs no try
        if (verify(user.name(), current, address).isEmpty()) {
            throw Problem.invalid(
                    "password.wrong",
                    "The current password is not right. Type it again; if you have forgotten it,"
                            + " ask an administrator for a link.");
        }
        set(user.actor(), user.id(), next);
    }

    /**
     * The user whose name and password these are. An unknown name costs the same work as a wrong
     * password.
     *
     * @param name as typed; it is normalised here
     * @param address where the attempt comes from, for the brake
     * @throws Problem BUSY login.throttled after too many failures, login.busy
     */
    public Optional<User> verify(String name, String password, String address) {
        var account = Names.normaliseUser(name);
        brake.begin(account, address);
        var found =
                account.length() > Names.MAX_LENGTH || password.length() > PasswordRules.MAX
                        ? Optional.<UserRepository.WithPassword>empty()
                        : users.findWithPassword(account);
        var hash = found.map(UserRepository.WithPassword::hash);
        boolean right = hash.isPresent() && hasher.matches(password, hash.get());
        if (hash.isEmpty()) {
            hasher.pretend(shortened(password));
        }
        if (!right) {
            // A name that nobody has may be a password typed into the wrong field: it is not kept.
            var thing = found.map(who -> "user:" + who.user().id()).orElse("user:unknown");
            audit.record(null, new Actor.Visitor(), AuditAction.LOGIN_FAILED, thing);
            log.info("login.failed {} address={}", thing.replace(':', '='), address);
            return Optional.empty();
        }
        brake.succeeded(account, address);
        return found.map(UserRepository.WithPassword::user);
    }

    private static String shortened(String password) {
        return password.substring(0, Math.min(password.length(), PasswordRules.MAX));
    }
}
