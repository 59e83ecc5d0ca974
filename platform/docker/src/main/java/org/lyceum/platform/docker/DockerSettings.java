package org.lyceum.platform.docker;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.api.model.Info;

import org.jspecify.annotations.Nullable;
import org.lyceum.platform.docker.EngineSettings.Limit;

import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** Asks the engine how it is set up. */
final class DockerSettings {

    /** The network of containers that name none. */
    private static final String DEFAULT_NETWORK = "bridge";

    private final DockerClient docker;
    private final DockerCalls calls;

    DockerSettings(DockerClient docker, DockerCalls calls) {
        this.docker = docker;
        this.calls = calls;
    }

    EngineSettings ask() {
        return calls.call("say how it is set up", () -> of(docker.infoCmd().exec(), bridgeTalks()));
    }

    private static EngineSettings of(Info info, boolean bridgeTalks) {
        return new EngineSettings(
                text(info.getServerVersion()),
                text(info.getDockerRootDir()),
                text(info.getDriver()),
                text(info.getLoggingDriver()),
                "2".equals(info.getCGroupVersion()) ? 2 : 1,
                raw(info, "LiveRestoreEnabled"),
                limits(info),
                security(info.getSecurityOptions()),
                runtimes(info),
                bridgeTalks);
    }

    private static Set<Limit> limits(Info info) {
        var limits = EnumSet.noneOf(Limit.class);
        add(limits, Limit.MEMORY, Boolean.TRUE.equals(info.getMemoryLimit()));
        add(limits, Limit.SWAP, Boolean.TRUE.equals(info.getSwapLimit()));
        add(limits, Limit.CORES, Boolean.TRUE.equals(info.getCpuCfsQuota()));
        add(limits, Limit.PROCESSES, raw(info, "PidsLimit"));
        return limits;
    }

    private static void add(Set<Limit> limits, Limit limit, boolean there) {
        if (there) {
            limits.add(limit);
        }
    }

    /** What the client library has no name for. */
    private static boolean raw(Info info, String name) {
        return Boolean.TRUE.equals(info.getRawValues().get(name));
    }

    /** Of lines like {@code name=seccomp,profile=default}. */
    private static Set<String> security(@Nullable List<String> options) {
        var names = new HashSet<String>();
        for (var option : Objects.requireNonNullElse(options, List.<String>of())) {
            names.add(option.split(",", 2)[0].replaceFirst("^name=", ""));
        }
        return names;
    }

    private static Set<String> runtimes(Info info) {
        var names = new HashSet<String>();
        if (info.getRawValues().get("Runtimes") instanceof Map<?, ?> runtimes) {
            runtimes.keySet().forEach(name -> names.add(String.valueOf(name)));
        }
        return names;
    }

    private boolean bridgeTalks() {
        try {
            var bridge = docker.inspectNetworkCmd().withNetworkId(DEFAULT_NETWORK).exec();
            var options = bridge.getOptions();
            return options == null || !"false".equals(options.get(DockerNetworks.ICC));
        } catch (NotFoundException none) {
            return false; // an engine without a default network has nobody talk in it
        }
    }

    private static String text(@Nullable String told) {
        return Objects.requireNonNullElse(told, "");
    }
}
