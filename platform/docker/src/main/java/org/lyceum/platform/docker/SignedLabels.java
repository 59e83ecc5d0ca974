package org.lyceum.platform.docker;

import org.lyceum.platform.kernel.PlatformId;
import org.lyceum.platform.kernel.Secret;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Labels of one kind of container, signed: without the key nobody can make a container that
 * recovery would take for one of ours. Immutable.
 */
public final class SignedLabels {

    private static final String SIGNATURE = "org.lyceum.signature";

    private final PlatformId platform;
    private final Secret key;
    private final List<String> kinds;

    /**
     * @param labels what is signed besides the container's name and {@link
     *     ContainerSpec#PLATFORM_LABEL}; an image may add others, which mean nothing
     */
    public SignedLabels(PlatformId platform, Secret key, List<String> labels) {
        this.platform = platform;
        this.key = key;
        this.kinds = List.copyOf(labels);
    }

    /** The values with the platform and the signature. */
    public Map<String, String> of(String containerName, Map<String, String> values) {
        var labels = new TreeMap<>(values);
        labels.put(ContainerSpec.PLATFORM_LABEL, platform.value());
        labels.put(SIGNATURE, signature(containerName, labels));
        return labels;
    }

    /** Whether we made this container, and for this. */
    public boolean genuine(Container container) {
        var labels = container.labels();
        var claimed = labels.get(SIGNATURE);
        return platform.value().equals(labels.get(ContainerSpec.PLATFORM_LABEL))
                && claimed != null
                && Secret.same(claimed, signature(container.name(), labels));
    }

    private String signature(String name, Map<String, String> labels) {
        var text = new StringBuilder("container=").append(name);
        append(text, ContainerSpec.PLATFORM_LABEL, labels);
        for (var kind : kinds) {
            append(text, kind, labels);
        }
        return key.sign(text.toString());
    }

    private static void append(StringBuilder text, String label, Map<String, String> labels) {
        text.append('\n').append(label).append('=').append(labels.getOrDefault(label, ""));
    }
}
