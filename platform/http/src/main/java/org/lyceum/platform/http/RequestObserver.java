package org.lyceum.platform.http;

import java.util.Optional;

/** Hears of every answered request: for metrics. Must be quick and must not throw. */
@FunctionalInterface
public interface RequestObserver {

    /** {@code endpoint} is empty when none had the request's path and method. */
    void observed(Optional<Endpoint> endpoint, String method, int status, long tookNanos);
}
