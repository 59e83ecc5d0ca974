package org.lyceum.identity;

import org.lyceum.platform.kernel.Actor;
import org.lyceum.platform.kernel.Problem;
import org.lyceum.platform.kernel.Secret;
import org.lyceum.platform.kernel.UserId;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Clock;
import java.time.Duration;

/**
 * Links with which people choose their password without anybody else seeing it: an invitation, or
 * the way back in for who has forgotten it. Random, for one person and one use. Blocking.
 */
public final class PasswordLinkService {

    private static final Logger log = LoggerFactory.getLogger(PasswordLinkService.class);

    /** Handed out before a course begins. There is nothing to be had with it yet. */
    static final Duration INVITATION = Duration.ofDays(14);

    /** Opens an account that is in use: asked for, sent, used. */
    static final Duration NEW_PASSWORD = Duration.ofDays(1);

    private final PasswordLinkRepository links;
    private final UserRepository users;
    private final PasswordRules rules;
    private final PasswordHasher hasher;
    private final Clock clock;

    PasswordLinkService(
            PasswordLinkRepository links,
            UserRepository users,
            PasswordRules rules,
            PasswordHasher hasher,
            Clock clock) {
        this.links = links;
        this.users = users;
        this.rules = rules;
        this.hasher = hasher;
        this.clock = clock;
    }

    /**
     * Whether nobody has been in this account yet, so that whoever invites gets into nothing of
     * anybody's.
     */
    public boolean unused(User user) {
        return user.lastActivityAt() == null && !users.hasPassword(user.id());
    }

    /**
     * A new link; older ones of this person's expire. Whoever has it has the account, so it is the
     * caller's to see who may make one.
     *
     * @throws Problem NOT_FOUND user.unknown
     */
    public PasswordLink.Made make(Actor actor, UserId id) {
        var user = users.find(id).orElseThrow(UserRepository::unknown);
        boolean first = !users.hasPassword(id);
        var secret = Secret.random();
        var now = clock.instant();
        var until = now.plus(unused(user) ? INVITATION : NEW_PASSWORD);
        links.add(actor, id, secret.hash(), now, until);
        log.info("password-link.made user={} first={}", id, first);
        return new PasswordLink.Made(new PasswordLink(user, first, until), secret);
    }

    /**
     * Whose it is, while it can be used.
     *
     * @throws Problem FORBIDDEN password-link.unknown, password-link.used, password-link.expired
     */
    public PasswordLink find(Secret link) {
        return links.find(link.hash(), clock.instant());
    }

    /**
     * Uses the link up: sets the password and ends every session.
     *
     * @throws Problem as {@link #find} and {@link PasswordService#set}; then the link stays usable
     */
    public User redeem(Secret link, String password) {
        var found = find(link); // before the work of hashing
        rules.require(password, found.user().name());
        var user = links.redeem(link.hash(), hasher.hash(password), clock.instant());
        log.info("password-link.used user={}", user.id());
        return user;
    }
}
