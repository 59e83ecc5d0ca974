package org.lyceum.community;

import java.util.List;
import java.util.Optional;
import org.lyceum.platform.kernel.CommunityId;

/** Finds communities. Blocking. */
public final class CommunityService {

    /** Far more than one machine can serve. */
    private static final int MAX_COMMUNITIES = 1_000;

    private final CommunityRepository communities;

    CommunityService(CommunityRepository communities) {
        this.communities = communities;
    }

    /** The community at {@code /}; the migrations made it. */
    public Community ensureDefault() {
        return find(Community.DEFAULT)
                .orElseThrow(() -> new IllegalStateException("the migrations make community 1"));
    }

    /** All, by number; at most 1,000. */
    public List<Community> all() {
        return communities.all(MAX_COMMUNITIES);
    }

    public Optional<Community> find(CommunityId id) {
        return communities.find(id);
    }
}
