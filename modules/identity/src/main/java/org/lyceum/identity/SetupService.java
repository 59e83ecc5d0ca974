package org.lyceum.identity;

import org.lyceum.platform.kernel.Names;
import org.lyceum.platform.kernel.Problem;
import org.lyceum.platform.kernel.Secret;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Clock;
import java.time.Duration;

/** The link that makes the first administrator: random, for 30 minutes, for one use. Blocking. */
public final class SetupService {

    private static final Logger log = LoggerFactory.getLogger(SetupService.class);

    /** Long enough to walk to another desk, short enough to be useless in an old log. */
    static final Duration LIFE = Duration.ofMinutes(30);

    private final SetupRepository links;
    private final PasswordRules rules;
    private final PasswordHasher hasher;
    private final Clock clock;

    /** There is no way back to no user at all, so the answer no is kept. */
    private volatile boolean done;

    SetupService(SetupRepository links, PasswordRules rules, PasswordHasher hasher, Clock clock) {
        this.links = links;
        this.rules = rules;
        this.hasher = hasher;
        this.clock = clock;
    }

    /** Whether there is no user yet. */
    public boolean needed() {
        if (!done) {
            done = links.anyUser();
        }
        return !done;
    }

    /**
     * A new link's secret; older links expire. With users there already it is the way back in for
     * an operator nobody can let in: whoever may run the program's command line may read its data
     * anyway.
     */
    public Secret newLink() {
        var secret = Secret.random();
        var now = clock.instant();
        links.add(secret.hash(), now, now.plus(LIFE));
        log.info("setup.link-made minutes={}", LIFE.toMinutes());
        return secret;
    }

    /**
     * Does nothing when the link can be used.
     *
     * @throws Problem FORBIDDEN setup.link-unknown, setup.link-used, setup.link-expired
     */
    public void check(Secret link) {
        links.check(link.hash(), clock.instant());
    }

    /**
     * Uses the link up and makes an administrator; of several callers with one link exactly one
     * wins.
     *
     * @param name as typed; it is normalised here
     * @throws Problem as {@link #check}, {@link UserService#create} and {@link PasswordService#set}
     *     do; then the link stays usable
     */
    public User redeem(Secret link, String name, String password) {
        check(link); // before the work of hashing
        var normal = Names.normaliseUser(name);
        UserService.requireValid(normal);
        rules.require(password, normal);
        var hash = hasher.hash(password);
        var user = links.redeem(link.hash(), normal, hash, clock.instant());
        done = true;
        log.info("setup.done user={}", user.id());
        return user;
    }
}
