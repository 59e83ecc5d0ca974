package org.lyceum.servers;

import org.lyceum.community.Community;
import org.lyceum.community.CommunityService;
import org.lyceum.platform.kernel.Bytes;
import org.lyceum.platform.kernel.Problem;
import org.lyceum.platform.linux.Machine;

import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * What of the machine is promised to servers, and whether one more fits. What is promised to a
 * server is its limit, unless its profile promises less. Blocking.
 */
final class MachineRoom implements StartLine.Room {

    private final ServersConfig config;
    private final Bytes capacity;
    private final ServerRepository servers;
    private final CommunityService communities;
    private final Calming calming;
    private final DeviceRoom devices;

    /**
     * @param prepared what servers that wait for somebody may use together
     */
    MachineRoom(
            ServersConfig config,
            Machine machine,
            Bytes prepared,
            ServerRepository servers,
            CommunityService communities,
            Calming calming,
            DeviceRoom devices) {
        this.config = config;
        this.devices = devices;
        this.servers = servers;
        this.communities = communities;
        this.calming = calming;
        long left = machine.memoryBytes() - config.room().reserve().value();
        long promised = Math.max(0, left) * config.room().percent() / 100 - prepared.value();
        this.capacity = new Bytes(Math.max(0, promised));
    }

    /** All that may be promised together. */
    Bytes capacity() {
        return capacity;
    }

    /**
     * @throws Problem INVALID {@code server.larger-than-machine}
     */
    void requirePossible(Bytes memory) {
        if (memory.compareTo(capacity) > 0) {
            throw Problem.invalid(
                    "server.larger-than-machine",
                    "This size needs "
                            + memory
                            + " of memory, and this machine has at most "
                            + capacity
                            + " for all servers together. Pick a smaller one, or ask an"
                            + " administrator.");
        }
    }

    @Override
    public Optional<Shortage> shortage(Start start, Collection<Start> inside) {
        var running = servers.promises(inside.stream().map(Start::serverId).toList());
        long memory = start.memory().value();
        long all = 1;
        long own = 1;
        for (var promise : running) {
            memory += promise.bytes();
            all += promise.servers();
            own += promise.community().equals(start.community()) ? promise.servers() : 0;
        }
        for (var other : inside) {
            memory += other.memory().value();
            all++;
            own += other.community().equals(start.community()) ? 1 : 0;
        }
        if (config.maxActive() > 0 && all > config.maxActive()) {
            return Optional.of(Shortage.SERVERS);
        }
        if (own > mayRun(start)) {
            return Optional.of(Shortage.COMMUNITY);
        }
        if (memory > capacity.value()) {
            return Optional.of(Shortage.MEMORY);
        }
        return calming.holdsStarts(!inside.isEmpty())
                ? Optional.of(Shortage.CALM)
                : Optional.empty();
    }

    @Override
    public Optional<List<String>> units(Start start, Collection<Start> inside) {
        return devices.units(start, inside);
    }

    @Override
    public String deviceSentence(Start start) {
        return devices.sentence(start.device());
    }

    @Override
    public void entered() {
        calming.started();
    }

    private long mayRun(Start start) {
        return communities
                .find(start.community())
                .map(Community::limits)
                .map(limits -> limits.maxActive())
                .filter(most -> most > 0)
                .map(Integer::longValue)
                .orElse(Long.MAX_VALUE);
    }
}
