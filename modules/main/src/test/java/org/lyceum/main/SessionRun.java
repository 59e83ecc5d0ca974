package org.lyceum.main;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import org.lyceum.platform.testing.Eventually;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Plays the scripted session against one hub and says what came back, step by step. */
final class SessionRun {

    /** The name both hubs are asked by, so that what they say of themselves is the same. */
    static final String HOST = "hub.example";

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern VARIABLE = Pattern.compile("\\$\\{([\\w%-]+)}");

    private final RawClient client;
    private final Map<String, String> variables = new HashMap<>();
    private final Map<String, CookieJar> jars = new HashMap<>();

    /**
     * @param known values the script may name: tokens of services by their name, {@code password}
     */
    SessionRun(String origin, Map<String, String> known) {
        this.client = new RawClient(origin);
        this.variables.putAll(known);
    }

    /** Facts of every compared step, in order, by the step's name. */
    Map<String, Map<String, String>> play(List<SessionStep> steps) {
        var facts = new LinkedHashMap<String, Map<String, String>>();
        for (var step : steps) {
            if (step.compared()) {
                var answer = ask(step);
                facts.put(step.name(), AnswerFacts.of(step, answer, variables));
            } else {
                waitFor(step);
            }
        }
        return facts;
    }

    private void waitFor(SessionStep step) {
        Eventually.holds(
                step.name() + " has " + step.until(),
                () -> {
                    var answer = ask(step);
                    return answer.status() == 200
                            && json(answer)
                                    .at(step.until().get(0))
                                    .asText()
                                    .equals(step.until().get(1));
                });
    }

    private RawClient.Answer ask(SessionStep step) {
        var target = filled(step, step.target());
        var body = filled(step, step.body());
        var answer = client.send(step.method(), target, headers(step, target, body), body);
        if (step.actor().startsWith("@")) {
            answer.all("Set-Cookie").forEach(jar(step)::keep);
        }
        step.keep().forEach((name, where) -> variables.put(name, kept(step, answer, where)));
        return answer;
    }

    private List<String> headers(SessionStep step, String target, String body) {
        var headers = new ArrayList<String>();
        headers.add("Host: " + HOST);
        if (!body.isEmpty()
                && step.headers().stream().noneMatch(h -> h.startsWith("Content-Type"))) {
            boolean form = body.matches("(?s)\\w+=.*");
            headers.add("Content-Type: application/" + (form ? "x-www-form-urlencoded" : "json"));
        }
        if (step.actor().startsWith("@")) {
            var cookies = jar(step).header(target);
            if (!cookies.isEmpty()) {
                headers.add("Cookie: " + cookies);
            }
        } else if (!step.actor().equals("nobody")) {
            headers.add("Authorization: token " + variable(step, step.actor()));
        }
        step.headers().forEach(line -> headers.add(filled(step, line)));
        return headers;
    }

    private CookieJar jar(SessionStep step) {
        return jars.computeIfAbsent(step.actor(), actor -> new CookieJar());
    }

    private String filled(SessionStep step, String text) {
        return VARIABLE.matcher(text)
                .replaceAll(match -> Matcher.quoteReplacement(variable(step, match.group(1))));
    }

    /** {@code ${xsrf}} is the token in the browser's cookie; {@code ${cookie-NAME}} any other. */
    private String variable(SessionStep step, String name) {
        if (name.equals("xsrf")) {
            var token = jar(step).value("_xsrf", "/hub/").orElse("none");
            return URLEncoder.encode(token, StandardCharsets.UTF_8);
        }
        if (name.startsWith("cookie-")) {
            return jar(step).value(name.substring("cookie-".length()), "/hub/").orElse("none");
        }
        var value = variables.get(name);
        if (value == null) {
            throw new AssertionError(step.name() + ": nothing was kept as " + name);
        }
        return value;
    }

    private static String kept(SessionStep step, RawClient.Answer answer, String where) {
        var words = where.split("\\s+");
        var value =
                switch (words[0]) {
                    case "json" -> json(answer).at(words[1]).asText();
                    case "query" -> query(answer.header("Location"), words[1]);
                    case "field" -> AnswerFacts.fields(answer.body()).getOrDefault(words[1], "");
                    default -> throw new IllegalArgumentException(where);
                };
        if (value.isEmpty()) {
            throw new AssertionError(
                    step.name()
                            + ": no "
                            + where
                            + " in "
                            + answer.status()
                            + answer.headers()
                            + answer.body());
        }
        return value;
    }

    private static String query(String url, String key) {
        var matcher = Pattern.compile("[?&]" + key + "=([^&]*)").matcher(url);
        return matcher.find() ? URLDecoder.decode(matcher.group(1), StandardCharsets.UTF_8) : "";
    }

    static JsonNode json(RawClient.Answer answer) {
        try {
            return JSON.readTree(answer.body());
        } catch (JsonProcessingException e) {
            throw new AssertionError("not JSON: " + answer.status() + " " + answer.body(), e);
        }
    }
}
