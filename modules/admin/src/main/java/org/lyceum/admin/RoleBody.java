package org.lyceum.admin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import org.jspecify.annotations.Nullable;
import org.lyceum.platform.http.Json;
import org.lyceum.platform.http.Request;
import org.lyceum.platform.kernel.Problem;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What the panel sends about roles, scopes and services. */
record RoleBody(ObjectNode json) {

    static RoleBody of(Request request, Set<String> known) {
        if (!(request.json().orElseGet(Json::object) instanceof ObjectNode object)) {
            throw Problem.invalid("body.not-an-object", "Send a JSON object.");
        }
        object.fieldNames()
                .forEachRemaining(
                        key -> {
                            if (!known.contains(key)) {
                                throw Problem.invalid(
                                        "body.unknown-keys",
                                        "There is no field '" + key + "' here.");
                            }
                        });
        return new RoleBody(object);
    }

    @Nullable String text(String key) {
        return value(key)
                .map(node -> require(key, node, node.isTextual(), "a text").textValue())
                .orElse(null);
    }

    boolean flag(String key, boolean otherwise) {
        return value(key)
                .map(node -> require(key, node, node.isBoolean(), "true or false").booleanValue())
                .orElse(otherwise);
    }

    List<String> texts(String key) {
        var node = value(key);
        if (node.isEmpty()) {
            return List.of();
        }
        var texts = new ArrayList<String>();
        require(key, node.get(), node.get().isArray(), "a list of texts")
                .forEach(
                        item ->
                                texts.add(
                                        require(key, item, item.isTextual(), "a list of texts")
                                                .textValue()));
        return texts;
    }

    /** The version that a change is based on; empty for something new. */
    Optional<Long> version() {
        return value("version")
                .map(
                        node ->
                                require("version", node, node.canConvertToLong(), "a whole number")
                                        .longValue());
    }

    private Optional<JsonNode> value(String key) {
        return Optional.ofNullable(json.get(key)).filter(node -> !node.isNull());
    }

    private static JsonNode require(String key, JsonNode node, boolean fits, String wanted) {
        if (!fits) {
            throw Problem.invalid("body.wrong-type", key + " must be " + wanted);
        }
        return node;
    }
}
