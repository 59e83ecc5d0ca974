package org.lyceum.platform.config;

import java.util.List;

/** Everything that is wrong with the configuration, a sentence each. The program exits with 78. */
public final class ConfigException extends RuntimeException {

    private final transient List<String> errors;

    ConfigException(List<String> errors) {
        super("The configuration has errors:\n  " + String.join("\n  ", errors));
        this.errors = List.copyOf(errors);
    }

    public List<String> errors() {
        return errors;
    }
}
