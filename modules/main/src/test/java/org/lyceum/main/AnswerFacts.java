package org.lyceum.main;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * What the contract says of an answer, by aspect: status, the headers it names, cookies, the fields
 * of its form, and every leaf of its JSON. What differs between any two runs (times, secrets, ids,
 * addresses) is replaced by its kind.
 */
final class AnswerFacts {

    private static final List<String> HEADERS =
            List.of(
                    "Access-Control-Allow-Headers",
                    "Access-Control-Allow-Origin",
                    "Content-Security-Policy",
                    "Cache-Control",
                    "Pragma",
                    "WWW-Authenticate");

    /** Headers whose presence is the contract's and whose value is not. */
    private static final List<String> PRESENT = List.of("X-JupyterHub-Version", "Retry-After");

    private static final Pattern TIME =
            Pattern.compile("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d+)?Z");
    private static final Pattern FIELD =
            Pattern.compile("<(?:input|select|textarea)\\b[^>]*\\bname=\"([^\"]+)\"[^>]*>");
    private static final Pattern VALUE = Pattern.compile("\\bvalue=\"([^\"]*)\"");
    private static final Pattern SERIES =
            Pattern.compile("^# TYPE (jupyterhub_\\w+) (\\w+)", Pattern.MULTILINE);
    private static final Pattern COMMAS = Pattern.compile("[a-z:_-]+(?:,[a-z:_-]+)+");
    private static final Pattern CODE = Pattern.compile("([?&]code=)[^&]+");

    private final Map<String, String> facts = new TreeMap<>();

    private AnswerFacts() {}

    static Map<String, String> of(
            SessionStep step, RawClient.Answer answer, Map<String, String> variables) {
        var made = new AnswerFacts();
        made.status(step, answer);
        made.headers(answer);
        made.cookies(answer);
        made.body(step, answer);
        made.facts.replaceAll((aspect, value) -> unsecret(value, variables));
        return made.facts;
    }

    /** Fields of all forms of a page with their values. */
    static Map<String, String> fields(String page) {
        var fields = new TreeMap<String, String>();
        var matcher = FIELD.matcher(page);
        while (matcher.find()) {
            var value = VALUE.matcher(matcher.group());
            fields.putIfAbsent(matcher.group(1), value.find() ? value.group(1) : "");
        }
        return fields;
    }

    private void status(SessionStep step, RawClient.Answer answer) {
        boolean accepted = List.of(201, 202, 204).contains(answer.status());
        facts.put("status", step.slow() && accepted ? "done or begun" : "" + answer.status());
    }

    private void headers(RawClient.Answer answer) {
        var location = answer.header("Location");
        if (!location.isEmpty()) {
            facts.put("Location", CODE.matcher(location).replaceAll("$1<code>"));
        }
        for (var name : HEADERS) {
            var values = answer.all(name);
            if (!values.isEmpty()) {
                facts.put(name, String.join(" and ", values));
            }
        }
        for (var name : PRESENT) {
            if (!answer.header(name).isEmpty()) {
                facts.put(name, "there");
            }
        }
        if (!answer.body().isEmpty()) {
            facts.put("Content-Type", answer.header("Content-Type").split(";")[0].strip());
        }
    }

    private void cookies(RawClient.Answer answer) {
        for (var line : answer.all("Set-Cookie")) {
            var parts = line.split(";\\s*");
            var name = parts[0].substring(0, parts[0].indexOf('='));
            var value = parts[0].substring(parts[0].indexOf('=') + 1);
            var flags = new TreeSet<String>();
            boolean lasting = false;
            for (int i = 1; i < parts.length; i++) {
                var flag = parts[i].toLowerCase(Locale.ROOT);
                lasting |= flag.startsWith("expires") || flag.startsWith("max-age");
                if (!flag.startsWith("expires") && !flag.startsWith("max-age")) {
                    flags.add(parts[i]);
                }
            }
            boolean gone = value.isEmpty() || value.equals("\"\"");
            var kind = gone ? "cleared" : lasting ? "lasting" : "session";
            facts.put("cookie " + name, kind + "; " + String.join("; ", flags));
        }
    }

