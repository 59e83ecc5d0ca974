package org.lyceum.servers;

import org.jspecify.annotations.Nullable;
import org.lyceum.catalog.DeviceWish;
import org.lyceum.platform.kernel.Bytes;
import org.lyceum.platform.kernel.CommunityId;

import java.util.List;

/**
 * A start, as the line sees it.
 *
 * @param serverId 0 for one that is not claimed yet
 * @param memory that is promised with it
 * @param device that it is to have; null for none
 * @param units that it has already, by name
 */
record Start(
        long serverId,
        CommunityId community,
        Bytes memory,
        @Nullable DeviceWish device,
        List<String> units) {

    Start {
        units = List.copyOf(units);
    }

    /** One that wants no device. */
    Start(long serverId, CommunityId community, Bytes memory) {
        this(serverId, community, memory, null, List.of());
    }

    /** From its beginning: whatever its row says of units was an earlier start's. */
    static Start of(Server server) {
        return new Start(
                server.id(),
                server.key().community(),
                server.memory(),
                server.launched().device(),
                List.of());
    }

    /** The same with these units. */
    Start holding(List<String> held) {
        return new Start(serverId, community, memory, device, held);
    }
}
