package org.lyceum.platform.docker;

import com.github.dockerjava.api.command.InspectContainerResponse;
import com.github.dockerjava.api.model.ContainerNetwork;

import org.jspecify.annotations.Nullable;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;

/** Turns Docker's two descriptions of a container into ours. */
final class Containers {

    private Containers() {}

    static Container of(InspectContainerResponse there) {
        var labels = there.getConfig().getLabels();
        var settings = there.getNetworkSettings();
        return new Container(
                there.getId(),
                bare(there.getName()),
                there.getImageId(),
                labels == null ? Map.of() : labels,
                state(there.getState().getStatus()),
                address(settings == null ? null : settings.getNetworks()),
                exit(there.getState()));
    }

    static Container of(com.github.dockerjava.api.model.Container listed) {
        var names = listed.getNames();
        var labels = listed.getLabels();
        var image = listed.getImageId();
        var settings = listed.getNetworkSettings();
        return new Container(
                listed.getId(),
                names == null || names.length == 0 ? "" : bare(names[0]),
                image == null ? "" : image,
                labels == null ? Map.of() : labels,
                state(listed.getState()),
                address(settings == null ? null : settings.getNetworks()),
                null);
    }

    private static String bare(String name) {
        return name.startsWith("/") ? name.substring(1) : name;
    }

    private static Container.State state(@Nullable String written) {
        if (written == null) {
            return Container.State.DEAD;
        }
        try {
            return Container.State.valueOf(written.toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            throw new IllegalStateException("a container state we do not know: " + written, e);
        }
    }

    private static @Nullable String address(@Nullable Map<String, ContainerNetwork> networks) {
        if (networks == null) {
            return null;
        }
        for (var network : networks.values()) {
            var address = network.getIpAddress();
            if (address != null && !address.isEmpty()) {
                return address;
            }
        }
        return null;
    }

    private static Container.@Nullable Exit exit(InspectContainerResponse.ContainerState state) {
        var now = state(state.getStatus());
        if (now != Container.State.EXITED && now != Container.State.DEAD) {
            return null;
        }
        var code = state.getExitCodeLong();
        return new Container.Exit(
                code == null ? -1 : code,
                Boolean.TRUE.equals(state.getOOMKilled()),
                instant(state.getFinishedAt()));
    }

    private static @Nullable Instant instant(@Nullable String written) {
        if (written == null) {
            return null;
        }
        try {
            return Instant.parse(written);
        } catch (DateTimeException e) { // Docker writes an offset on some hosts; nobody needs it
            return null;
        }
    }
}
