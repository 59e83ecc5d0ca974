package org.lyceum.platform.config;

import java.util.List;

/** Everything that is wrong with the configuration, each as a sentence for the operator. */
public final class ConfigException extends RuntimeException {

    private final List<String> errors;

    ConfigException(List<String> errors) {
        super("the configuration has errors:\n  " + String.join("\n  ", errors));
        this.errors = List.copyOf(errors);
    }

    public List<String> errors() {
        return errors;
    }
}
