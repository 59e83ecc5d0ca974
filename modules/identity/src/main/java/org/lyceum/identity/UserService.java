package org.lyceum.identity;

import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;
import org.lyceum.platform.kernel.Actor;
import org.lyceum.platform.kernel.Names;
import org.lyceum.platform.kernel.Problem;
import org.lyceum.platform.kernel.UserId;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** Makes, finds, changes and removes users. Blocking. */
public final class UserService {

    private static final Logger log = LoggerFactory.getLogger(UserService.class);

    /** Names looked up at once; as many as a request can hold anyway. */
    private static final int MAX_NAMES = 1_000;

    private final UserRepository users;
    private final ActivityBuffer activity;
    private final Clock clock;
    private final List<Consumer<UserDeleted>> listeners = new CopyOnWriteArrayList<>();

    UserService(UserRepository users, ActivityBuffer activity, Clock clock) {
        this.users = users;
        this.activity = activity;
        this.clock = clock;
    }

    /**
     * Makes a user. The name is taken as it is: callers normalise it where JupyterHub does.
     *
     * @throws Problem INVALID user.name-invalid, CONFLICT user.exists, FORBIDDEN
     *     user.admin-needs-admin when {@code admin} and the actor is not one
     */
    public User create(Actor actor, String name, boolean admin) {
        requireValid(name);
        var user = users.create(actor, name, admin, clock.instant());
        log.info("user.created user={} admin={}", user.id(), admin);
        return user;
    }

    /**
     * Makes a user inside the caller's transaction, for what has to be there together with them.
     *
     * @return empty when somebody has the name
     * @throws Problem INVALID user.name-invalid
     */
    public Optional<User> createIfFree(DSLContext tx, Actor actor, String name) {
        requireValid(name);
        return users.insertIfFree(tx, actor, name, clock.instant());
    }

    public Optional<User> find(UserId id) {
        return users.find(id);
    }

    /** The user who has exactly this name today. */
    public Optional<User> findByName(String name) {
        return users.findByName(name);
    }

    /**
     * Those of {@code names} that exist, in the order they were made.
     *
     * @param names at most 1,000
     */
    public List<User> findByNames(Collection<String> names) {
        if (names.size() > MAX_NAMES) {
            throw Problem.of(
                    Problem.Kind.TOO_LARGE,
                    "user.too-many-names",
                    "At most " + MAX_NAMES + " users can be named at once.");
        }
        return users.findByNames(names);
    }

    /**
     * Renames a user, sets the admin flag, or both; null leaves as it is.
     *
     * @throws Problem NOT_FOUND user.unknown, INVALID user.name-invalid, CONFLICT user.exists,
     *     CONFLICT user.last-admin when nobody would be left to administer, FORBIDDEN
     *     user.admin-needs-admin when the flag changes and the actor is no administrator
     */
    public User change(Actor actor, UserId id, @Nullable String newName, @Nullable Boolean admin) {
        if (newName != null) {
            requireValid(newName);
        }
        var user = users.change(actor, id, newName, admin);
        log.info("user.changed user={} admin={}", id, user.admin());
        return user;
    }

    /**
     * Removes a user with all their sessions, tokens and memberships, then tells the listeners.
     *
     * @throws Problem NOT_FOUND user.unknown, CONFLICT user.last-admin
     */
    public void delete(Actor actor, UserId id) {
        var gone = users.delete(actor, id);
        log.info("user.deleted user={}", id);
        var event = new UserDeleted(id, gone.name());
        for (var listener : listeners) {
            try {
                listener.accept(event);
            } catch (RuntimeException e) { // what it left behind is a reconciler's to find
                log.warn("user.deleted-listener-failed user={}", id, e);
            }
        }
    }

    /**
     * Makes a deleted user again, under the same number, so that what was kept of them is theirs:
     * without password, memberships and tokens. One who is there stays as they are.
     *
     * @param name the one they had, or another
     * @throws Problem INVALID user.name-invalid, CONFLICT user.exists, NOT_FOUND user.unknown for a
     *     number that nobody ever had
     */
    public User restore(Actor actor, UserId id, String name) {
        requireValid(name);
        var user = users.restore(actor, id, name, clock.instant());
        log.info("user.restored user={}", id);
        return user;
    }

    /** Notes that the user was active {@code at}; never moves back. Written at once. */
    public void recordActivity(UserId id, Instant at) {
        users.recordActivity(Map.of(id.value(), at.toEpochMilli()));
    }

    /** Notes that the user is active now; written within 30 s. For every request of a browser. */
    public void touch(UserId id) {
        activity.touchUser(id.value());
    }

    /** Calls {@code listener} after a user is gone, on the thread that removed them. */
    public void onDeleted(Consumer<UserDeleted> listener) {
        listeners.add(listener);
    }

    public long count() {
        return users.count();
    }

    /** How many were active at or after {@code since}. */
    public long countActiveSince(Instant since) {
        return users.countActiveSince(since);
    }

    static void requireValid(String name) {
        if (!Names.valid(name)) {
            throw Problem.invalid(
                    "user.name-invalid",
                    "A user name has 1 to "
                            + Names.MAX_LENGTH
                            + " characters, no slash, and no white space at its ends.");
        }
    }
}
