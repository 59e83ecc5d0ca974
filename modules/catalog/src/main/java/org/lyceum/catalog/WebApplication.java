package org.lyceum.catalog;

import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * How a program is served that knows nothing of Jupyter: it listens on a port, and the gateway lets
 * nobody through to it whom the hub does not know.
 *
 * @param readyPath answers below 500 once the program is up; begins with a slash
 * @param stripsPrefix whether it believes to be at {@code /}; else it serves below the address that
 *     people use
 */
public record WebApplication(int port, String readyPath, boolean stripsPrefix) {

    void writeTo(ObjectNode snapshot) {
        snapshot.putObject("web")
                .put("port", port)
                .put("readyPath", readyPath)
                .put("stripsPrefix", stripsPrefix);
    }
}
