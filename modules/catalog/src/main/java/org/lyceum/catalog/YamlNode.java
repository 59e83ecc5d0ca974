package org.lyceum.catalog;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A mapping in somebody's YAML, and where it is.
 *
 * @param left where what cannot be taken is noted
 */
record YamlNode(String place, Map<?, ?> values, List<String> left) {

    /** More remarks than anybody reads; the rest is dropped. */
    private static final int MAX_LEFT = 500;

    YamlNode(String place, @Nullable Object value, List<String> left) {
        this(place, value instanceof Map<?, ?> map ? map : Map.of(), left);
    }

    YamlNode named(String name) {
        return new YamlNode(name, values, left);
    }

    void leave(String sentence) {
        if (left.size() < MAX_LEFT) {
            left.add(place + ": " + sentence);
        }
    }

    void leaveAllBut(Set<String> known) {
        for (var key : keys()) {
            if (!known.contains(key)) {
                leave(key + " was not taken");
            }
        }
    }

    List<String> keys() {
        return values.keySet().stream().map(String::valueOf).toList();
    }

    @Nullable Object value(String key) {
        return values.get(key);
    }

    /** Text and numbers; null when absent, empty or something else. */
    @Nullable String text(String key) {
        return switch (values.get(key)) {
            case String text when !text.isBlank() -> text.strip();
            case Number number -> number.toString();
            case null, default -> null;
        };
    }

    boolean flag(String key) {
        return Boolean.TRUE.equals(values.get(key));
    }

    List<String> texts(String key) {
        return values.get(key) instanceof List<?> list
                ? list.stream().map(String::valueOf).toList()
                : List.of();
    }

    YamlNode map(String key) {
        return new YamlNode(place + ", " + key, values.get(key), left);
    }
}
