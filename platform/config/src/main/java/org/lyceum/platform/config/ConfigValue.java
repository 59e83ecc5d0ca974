package org.lyceum.platform.config;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One value as the operator gave it.
 *
 * @param items the text, or the texts of a list
 * @param source for the log: "file" or "environment"
 */
record ConfigValue(List<String> items, Shape shape, String source) {

    enum Shape {
        TEXT,
        NUMBER,
        FLAG,
        LIST,
        /** From the environment: a text that may stand for any of the others. */
        ANY,
        /** A table, a date, a list of something else than texts. */
        OTHER
    }

    static ConfigValue ofFile(JsonNode node) {
        if (node.isArray()) {
            var items = new ArrayList<String>();
            for (var item : node) {
                if (!item.isTextual()) {
                    return new ConfigValue(List.of(node.toString()), Shape.OTHER, "file");
                }
                items.add(item.textValue());
            }
            return new ConfigValue(List.copyOf(items), Shape.LIST, "file");
        }
        var shape =
                node.isTextual()
                        ? Shape.TEXT
                        : node.isIntegralNumber()
                                ? Shape.NUMBER
                                : node.isBoolean() ? Shape.FLAG : Shape.OTHER;
        return new ConfigValue(List.of(node.asText()), shape, "file");
    }

    static ConfigValue ofEnvironment(String text) {
        return new ConfigValue(List.of(text), Shape.ANY, "environment");
    }

    /** The text, if this has the shape {@code wanted} or may stand for it. */
    Optional<String> as(Shape wanted) {
        return shape == wanted || shape == Shape.ANY ? Optional.of(items.getFirst()) : Optional.empty();
    }

    String written() {
        return shape == Shape.LIST ? items.toString() : items.getFirst();
    }
}