    private void body(SessionStep step, RawClient.Answer answer) {
        var type = facts.getOrDefault("Content-Type", "");
        if (answer.body().isEmpty()) {
            facts.put("body", "empty");
        } else if (type.equals("application/json")) {
            leaves("", SessionRun.json(answer));
        } else if (type.equals("text/event-stream")) {
            events(answer.body());
        } else if (type.equals("text/plain")) {
            var matcher = SERIES.matcher(answer.body());
            while (matcher.find()) {
                facts.put("series " + matcher.group(1), matcher.group(2));
            }
        } else if (step.target().contains("/login") || step.target().contains("/authorize")) {
            facts.put("fields", String.join(", ", fields(answer.body()).keySet()));
        }
    }

    /** Only the last event: how many come before it depends on who asks how fast. */
    private void events(String stream) {
        var frames = new ArrayList<String>();
        for (var frame : stream.split("\n\n")) {
            if (!frame.isBlank()) {
                frames.add(frame.strip());
            }
        }
        var last = frames.getLast();
        facts.put("event", last.substring(0, last.indexOf(':')));
        leaves(
                "",
                SessionRun.json(
                        new RawClient.Answer(
                                200, List.of(), last.substring(last.indexOf(':') + 1))));
    }

    private void leaves(String path, JsonNode node) {
        if (node.isObject() && !node.isEmpty()) {
            node.properties().forEach(e -> leaves(path + "/" + e.getKey(), e.getValue()));
            if (node.has("status") && node.has("message") && node.has("code")) {
                facts.put(path + "/code", node.get("code").asText());
            }
        } else if (node.isArray() && words(node)) {
            var words = new TreeSet<String>();
            node.forEach(word -> words.add(word.asText()));
            facts.put(path, "[" + String.join(", ", words) + "]");
        } else if (node.isArray() && !node.isEmpty()) {
            var elements = new ArrayList<JsonNode>();
            node.forEach(elements::add);
            if (node.get(0).has("note")) {
                elements.sort(Comparator.comparing(AnswerFacts::whatTokenItIs));
            }
            for (int i = 0; i < elements.size(); i++) {
                leaves(path + "/" + i, elements.get(i));
            }
        } else {
            facts.put(path, leaf(path.substring(path.lastIndexOf('/') + 1), node));
        }
    }

    /** Tokens are listed by last use, which JupyterHub notes every 30 seconds only. */
    private static String whatTokenItIs(JsonNode token) {
        var scopes = new TreeSet<String>();
        token.path("scopes").forEach(scope -> scopes.add(scope.asText()));
        return token.path("note").asText() + scopes + token.path("last_activity").isNull();
    }

    /** Names and scopes: sets, whatever their order. */
    private static boolean words(JsonNode node) {
        for (var element : (ArrayNode) node) {
            if (!element.isTextual()) {
                return false;
            }
        }
        return !node.isEmpty();
    }

    private static String leaf(String key, JsonNode node) {
        if (!node.isTextual()) {
            return key.equals("pid") && node.isInt() ? "<number>" : node.toString();
        }
        return switch (key) {
            case "token", "access_token", "code" -> "<secret>";
            case "id", "token_id" -> "<id>";
            case "session_id" -> "<session>";
            case "target" -> "<address>";
            case "python" -> "<version>";
            case "scope" -> String.join(" ", new TreeSet<>(List.of(node.asText().split(" "))));
            default -> sorted(TIME.matcher(node.asText()).replaceAll("<time>"));
        };
    }

    /** Python writes a set into a message, and its order is another one each time. */
    private static String sorted(String text) {
        return COMMAS.matcher(text)
                .replaceAll(
                        match ->
                                String.join(",", new TreeSet<>(List.of(match.group().split(",")))));
    }

    /** Ids and secrets turn up inside addresses and messages too. */
    private static String unsecret(String value, Map<String, String> variables) {
        var text = value;
        for (var variable : variables.entrySet()) {
            if (variable.getValue().matches("[a-z]+\\d+|\\w{20,}")) {
                text =
                        text.replaceAll(
                                "\\b" + Pattern.quote(variable.getValue()) + "\\b",
                                "<" + variable.getKey() + ">");
            }
        }
        return text;
    }
}
