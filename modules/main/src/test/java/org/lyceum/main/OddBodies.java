package org.lyceum.main;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

import org.lyceum.main.RestDocument.Operation;

import java.util.ArrayList;
import java.util.List;

/** Bodies that nobody means, for an operation as its document describes it. */
final class OddBodies {

    private static final ObjectMapper JSON = new ObjectMapper();

    private OddBodies() {}

    /** JSON with the right keys and odd values, odd keys, and text that is no JSON. */
    static Arbitrary<String> of(Operation operation) {
        var value = values();
        var key = Arbitraries.of(keys(operation)).map(k -> '"' + k + '"');
        var entry = Combinators.combine(key, value).as((k, v) -> k + ":" + v);
        var object = entry.list().ofMaxSize(4).map(e -> "{" + String.join(",", e) + "}");
        var broken =
                Arbitraries.of(
                        "",
                        "{",
                        "[]",
                        "null",
                        "\u0000",
                        "{\"a\":",
                        "{'a':1}",
                        "{\"a\":1}}",
                        "NaN",
                        "\"text\"",
                        "[".repeat(2_000),
                        "{\"a\":".repeat(1_500),
                        "1".repeat(2_000),
                        "{\"servers\":{\"\":null}}",
                        "{\"servers\":{\"\":{\"last_activity\":[]}}}",
                        "{\"auth\":{\"username\":[],\"password\":1}}");
        return Arbitraries.frequencyOf(
                net.jqwik.api.Tuple.of(6, object),
                net.jqwik.api.Tuple.of(1, broken),
                net.jqwik.api.Tuple.of(1, value));
    }

    private static Arbitrary<String> values() {
        var odd =
                Arbitraries.of(
                        "null",
                        "true",
                        "0",
                        "-1",
                        "1e400",
                        "-1e-400",
                        "9223372036854775807",
                        "-9223372036854775808",
                        "99999999999999999999",
                        "1".repeat(900),
                        "1.5",
                        "\"\"",
                        "\"ada\"",
                        "\"..\"",
                        "\"a/b\"",
                        "\"\\ud800\"",
                        "\"\\u0000\"",
                        "\"" + "x".repeat(300) + "\"",
                        "\"9999-12-31T23:59:59Z\"",
                        "\"-999999999-01-01T00:00:00Z\"",
                        "\"2026-01-01T00:00:00\"",
                        "[]",
                        "{}",
                        "[null]",
                        "[1]",
                        "[[\"a\"]]",
                        "[\"ada\",\"ada\"]",
                        "[\"nobody\"]",
                        "{\"a\":{\"b\":[1]}}");
        var text =
                Arbitraries.strings()
                        .ofMaxLength(12)
                        .map(
                                s -> {
                                    try {
                                        return JSON.writeValueAsString(s);
                                    } catch (JsonProcessingException e) {
                                        return "\"\"";
                                    }
                                });
        return Arbitraries.oneOf(
                odd, odd, text, text.list().ofMaxSize(3).map(l -> "[" + String.join(",", l) + "]"));
    }

    /** Every key that the body may have, and some that none has. */
    private static List<String> keys(Operation operation) {
        var keys = new ArrayList<>(List.of("", "__proto__"));
        operation
                .json()
                .at("/requestBody/content/application~1json/schema/properties")
                .fieldNames()
                .forEachRemaining(keys::add);
        return keys;
    }
}
