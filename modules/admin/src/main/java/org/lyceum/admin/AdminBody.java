package org.lyceum.admin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import org.jspecify.annotations.Nullable;
import org.lyceum.platform.http.Json;
import org.lyceum.platform.http.Request;
import org.lyceum.platform.kernel.Problem;

import java.util.Optional;
import java.util.Set;

/** What the panel sends: an object with none but known keys. */
final class AdminBody {

    private final ObjectNode json;

    private AdminBody(ObjectNode json) {
        this.json = json;
    }

    /**
     * @throws Problem INVALID body.not-json, body.not-an-object, body.unknown-keys
     */
    static AdminBody of(Request request, String... known) {
        return of(request.json().orElseGet(Json::object), known);
    }

    private static AdminBody of(JsonNode node, String... known) {
        if (!(node instanceof ObjectNode object)) {
            throw Problem.invalid("body.not-an-object", "Send a JSON object.");
        }
        var keys = Set.of(known);
        object.fieldNames()
                .forEachRemaining(
                        key -> {
                            if (!keys.contains(key)) {
                                throw Problem.invalid(
                                        "body.unknown-keys",
                                        "There is no field '" + key + "' here.");
                            }
                        });
        return new AdminBody(object);
    }

    /** A text; empty when it is absent or null. */
    Optional<String> text(String key) {
        return value(key).map(node -> require(key, node, node.isTextual(), "a text").textValue());
    }

    Optional<Boolean> flag(String key) {
        return value(key)
                .map(node -> require(key, node, node.isBoolean(), "true or false").booleanValue());
    }

    Optional<Integer> whole(String key) {
        return value(key)
                .map(
                        node ->
                                require(
                                                key,
                                                node,
                                                node.isIntegralNumber() && node.canConvertToInt(),
                                                "a whole number")
                                        .intValue());
    }

    /** A number of bytes or of things; empty when it is absent or null. */
    Optional<Long> size(String key) {
        return value(key)
                .map(
                        node ->
                                require(
                                                key,
                                                node,
                                                node.isIntegralNumber() && node.canConvertToLong(),
                                                "a whole number")
                                        .longValue());
    }

    /** A text that must be there. */
    String required(String key) {
        return text(key).orElseThrow(() -> missing(key));
    }

    /** The version that the change is based on. */
    long version() {
        return value("version")
                .map(
                        node ->
                                require(
                                                "version",
                                                node,
                                                node.isIntegralNumber() && node.canConvertToLong(),
                                                "a whole number")
                                        .longValue())
                .orElseThrow(() -> missing("version"));
    }

    /** An object in the object; null when it is absent or null. */
    @Nullable AdminBody object(String key, String... known) {
        return value(key).map(node -> of(node, known)).orElse(null);
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

    static Problem missing(String key) {
        return Problem.invalid("body.missing", key + " is missing.");
    }
}
