package org.lyceum.catalog;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;

import org.jspecify.annotations.Nullable;

/**
 * How a program is served that knows nothing of Jupyter: it listens on a port, and the gateway lets
 * nobody through to it whom the hub does not know.
 *
 * @param readyPath answers below 500 once the program is up; begins with a slash
 * @param stripsPrefix whether it believes to be at {@code /}; else it serves below the address that
 *     people use
 */
public record WebApplication(int port, String readyPath, boolean stripsPrefix) {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String KEY = "web";

    /** The one that a {@link LaunchSpec#snapshot} tells of; null for a Jupyter server. */
    public static @Nullable WebApplication ofSnapshot(String snapshot) {
        if (!snapshot.contains("\"" + KEY + "\"")) {
            return null; // nearly always, and this is read with every server's row
        }
        try {
            var web = JSON.readTree(snapshot).path(KEY);
            return web.isObject()
                    ? new WebApplication(
                            web.path("port").asInt(),
                            web.path("readyPath").asText("/"),
                            web.path("stripsPrefix").asBoolean())
                    : null;
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("the table only takes JSON objects", e);
        }
    }

    void writeTo(ObjectNode snapshot) {
        snapshot.putObject(KEY)
                .put("port", port)
                .put("readyPath", readyPath)
                .put("stripsPrefix", stripsPrefix);
    }
}
