package org.lyceum.main;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One request of the scripted session.
 *
 * @param section the heading it stands under
 * @param name unique: the line as it is written, and the how-manieth of its kind it is
 * @param actor who asks: {@code nobody}, a name whose token is kept, or {@code @name}, a browser
 * @param body empty when there is none
 * @param headers complete lines
 * @param keep what to remember of the answer, by name: {@code json /pointer}, {@code query key} of
 *     its Location, {@code field name} of its form
 * @param slow whether done (201, 204) and begun (202) are the same
 * @param until pointer and value to wait for, asking again; empty for a request that is compared
 */
record SessionStep(
        String section,
        String name,
        String actor,
        String method,
        String target,
        String body,
        List<String> headers,
        Map<String, String> keep,
        boolean slow,
        List<String> until) {

    /** A script: {@code == section}, then requests; what belongs to a request is indented. */
    static List<SessionStep> script(String resource) {
        try (var in = SessionStep.class.getResourceAsStream(resource)) {
            return new Parser().parse(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(resource, e);
        }
    }

    boolean compared() {
        return until.isEmpty();
    }

    private static final class Parser {

        private final List<SessionStep> steps = new ArrayList<>();
        private final Map<String, Integer> seen = new HashMap<>();
        private String section = "";

        List<SessionStep> parse(String script) {
            for (var line : script.lines().toList()) {
                if (line.startsWith("== ")) {
                    section = line.substring(3);
                } else if (line.startsWith("  ")) {
                    steps.addLast(changed(steps.removeLast(), line.strip()));
                } else if (!line.isBlank() && !line.startsWith("#")) {
                    steps.add(request(line.strip()));
                }
            }
            return steps;
        }

        private SessionStep request(String line) {
            var words = line.split("\\s+", 4);
            var written = String.join(" ", words);
            int count = seen.merge(written, 1, Integer::sum);
            return new SessionStep(
                    section,
                    count == 1 ? written : written + " (" + count + ")",
                    words[0],
                    words[1],
                    words[2],
                    words.length == 4 ? words[3] : "",
                    new ArrayList<>(),
                    new LinkedHashMap<>(),
                    false,
                    List.of());
        }

        private static SessionStep changed(SessionStep step, String line) {
            var words = line.split("\\s+", 3);
            switch (words[0]) {
                case "header" -> step.headers.add(line.substring("header ".length()));
                case "keep" -> step.keep.put(words[1], words[2]);
                case "slow" -> {
                    return step.with(true, step.until);
                }
                case "until" -> {
                    return step.with(step.slow, List.of(line.substring(6).split(" = ")));
                }
                default -> throw new IllegalArgumentException(line);
            }
            return step;
        }
    }

    private SessionStep with(boolean mayBeSlow, List<String> condition) {
        return new SessionStep(
                section, name, actor, method, target, body, headers, keep, mayBeSlow, condition);
    }
}
