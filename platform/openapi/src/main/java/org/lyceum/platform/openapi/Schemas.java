package org.lyceum.platform.openapi;

import com.fasterxml.jackson.databind.node.ObjectNode;

import org.lyceum.platform.http.Json;
import org.lyceum.platform.http.Shape;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * JSON Schema (2020-12, OpenAPI 3.1's own) from shapes. Objects with a name are gathered and
 * referred to.
 */
final class Schemas {

    private final Map<String, Shape> shapes = new LinkedHashMap<>();
    private final ObjectNode components = Json.object();

    /** Every object with a name that was met so far. */
    ObjectNode components() {
        return components;
    }

    ObjectNode of(Shape shape) {
        return switch (shape) {
            case Shape.Anything any -> Json.object();
            case Shape.Plain plain -> plain(plain);
            case Shape.ListOf(var item) -> {
                var schema = Json.object().put("type", "array");
                schema.set("items", of(item));
                yield schema;
            }
            case Shape.MapOf(var value) -> {
                var schema = Json.object().put("type", "object");
                schema.set("additionalProperties", of(value));
                yield schema;
            }
            case Shape.Either(var shapes) -> anyOf(shapes.stream().map(this::of).toList());
            case Shape.OrNull(var inner) -> orNull(inner);
            case Shape.Written written -> of(written.object());
            case Shape.ObjectOf object ->
                    object.name().isEmpty() ? object(object) : reference(object);
        };
    }

    private static ObjectNode plain(Shape.Plain plain) {
        var schema = Json.object().put("type", plain.type());
        if (!plain.format().isEmpty()) {
            schema.put("format", plain.format());
        }
        if (!plain.values().isEmpty()) {
            var values = schema.putArray("enum");
            plain.values().forEach(values::add);
        }
        return schema;
    }

    private ObjectNode orNull(Shape inner) {
        var schema = of(inner);
        if (!(inner instanceof Shape.Plain plain)) {
            return anyOf(List.of(schema, Json.object().put("type", "null")));
        }
        schema.putArray("type").add(plain.type()).add("null");
        if (!plain.values().isEmpty()) {
            schema.withArray("enum").addNull();
        }
        return schema;
    }

    private static ObjectNode anyOf(List<ObjectNode> choices) {
        var schema = Json.object();
        schema.putArray("anyOf").addAll(choices);
        return schema;
    }

    private ObjectNode reference(Shape.ObjectOf object) {
        var there = shapes.putIfAbsent(object.name(), object);
        if (there == null) {
            components.putNull(object.name()); // keeps the order in which they are met
            components.set(object.name(), object(object));
        } else if (!there.equals(object)) {
            throw new IllegalStateException("two shapes have the name " + object.name());
        }
        return Json.object().put("$ref", "#/components/schemas/" + object.name());
    }

    private ObjectNode object(Shape.ObjectOf object) {
        var schema = Json.object().put("type", "object");
        var properties = Json.object();
        for (var field : object.fields()) {
            var property = of(field.shape());
            if (!field.meaning().isEmpty()) {
                property.put("description", field.meaning());
            }
            properties.set(field.name(), property);
        }
        schema.set("properties", properties);
        var required = object.fields().stream().filter(Shape.Field::required).toList();
        if (!required.isEmpty()) {
            var names = schema.putArray("required");
            required.forEach(field -> names.add(field.name()));
        }
        return schema;
    }
}
