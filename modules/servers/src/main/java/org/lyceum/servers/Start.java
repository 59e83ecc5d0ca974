package org.lyceum.servers;

import org.lyceum.platform.kernel.Bytes;
import org.lyceum.platform.kernel.CommunityId;

/**
 * A start, as the line sees it.
 *
 * @param serverId 0 for one that is not claimed yet
 * @param memory that is promised with it
 */
record Start(long serverId, CommunityId community, Bytes memory) {

    static Start of(Server server) {
        return new Start(server.id(), server.key().community(), server.memory());
    }
}
