package org.lyceum.servers;

import org.lyceum.platform.docker.Container;
import org.lyceum.platform.docker.ContainerSpec;
import org.lyceum.platform.docker.NetworkSpec;
import org.lyceum.platform.kernel.CommunityId;
import org.lyceum.platform.kernel.Secret;

import java.util.Map;
import java.util.TreeMap;

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
    private static final String SIGNATURE = ROOT + "signature";

    private final PlatformId platform;
    private final Secret key;

    ServerLabels(PlatformId platform, Secret key) {
        this.platform = platform;
        this.key = key;
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
        return new NetworkSpec(
                platform.shortId(),
                community,
                Map.of(
                        ContainerSpec.PLATFORM_LABEL,
                        platform.value(),
                        COMMUNITY,
                        community.toString()));
    }

    Map<String, String> of(Server server) {
        var labels = new TreeMap<String, String>();
        labels.put(ContainerSpec.PLATFORM_LABEL, platform.value());
        labels.put(COMMUNITY, server.key().community().toString());
        labels.put(USER, server.key().user().toString());
        labels.put(SERVER, Long.toString(server.id()));
        labels.put(SPAWN, server.spawnId());
        labels.put(SIGNATURE, signature(containerName(server), labels));
        return labels;
    }

    /** Whether we made this container. */
    boolean genuine(Container container) {
        var labels = container.labels();
        var claimed = labels.get(SIGNATURE);
        return platform.value().equals(labels.get(ContainerSpec.PLATFORM_LABEL))
                && claimed != null
                && Secret.same(claimed, signature(container.name(), labels));
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

    /** An image may add labels of its own, so only ours are signed, each with its key. */
    private String signature(String name, Map<String, String> labels) {
        var text = new StringBuilder("container=").append(name);
        for (var label :
                new String[] {ContainerSpec.PLATFORM_LABEL, COMMUNITY, USER, SERVER, SPAWN}) {
            text.append('\n').append(label).append('=').append(labels.getOrDefault(label, ""));
        }
        return key.sign(text.toString());
    }
}
