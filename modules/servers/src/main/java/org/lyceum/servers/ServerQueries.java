package org.lyceum.servers;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.lyceum.platform.kernel.CommunityId;
import org.lyceum.platform.kernel.UserId;

/** Questions about servers. */
@SuppressWarnings("DoNotCallSuggester") // the bodies come next
public final class ServerQueries {

    public Optional<Server> find(ServerKey key) {
        throw new UnsupportedOperationException("servers: " + key);
    }

    /** All of a user's servers, stopped ones too, the default one first, then by name. */
    public List<Server> ofUser(CommunityId community, UserId user) {
        throw new UnsupportedOperationException("servers: " + community + user);
    }

    /** As {@link #ofUser}, for several at once (at most 1000); users without servers are absent. */
    public Map<UserId, List<Server>> ofUsers(CommunityId community, Collection<UserId> users) {
        throw new UnsupportedOperationException("servers: " + community + users);
    }

    /** How many servers of all communities are in one of {@code states}. */
    public long count(ServerState... states) {
        throw new UnsupportedOperationException("servers: " + states.length);
    }
}
