package org.lyceum.catalog;

import java.util.List;
import org.lyceum.platform.kernel.CommunityId;

/** What a community offers. */
@SuppressWarnings("DoNotCallSuggester") // the bodies come next
public final class CatalogService {

    /**
     * Makes the one environment and the one profile every community begins with, and follows the
     * image reference to what it means today.
     */
    public void ensureDefaults(CommunityId community, String imageReference) {
        throw new UnsupportedOperationException("catalog: " + community + imageReference);
    }

    /** In the order people see; at most 100. */
    public List<Profile> profiles(CommunityId community) {
        throw new UnsupportedOperationException("catalog: " + community);
    }

    /** In the order of their names; at most 100. */
    public List<Environment> environments(CommunityId community) {
        throw new UnsupportedOperationException("catalog: " + community);
    }
}
