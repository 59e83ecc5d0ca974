package org.lyceum.catalog;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import org.jspecify.annotations.Nullable;
import org.lyceum.platform.kernel.Bytes;

import java.util.ArrayList;
import java.util.List;

/** A profile's options as its row keeps them. */
final class OptionsJson {

    private static final ObjectMapper JSON = new ObjectMapper();

    private OptionsJson() {}

    static String write(List<ProfileOption> options) {
        var list = JSON.createArrayNode();
        options.forEach(option -> list.add(write(option)));
        return list.toString();
    }

    private static ObjectNode write(ProfileOption option) {
        var node = JSON.createObjectNode().put("name", option.name()).put("title", option.title());
        var choices = node.putArray("choices");
        option.choices().forEach(choice -> write(choices, choice));
        var free = option.freeImage();
        if (free != null) {
            node.putObject("freeImage")
                    .put("title", free.title())
                    .put("pattern", free.pattern())
                    .put("advice", free.advice());
        }
        return node;
    }

    private static void write(ArrayNode choices, Choice choice) {
        var change = choice.change();
        choices.addObject()
                .put("name", choice.name())
                .put("title", choice.title())
                .put("initial", choice.initial())
                .put("environmentId", change.environmentId())
                .put("memoryBytes", value(change.memory()))
                .put("promisedBytes", value(change.promised()))
                .put("milliCpus", change.milliCpus())
                .set("device", device(change.device()));
    }

    private static @Nullable ObjectNode device(@Nullable DeviceWish wish) {
        return wish == null
                ? null
                : JSON.createObjectNode().put("kind", wish.kind()).put("count", wish.count());
    }

    private static @Nullable Long value(@Nullable Bytes bytes) {
        return bytes == null ? null : bytes.value();
    }

    static List<ProfileOption> read(String json) {
        try {
            var options = new ArrayList<ProfileOption>();
            JSON.readTree(json).forEach(node -> options.add(option(node)));
            return options;
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("the table only takes JSON lists", e);
        }
    }

    private static ProfileOption option(JsonNode node) {
        var choices = new ArrayList<Choice>();
        node.path("choices").forEach(choice -> choices.add(choice(choice)));
        var free = node.get("freeImage");
        return new ProfileOption(
                node.path("name").asText(),
                node.path("title").asText(),
                choices,
                free == null
                        ? null
                        : new FreeImage(
                                free.path("title").asText(),
                                free.path("pattern").asText(),
                                free.path("advice").asText()));
    }

    private static Choice choice(JsonNode node) {
        var milliCpus = number(node, "milliCpus");
        return new Choice(
                node.path("name").asText(),
                node.path("title").asText(),
                node.path("initial").asBoolean(),
                new Change(
                        number(node, "environmentId"),
                        bytes(node, "memoryBytes"),
                        bytes(node, "promisedBytes"),
                        milliCpus == null ? null : Math.toIntExact(milliCpus),
                        wish(node.path("device"))));
    }

    private static @Nullable DeviceWish wish(JsonNode node) {
        return node.isObject()
                ? new DeviceWish(node.path("kind").asText(), node.path("count").asInt())
                : null;
    }

    private static @Nullable Bytes bytes(JsonNode node, String key) {
        var number = number(node, key);
        return number == null ? null : new Bytes(number);
    }

    private static @Nullable Long number(JsonNode node, String key) {
        return node.hasNonNull(key) ? node.get(key).longValue() : null;
    }
}
