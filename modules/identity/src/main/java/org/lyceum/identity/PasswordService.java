package org.lyceum.identity;

import java.util.Optional;
import org.lyceum.platform.kernel.Actor;
import org.lyceum.platform.kernel.UserId;

/** Local passwords: rules, Argon2id, and the brake on guessing. Blocking; about 70 ms per check. */
public final class PasswordService {

    PasswordService() {}

    /**
     * Sets the password and ends every session of the user.
     *
     * @throws org.lyceum.platform.kernel.Problem INVALID password.too-short, password.too-long,
     *     password.too-common, NOT_FOUND user.unknown
     */
    public void set(Actor actor, UserId id, String password) {
        Todo.later();
    }

    /**
     * The user whose name and password these are. An unknown name costs the same work as a wrong
     * password.
     *
     * @param name as typed; it is normalised here
     * @param address where the attempt comes from, for the brake
     * @throws org.lyceum.platform.kernel.Problem BUSY login.throttled after too many failures
     */
    public Optional<User> verify(String name, String password, String address) {
        return Todo.later();
    }
}
