package org.lyceum.hub;

import com.fasterxml.jackson.databind.JsonNode;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.StringJoiner;

/** The reference of this hub's API for people: its OpenAPI document, chapter by chapter. */
final class ReferencePage {

    private static final String PAGE =
            """
            <h1>{}</h1>
            <p>{}</p>
            <p>Tokens are made on the <a href="{}">token page</a>. For programs there is the same as an
            <a href="{}">OpenAPI document</a>.</p>
            {}<section class="card"><h2>Shapes</h2>
            {}</section>
            """;

    private static final String CHAPTER =
            """
            <section class="card"><h2>{}</h2>
            {}</section>
            """;

    private static final String OPERATION =
            """
            <details id="{}"><summary><code>{} {}</code> {}</summary>
            <p>{}</p>
            <p class="quiet small">Who may call: {}</p>
            {}{}{}<pre><code id="curl-{}">{}</code></pre>
            <button class="button" type="button" data-copy="curl-{}" hidden>Copy as curl</button>
            </details>
            """;

    private static final String TABLE =
            """
            <table><caption>{}</caption>
            <thead><tr><th scope="col">Name</th><th scope="col">Shape</th><th scope="col">Meaning</th></tr></thead>
            <tbody>{}</tbody></table>
            """;

    private static final String ROW = "<tr><td><code>{}</code></td><td>{}</td><td>{}</td></tr>\n";

    private final String origin;
    private final JsonNode document;

    /** {@code origin}: scheme and host that the reader came by. */
    ReferencePage(String origin, JsonNode document) {
        this.origin = origin;
        this.document = document;
    }

    Page page(HubUrls urls) {
        var about = document.get("info");
        var chapters = new ArrayList<Html>();
        for (var tag : document.get("tags")) {
            var operations = operations(tag.get("name").asText());
            chapters.add(Html.of(CHAPTER, tag.get("description").asText(), operations));
        }
        var shapes = new ArrayList<Html>();
        for (var shape : document.at("/components/schemas").properties()) {
            var table = fields(shape.getKey(), shape.getValue());
            shapes.add(Html.of("<div id=\"shape-{}\">{}</div>\n", shape.getKey(), table));
        }
        var title = about.get("title").asText();
        var body =
                Html.of(
                        PAGE,
                        title,
                        about.get("description").asText(),
                        urls.hub("token"),
                        urls.hub("api/openapi.json"),
                        chapters,
                        shapes);
        return Page.of(title, "", body);
    }

    private List<Html> operations(String tag) {
        var found = new ArrayList<Html>();
        for (var path : document.get("paths").properties()) {
            for (Map.Entry<String, JsonNode> method : path.getValue().properties()) {
                if (method.getValue().at("/tags/0").asText().equals(tag)) {
                    var name = method.getKey().toUpperCase(Locale.ROOT);
                    found.add(operation(name, path.getKey(), method.getValue()));
                }
            }
        }
        return found;
    }

    private Html operation(String method, String path, JsonNode operation) {
        var id = operation.get("operationId").asText();
        return Html.of(
                OPERATION,
                id,
                method,
                path,
                operation.get("summary").asText(),
                operation.path("description").asText(),
                operation.get("x-access").asText(),
                parameters(operation),
                body(operation),
                answers(operation),
                id,
                curl(method, path, operation),
                id);
    }

    private static Html parameters(JsonNode operation) {
        var rows = new ArrayList<Html>();
        for (var parameter : operation.path("parameters")) {
            rows.add(
                    Html.of(
                            ROW,
                            parameter.get("name").asText(),
                            shape(parameter.get("schema")),
                            parameter.path("description").asText()));
        }
        return rows.isEmpty() ? Html.NOTHING : Html.of(TABLE, "Parameters", rows);
    }

    private static Html body(JsonNode operation) {
        for (var content : operation.at("/requestBody/content")) {
            var schema = content.get("schema");
            return schema.has("properties")
                    ? fields("Body", schema)
                    : Html.of("<p>Body: {}</p>\n", shape(schema));
        }
        return Html.NOTHING;
    }

    private static Html answers(JsonNode operation) {
        var rows = new ArrayList<Html>();
        for (var answer : operation.get("responses").properties()) {
            var content = answer.getValue().path("content").properties().iterator();
            var shape = content.hasNext() ? shape(content.next().getValue().get("schema")) : "";
            if (answer.getValue().has("description")) {
                var meaning = answer.getValue().get("description").asText();
                rows.add(Html.of(ROW, answer.getKey(), shape, meaning));
            }
        }
        return Html.of(TABLE, "Answers", rows);
    }

    private static Html fields(String caption, JsonNode schema) {
        var required = new ArrayList<String>();
        schema.path("required").forEach(name -> required.add(name.asText()));
        var rows = new ArrayList<Html>();
        for (var field : schema.path("properties").properties()) {
            var name = required.contains(field.getKey()) ? field.getKey() : field.getKey() + "?";
            var meaning = field.getValue().path("description").asText();
            rows.add(Html.of(ROW, name, shape(field.getValue()), meaning));
        }
        return Html.of(TABLE, caption, rows);
    }

    /** As one would write it in a sentence; a shape with a name leads to where it is explained. */
    private static Html shape(JsonNode schema) {
        if (schema.has("$ref")) {
            var reference = schema.get("$ref").asText();
            var name = reference.substring(reference.lastIndexOf('/') + 1);
            return Html.of("<a href=\"#shape-{}\">{}</a>", name, name);
        }
        if (schema.has("items")) {
            return Html.of("list of {}", shape(schema.get("items")));
        }
        if (schema.has("anyOf")) {
            var choices = new ArrayList<Html>();
            for (var choice : schema.get("anyOf")) {
                choices.add(Html.of(choices.isEmpty() ? "{}" : " or {}", shape(choice)));
            }
            return Html.of("{}", choices);
        }
        return Html.of("{}", words(schema.has("enum") ? schema.get("enum") : schema.path("type")));
    }

    private static String words(JsonNode one) {
        if (!one.isArray()) {
            return one.asText("anything");
        }
        var words = new StringJoiner(" or ");
        one.forEach(word -> words.add(word.asText().isEmpty() ? "\"\"" : word.asText()));
        return words.toString();
    }

    private String curl(String method, String path, JsonNode operation) {
        var url = path;
        for (var parameter : operation.path("parameters")) {
            var name = "{" + parameter.get("name").asText() + "}";
            url = url.replace(name, parameter.path("example").asText());
        }
        var line = new StringBuilder("curl");
        if (!method.equals("GET")) {
            line.append(" -X ").append(method);
        }
        if (!operation.get("security").isEmpty()) {
            line.append(" -H \"Authorization: token $TOKEN\"");
        }
        var example = operation.at("/requestBody/content/application~1json/example");
        if (!example.isMissingNode()) {
            line.append(" -d '").append(example).append('\'');
        }
        var server = document.at("/servers/0/url").asText();
        return line.append(" '").append(origin).append(server).append(url).append('\'').toString();
    }
}
