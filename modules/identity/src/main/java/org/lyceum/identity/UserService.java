package org.lyceum.identity;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.lyceum.platform.kernel.Actor;
import org.lyceum.platform.kernel.UserId;

/** Makes, finds, changes and removes users. Blocking. */
public final class UserService {

    UserService() {}

    /**
     * Makes a user. The name is taken as it is: callers normalise it where JupyterHub does.
     *
     * @throws org.lyceum.platform.kernel.Problem INVALID user.name-invalid, CONFLICT user.exists
     */
    public User create(Actor actor, String name, boolean admin) {
        return Todo.later();
    }

    public Optional<User> find(UserId id) {
        return Todo.later();
    }

    /** The user who has exactly this name today. */
    public Optional<User> findByName(String name) {
        return Todo.later();
    }

    /** Those of {@code names} that exist, sorted by number; at most 1,000 names. */
    public List<User> findByNames(Collection<String> names) {
        return Todo.later();
    }

    /**
     * Renames a user, sets the admin flag, or both; null leaves as it is.
     *
     * @throws org.lyceum.platform.kernel.Problem NOT_FOUND user.unknown, INVALID user.name-invalid,
     *     CONFLICT user.exists, CONFLICT user.last-admin when nobody would be left to administer
     */
    public User change(
            Actor actor, UserId id, @Nullable String newName, @Nullable Boolean admin) {
        return Todo.later();
    }

    /**
     * Removes a user with all their sessions, tokens and memberships, then tells the listeners.
     *
     * @throws org.lyceum.platform.kernel.Problem NOT_FOUND user.unknown, CONFLICT user.last-admin
     */
    public void delete(Actor actor, UserId id) {
        Todo.later();
    }

    /** Notes that the user was active {@code at}; never moves back. Written at once. */
    public void recordActivity(UserId id, Instant at) {
        Todo.later();
    }

    /** Notes that the user is active now; written within 30 s. For every request of a browser. */
    public void touch(UserId id) {
        Todo.later();
    }

    /** {@code listener} is called after a user is gone, on the thread that removed them. */
    public void onDeleted(Consumer<UserDeleted> listener) {
        Todo.later();
    }

    public long count() {
        return Todo.later();
    }

    /** How many were active at or after {@code since}. */
    public long countActiveSince(Instant since) {
        return Todo.later();
    }
}
