package org.lyceum.community;

import java.util.List;
import java.util.Optional;
import org.lyceum.platform.kernel.CommunityId;

/** Finds communities. Blocking. */
public final class CommunityService {

    CommunityService() {}

    /** The community at {@code /}; the migrations made it. */
    public Community ensureDefault() {
        return Todo.later();
    }

    /** All, by number; at most 1,000. */
    public List<Community> all() {
        return Todo.later();
    }

    public Optional<Community> find(CommunityId id) {
        return Todo.later();
    }
}
