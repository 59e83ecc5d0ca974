package org.lyceum.catalog;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import org.jspecify.annotations.Nullable;
import org.lyceum.platform.kernel.Bytes;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a trial found; written by {@code trial.py} inside the container.
 *
 * @param failure null when everything went well
 * @param startMillis from the command to its first answer
 * @param memory the most that was in use
 * @param packages names and versions of Python's packages, at most 800
 * @param json the same as the row keeps it
 */
public record TrialReport(
        List<String> steps,
        @Nullable String failure,
        @Nullable Long startMillis,
        @Nullable Bytes memory,
        List<String> packages,
        String json) {

    /** How the line begins that a trial ends with. */
    static final String MARK = "LYCEUM-TRIAL ";

    private static final ObjectMapper JSON = new ObjectMapper();

    /** A container may write anything; what is longer is not ours. */
    private static final int MAX_TEXT = 2_000;

    private static final int MAX_LIST = 1_000;

    public TrialReport {
        steps = List.copyOf(steps);
        packages = List.copyOf(packages);
    }

    /** The report in a container's last words. */
    static Optional<TrialReport> in(List<String> lines) {
        return lines.stream()
                .filter(line -> line.startsWith(MARK))
                .reduce((earlier, later) -> later)
                .flatMap(line -> parsed(line.substring(MARK.length())));
    }

    /** As a row has it. */
    static @Nullable TrialReport ofRow(@Nullable String json) {
        return json == null ? null : parsed(json).orElse(null);
    }

    private static Optional<TrialReport> parsed(String json) {
        try {
            var node = JSON.readTree(json);
            if (!node.isObject()) {
                return Optional.empty();
            }
            var steps = new ArrayList<String>();
            node.path("steps").forEach(step -> add(steps, step.path("name")));
            var packages = new ArrayList<String>();
            node.path("packages").forEach(each -> add(packages, each));
            var failure = node.path("failure");
            var words = node.path("words").asText("");
            var memory = number(node, "memoryBytes");
            return Optional.of(
                    new TrialReport(
                            steps,
                            failure.isTextual()
                                    ? cut(failure.asText() + (words.isBlank() ? "" : "\n" + words))
                                    : null,
                            number(node, "startMillis"),
                            memory == null ? null : new Bytes(memory),
                            packages,
                            node.toString()));
        } catch (JsonProcessingException notOurs) {
            return Optional.empty();
        }
    }

    private static void add(List<String> list, JsonNode text) {
        if (list.size() < MAX_LIST && text.isTextual()) {
            list.add(cut(text.asText()));
        }
    }

    private static String cut(String text) {
        return text.length() > MAX_TEXT ? text.substring(0, MAX_TEXT) : text;
    }

    private static @Nullable Long number(JsonNode node, String key) {
        return node.path(key).canConvertToLong() && node.path(key).asLong() >= 0
                ? node.path(key).asLong()
                : null;
    }
}
