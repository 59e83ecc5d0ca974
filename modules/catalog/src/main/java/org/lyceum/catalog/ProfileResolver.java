package org.lyceum.catalog;

import java.util.Map;
import org.lyceum.platform.kernel.CommunityId;
import org.lyceum.platform.kernel.UserId;

/** Turns what a user chose into what is run. */
@SuppressWarnings("DoNotCallSuggester") // the bodies come next
public final class ProfileResolver {

    /**
     * Resolves a choice at this moment.
     *
     * @param userOptions as JupyterHub's API takes them; {@code profile} names one, else the first
     * @throws org.lyceum.platform.kernel.Problem INVALID {@code profile.unknown}, UNAVAILABLE {@code
     *     image.missing}
     */
    public LaunchSpec resolve(
            CommunityId community, UserId user, Map<String, Object> userOptions) {
        throw new UnsupportedOperationException("catalog: " + community + user + userOptions);
    }
}
