package org.lyceum.slots;

import java.util.List;
import java.util.Map;

/**
 * What a launcher is told, once. Not a log line: it holds a secret.
 *
 * @param env added to what the container has
 * @param cwd where the program begins
 * @param command the whole command line
 */
public record Order(Map<String, String> env, String cwd, List<String> command) {

    public Order {
        env = Map.copyOf(env);
        command = List.copyOf(command);
    }

    @Override
    public String toString() {
        return "Order[" + cwd + ", " + command + "]";
    }
}
