package org.lyceum.servers;

import org.lyceum.platform.docker.Container;
import org.lyceum.platform.docker.ContainerSpec;
import org.lyceum.platform.docker.NetworkSpec;
import org.lyceum.platform.docker.SignedLabels;
import org.lyceum.platform.kernel.CommunityId;
import org.lyceum.platform.kernel.PlatformId;
import org.lyceum.platform.kernel.Secret;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What is written on a container: whose it is and which start made it, signed. Numbers only.
 * Without the key nobody can make a container that recovery would take for one of ours.
 */
final class ServerLabels {

    private static final String ROOT = "org.lyceum.";
    private static final String COMMUNITY = ROOT + "community";
    private static final String USER = ROOT + "user";
    private static final String SERVER = ROOT + "server";
    private static final String SPAWN = ROOT + "spawn";
    private static final String DEVICES = ROOT + "devices";

    private final PlatformId platform;
    private final SignedLabels signed;
    private final SignedLabels withUnits;

    ServerLabels(PlatformId platform, Secret key) {
        this.platform = platform;
        this.signed = new SignedLabels(platform, key, List.of(COMMUNITY, USER, SERVER, SPAWN));
        this.withUnits =
                new SignedLabels(platform, key, List.of(COMMUNITY, USER, SERVER, SPAWN, DEVICES));
    }

    /** What finds all containers and networks of this installation. */
    Map<String, String> ofPlatform() {
        return Map.of(ContainerSpec.PLATFORM_LABEL, platform.value());
    }

    /** {@code lyceum-ab12cd-c1-u7-s12}. */
    String containerName(Server server) {
        return "lyceum-"
                + platform.shortId()
                + "-c"
                + server.key().community()
                + "-u"
                + server.key().user()
                + "-s"
                + server.id();
    }

    /** The community's network. */
    NetworkSpec network(CommunityId community) {
        return NetworkSpec.ofCommunity(platform, community);
    }

    /**
     * @param units of devices that the container is given, by name
     */
    Map<String, String> of(Server server, List<String> units) {
        var values =
                new HashMap<>(
                        Map.of(
                                COMMUNITY, server.key().community().toString(),
                                USER, server.key().user().toString(),
                                SERVER, Long.toString(server.id()),
                                SPAWN, server.spawnId()));
        if (units.isEmpty()) { // as containers of earlier versions are signed
            return signed.of(containerName(server), values);
        }
        values.put(DEVICES, String.join(" ", units));
        return withUnits.of(containerName(server), values);
    }

    /** Whether we made this container. */
    boolean genuine(Container container) {
        return signed.genuine(container) || withUnits.genuine(container);
    }

    /** The units of devices that it was given; what an image writes there means nothing. */
    List<String> units(Container container) {
        var written = container.labels().getOrDefault(DEVICES, "");
        return written.isEmpty() || !withUnits.genuine(container)
                ? List.of()
                : List.of(written.split(" "));
    }

    /** Whether it belongs to this very start of this server; only asked of genuine ones. */
    boolean belongs(Container container, Server server) {
        return container.labels().getOrDefault(SERVER, "").equals(Long.toString(server.id()))
                && container.labels().getOrDefault(SPAWN, "").equals(server.spawnId());
    }

    /** The server a genuine container was made for. */
    long serverOf(Container container) {
        return Long.parseLong(container.labels().getOrDefault(SERVER, "0"));
    }
}
