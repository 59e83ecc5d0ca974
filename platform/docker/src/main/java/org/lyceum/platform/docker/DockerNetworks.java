package org.lyceum.platform.docker;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.exception.ConflictException;
import com.github.dockerjava.api.exception.DockerException;
import com.github.dockerjava.api.exception.NotFoundException;

import org.jspecify.annotations.Nullable;
import org.lyceum.platform.kernel.Problem;

import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;

/** Makes and finds networks. One at a time: Docker itself lets two networks have the same name. */
final class DockerNetworks {

    /** Whether containers of a network may talk to each other. */
    static final String ICC = "com.docker.network.bridge.enable_icc";

    private static final String BRIDGE = "com.docker.network.bridge.name";

    private final DockerClient docker;
    private final DockerCalls calls;
    private final ReentrantLock making = new ReentrantLock();

    DockerNetworks(DockerClient docker, DockerCalls calls) {
        this.docker = docker;
        this.calls = calls;
    }

    Network ensure(NetworkSpec spec) {
        making.lock();
        try {
            return calls.call(
                    "make a network",
                    () -> {
                        var there = find(spec.name());
                        if (there == null) {
                            create(spec);
                            there = docker.inspectNetworkCmd().withNetworkId(spec.name()).exec();
                        }
                        return checked(spec, there);
                    });
        } finally {
            making.unlock();
        }
    }

    private com.github.dockerjava.api.model.@Nullable Network find(String name) {
        try {
            return docker.inspectNetworkCmd().withNetworkId(name).exec();
        } catch (NotFoundException gone) {
            return null;
        }
    }

    private void create(NetworkSpec spec) {
        try {
            docker.createNetworkCmd()
                    .withName(spec.name())
                    .withDriver("bridge")
                    .withCheckDuplicate(true)
                    .withEnableIpv6(false)
                    .withLabels(spec.labels())
                    .withOptions(Map.of(ICC, "false", BRIDGE, spec.bridge()))
                    .exec();
        } catch (ConflictException madeMeanwhile) {
            // by another process; whether it is the right one is checked next
        }
    }

    /** A network that lets containers talk to each other must never be taken for ours. */
    private static Network checked(
            NetworkSpec spec, com.github.dockerjava.api.model.Network there) {
        var options = there.getOptions();
        var labels = there.getLabels();
        boolean ours =
                "bridge".equals(there.getDriver())
                        && options != null
                        && "false".equals(options.get(ICC))
                        && spec.bridge().equals(options.get(BRIDGE))
                        && labels != null
                        && labels.entrySet().containsAll(spec.labels().entrySet());
        var addresses = there.getIpam() == null ? null : there.getIpam().getConfig();
        if (!ours || addresses == null || addresses.isEmpty()) {
            throw Problem.conflict(
                    "network.foreign",
                    "A network named "
                            + spec.name()
                            + " exists and is not the platform's; the operator"
                            + " must remove it ('docker network rm "
                            + spec.name()
                            + "').");
        }
        var first = addresses.getFirst();
        return new Network(there.getId(), spec.name(), first.getGateway(), first.getSubnet());
    }

    boolean remove(String name) {
        return calls.call(
                "remove a network",
                () -> {
                    try {
                        docker.removeNetworkCmd(name).exec();
                        return true;
                    } catch (NotFoundException gone) {
                        return false;
                    } catch (DockerException e) {
                        var message = e.getMessage();
                        if (message != null && message.contains("has active endpoints")) {
                            throw new Problem(
                                    Problem.Kind.CONFLICT,
                                    "network.in-use",
                                    "The network still has containers; stop them first.",
                                    e);
                        }
                        throw e;
                    }
                });
    }
}
