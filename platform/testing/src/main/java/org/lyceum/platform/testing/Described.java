package org.lyceum.platform.testing;

import com.fasterxml.jackson.databind.JsonNode;

import org.lyceum.platform.http.Json;
import org.lyceum.platform.http.Operation;
import org.lyceum.platform.http.Shape;

import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;

/**
 * Compares JSON with the shape that the reference gives it: no key that is not described, none
 * missing that is always there, no other type.
 */
public final class Described {

    private final BiConsumer<String, String> seen;
    private final List<String> differences = new ArrayList<>();

    /**
     * @param seen told the name of each described object and the key that was there
     */
    private Described(BiConsumer<String, String> seen) {
        this.seen = seen;
    }

    /** What differs, one sentence each; empty when all is as described. */
    public static List<String> differences(Shape shape, JsonNode json) {
        return differences(shape, json, (object, key) -> {});
    }

    /**
     * @param seen told the name of each described object (empty for those in place) and each key
     *     that was there
     */
    public static List<String> differences(
            Shape shape, JsonNode json, BiConsumer<String, String> seen) {
        var described = new Described(seen);
        described.compare("body", shape, json);
        return List.copyOf(described.differences);
    }

    /** The same for a whole answer: its status must be described, and its body accordingly. */
    public static List<String> differences(
            Operation operation, int status, String mediaType, byte[] body, Shape failure) {
        var answers = operation.answers().stream().filter(a -> a.status() == status).toList();
        if (answers.isEmpty()) {
            return status < 400 ? List.of("status " + status) : differences(failure, json(body));
        }
        for (var answer : answers) {
            var shape = answer.shape();
            if (shape != null) {
                return differences(shape, json(body));
            }
            if (answer.mediaType().isEmpty() && status >= 400) {
                return differences(failure, json(body));
            }
            if (answer.mediaType().isEmpty() && body.length > 0) {
                return List.of("a body where none is described");
            }
            if (!mediaType.startsWith(answer.mediaType())) {
                return List.of("content type " + mediaType);
            }
        }
        return List.of();
    }

    private static JsonNode json(byte[] body) {
        return Json.parse(body);
    }

    private void compare(String at, Shape shape, JsonNode json) {
        switch (shape) {
            case Shape.Anything any -> {}
            case Shape.Plain plain -> expect(at, fits(plain, json), plain.type(), json);
            case Shape.OrNull(var inner) -> {
                if (!json.isNull()) {
                    compare(at, inner, json);
                }
            }
            case Shape.ListOf(var item) -> {
                expect(at, json.isArray(), "a list", json);
                int i = 0;
                for (var element : json) {
                    compare(at + "[" + i++ + "]", item, element);
                }
            }
            case Shape.MapOf(var value) -> {
                expect(at, json.isObject(), "an object", json);
                json.properties().forEach(e -> compare(at + "." + e.getKey(), value, e.getValue()));
            }
            case Shape.Either(var shapes) -> either(at, shapes, json);
            case Shape.Written written -> compare(at, written.object(), json);
            case Shape.ObjectOf object -> object(at, object, json);
        }
    }

    private void either(String at, List<Shape> shapes, JsonNode json) {
        for (var shape : shapes) {
            var trial = new Described((object, key) -> {});
            trial.compare(at, shape, json);
            if (trial.differences.isEmpty()) {
                compare(at, shape, json);
                return;
            }
        }
        expect(at, false, "any of its shapes", json);
    }

    private void object(String at, Shape.ObjectOf object, JsonNode json) {
        expect(at, json.isObject(), "an object", json);
        for (var field : object.fields()) {
            var value = json.get(field.name());
            if (value != null) {
                seen.accept(object.name(), field.name());
                compare(at + "." + field.name(), field.shape(), value);
            } else if (field.required()) {
                differences.add(at + " lacks " + field.name());
            }
        }
        json.fieldNames()
                .forEachRemaining(
                        key -> {
                            if (object.fields().stream().noneMatch(f -> f.name().equals(key))) {
                                differences.add(at + " has " + key + ", which is not described");
                            }
                        });
    }

    private static boolean fits(Shape.Plain plain, JsonNode json) {
        return switch (plain.type()) {
            case "string" -> json.isTextual() && fits(plain, json.textValue());
            case "integer" -> json.isIntegralNumber();
            case "number" -> json.isNumber();
            case "boolean" -> json.isBoolean();
            default -> throw new IllegalArgumentException("no such type: " + plain.type());
        };
    }

    private static boolean fits(Shape.Plain plain, String text) {
        if (!plain.values().isEmpty() && !plain.values().contains(text)) {
            return false;
        }
        return !plain.format().equals("date-time") || isTime(text);
    }

    private static boolean isTime(String text) {
        try {
            return Instant.parse(text).toString() != null;
        } catch (DateTimeParseException e) {
            return false;
        }
    }

    private void expect(String at, boolean holds, String wanted, JsonNode json) {
        if (!holds) {
            differences.add(at + " is no " + wanted + ": " + json.getNodeType());
        }
    }
}
