package org.lyceum.login;

import java.time.Instant;

/** That an administrator took somebody's second factor away, and why. */
public record FactorNotice(String reason, Instant at) {}
