package org.lyceum.catalog;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;

import org.jspecify.annotations.Nullable;
import org.lyceum.platform.kernel.Bytes;

/**
 * What a server's row still knows of the {@link LaunchSpec} it was started from.
 *
 * @param memory its limit, which may be more than was promised; null in rows of the first version
 * @param network what it reaches
 * @param web how it is served; null for a Jupyter server
 * @param profileId what was picked; null in rows of versions that did not write it down
 * @param device that it was to have; null for none
 */
public record Launched(
        @Nullable Bytes memory,
        NetworkAccess network,
        @Nullable WebApplication web,
        @Nullable Long profileId,
        @Nullable DeviceWish device) {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** Of rows that versions wrote which had no other. */
    private static final NetworkAccess EARLIER = NetworkAccess.COMMUNITY;

    public static Launched of(String snapshot) {
        try {
            var node = JSON.readTree(snapshot);
            var memory = node.path("memoryBytes");
            var web = node.path("web");
            var profile = node.path("profileId");
            var device = node.path("device");
            return new Launched(
                    memory.canConvertToLong() ? new Bytes(memory.longValue()) : null,
                    NetworkAccess.of(node.path("network").asText(EARLIER.word())),
                    web.isObject()
                            ? new WebApplication(
                                    web.path("port").asInt(),
                                    web.path("readyPath").asText("/"),
                                    web.path("stripsPrefix").asBoolean())
                            : null,
                    profile.canConvertToLong() ? profile.longValue() : null,
                    device.isObject()
                            ? new DeviceWish(
                                    device.path("kind").asText(), device.path("count").asInt())
                            : null);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("the table only takes JSON objects", e);
        }
    }
}
