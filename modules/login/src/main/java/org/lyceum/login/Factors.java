package org.lyceum.login;

import java.time.Instant;

/**
 * The second factor that somebody has: an authenticator.
 *
 * @param recoveryCodes that have not been used
 */
public record Factors(Instant since, int recoveryCodes) {}
