package org.lyceum.hub;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import org.lyceum.platform.http.Json;
import org.lyceum.platform.http.Request;
import org.lyceum.platform.kernel.Problem;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads what clients send to the API, with the words JupyterHub has for what is wrong with it. */
final class Bodies {

    private Bodies() {}

    /** An object; one without keys when there is no body. */
    static ObjectNode object(Request request) {
        return request.json().map(Bodies::asObject).orElseGet(Json::object);
    }

    /** An object that has none but {@code known} keys. */
    static ObjectNode object(Request request, Set<String> known) {
        var body = object(request);
        var unknown = new ArrayList<String>();
        body.fieldNames().forEachRemaining(key -> unknown.add(key));
        unknown.removeAll(known);
        if (!unknown.isEmpty()) {
            throw Problem.invalid(
                    "body.unknown-keys", "Invalid JSON keys: " + String.join(", ", unknown));
        }
        return body;
    }

    static ObjectNode asObject(JsonNode node) {
        if (node instanceof ObjectNode object) {
            return object;
        }
        throw Problem.invalid("body.not-an-object", "Body must be a JSON dict or empty");
    }

    /** A flag; empty when it is absent or null. */
    static Optional<Boolean> flag(ObjectNode body, String key) {
        var node = body.get(key);
        if (node == null || node.isNull()) {
            return Optional.empty();
        }
        if (!node.isBoolean()) {
            throw wrongType(key, "a boolean");
        }
        return Optional.of(node.booleanValue());
    }

    /** A text; empty when it is absent or null. */
    static Optional<String> text(ObjectNode body, String key) {
        var node = body.get(key);
        if (node == null || node.isNull()) {
            return Optional.empty();
        }
        if (!node.isTextual()) {
            throw wrongType(key, "a string");
        }
        return Optional.of(node.textValue());
    }

    /** A list of texts; empty when it is absent or null. */
    static Optional<List<String>> texts(ObjectNode body, String key) {
        var node = body.get(key);
        if (node == null || node.isNull()) {
            return Optional.empty();
        }
        var texts = new ArrayList<String>();
        for (var item : node) {
            if (!item.isTextual()) {
                throw wrongType(key, "a list of strings");
            }
            texts.add(item.textValue());
        }
        if (!node.isArray()) {
            throw wrongType(key, "a list of strings");
        }
        return Optional.of(List.copyOf(texts));
    }

    /** Maps, lists, texts, numbers, flags and nulls. */
    static Map<String, Object> map(ObjectNode body) {
        var map = new LinkedHashMap<String, Object>();
        body.properties().forEach(entry -> map.put(entry.getKey(), plain(entry.getValue())));
        return map;
    }

    @SuppressWarnings("NullAway") // JSON has nulls; they stay what they are
    private static Object plain(JsonNode node) {
        return switch (node.getNodeType()) {
            case OBJECT -> map((ObjectNode) node);
            case ARRAY -> {
                var items = new ArrayList<Object>();
                node.forEach(item -> items.add(plain(item)));
                yield items;
            }
            case NUMBER -> node.numberValue();
            case BOOLEAN -> node.booleanValue();
            case NULL, MISSING -> null;
            default -> node.asText();
        };
    }

    private static Problem wrongType(String key, String wanted) {
        return Problem.invalid("body.wrong-type", key + " must be " + wanted);
    }
}
