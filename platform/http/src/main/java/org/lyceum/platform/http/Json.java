package org.lyceum.platform.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.ser.std.ToStringSerializer;

import org.lyceum.platform.kernel.Problem;

import java.io.IOException;
import java.time.Instant;

/** Reads and writes JSON. The mapper is shared: it is thread-safe and slow to make. */
public final class Json {

    /** Times are written as their ISO 8601 text, which is what {@link Shape#time} says. */
    private static final ObjectMapper MAPPER =
            new ObjectMapper()
                    .registerModule(
                            new SimpleModule()
                                    .addSerializer(Instant.class, ToStringSerializer.instance));

    private Json() {}

    /**
     * @throws Problem INVALID body.not-json
     */
    public static JsonNode parse(byte[] text) {
        try {
            var node = MAPPER.readTree(text);
            if (node == null || node.isMissingNode()) {
                throw Problem.invalid("body.not-json", "Invalid JSON in body of request");
            }
            return node;
        } catch (IOException e) {
            throw new Problem(
                    Problem.Kind.INVALID, "body.not-json", "Invalid JSON in body of request", e);
        }
    }

    public static ObjectNode object() {
        return MAPPER.createObjectNode();
    }

    /** Anything Jackson knows: trees, maps, lists, records. */
    public static byte[] bytes(Object value) {
        try {
            return MAPPER.writeValueAsBytes(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a model of ours must be writable", e);
        }
    }

    /** A JSON tree from maps, lists and records. */
    public static JsonNode tree(Object value) {
        return MAPPER.valueToTree(value);
    }
}
