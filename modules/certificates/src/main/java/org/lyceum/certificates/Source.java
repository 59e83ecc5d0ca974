package org.lyceum.certificates;

import org.jspecify.annotations.Nullable;
import org.lyceum.platform.kernel.Problem;

import java.time.Instant;

/** Where certificates come from. Blocking. */
interface Source {

    /**
     * A certificate that should be in use instead of {@code now}.
     *
     * @param now the one in use; null when there is none
     * @return null when that one is fine
     * @throws Problem UNAVAILABLE, with what to do
     */
    @Nullable Certificate better(@Nullable Certificate now, Instant at) throws InterruptedException;
}
