package org.lyceum.storage;

import org.lyceum.platform.kernel.CommunityId;
import org.lyceum.platform.kernel.UserId;

/** Makes homes. */
@SuppressWarnings("DoNotCallSuggester") // the bodies come next
public final class HomeService {

    /**
     * The user's home, made if it is not there.
     *
     * @throws org.lyceum.platform.kernel.Problem UNAVAILABLE {@code storage.disk-full} when less than
     *     the reserve is free
     */
    public Home ensure(CommunityId community, UserId user) {
        throw new UnsupportedOperationException("storage: " + community + user);
    }
}
