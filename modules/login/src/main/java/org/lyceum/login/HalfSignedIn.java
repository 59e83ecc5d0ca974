package org.lyceum.login;

import org.lyceum.platform.kernel.UserId;

import java.time.Instant;

/**
 * A browser whose user has shown the first factor and not yet the second. It is no session: it
 * opens the page of the second step and nothing else.
 *
 * @param browser hash of what the browser keeps meanwhile
 * @param step what is wanted of it
 * @param onward where it goes afterwards
 * @param failures so far
 */
public record HalfSignedIn(
        String browser,
        UserId user,
        FactorService.Step step,
        String onward,
        int failures,
        Instant until) {

    HalfSignedIn failed() {
        return new HalfSignedIn(browser, user, step, onward, failures + 1, until);
    }
}
