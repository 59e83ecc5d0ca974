package org.lyceum.main;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import org.lyceum.platform.kernel.Names;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;

/** A served OpenAPI document, as its readers see it: a list of operations. */
record RestDocument(String server, List<Operation> operations) {

    private static final ObjectMapper JSON = new ObjectMapper();

    /**
     * One operation.
     *
     * @param path below the server's: {@code /users/{user}}
     * @param names of the path's parameters, with the example of each
     * @param credentials that may prove who calls; none when everybody may
     * @param scopes of which one is enough; none when it is enough to be known
     * @param body the example, empty when it takes none
     * @param json what the document says of it
     */
    record Operation(
            String method,
            String path,
            Map<String, String> names,
            List<String> credentials,
            List<String> scopes,
            String mediaType,
            String body,
            JsonNode json) {

        String title() {
            return method + " " + path;
        }

        boolean open() {
            return credentials.isEmpty();
        }

        boolean reads() {
            return method.equals("GET");
        }

        /** The path with these in place of its names; others as in the document. */
        String at(Map<String, String> values) {
            var filled = path;
            for (var name : names.entrySet()) {
                var value = values.getOrDefault(name.getKey(), name.getValue());
                filled = filled.replace("{" + name.getKey() + "}", Names.pathSegment(value));
            }
            return filled;
        }
    }

    static RestDocument read(Browser browser, String path) {
        var page = browser.get(path);
        if (page.status() != 200) {
            throw new AssertionError(path + " answers " + page.status());
        }
        return of(page.body());
    }

    private static RestDocument of(String text) {
        try {
            var document = JSON.readTree(text);
            var operations = new ArrayList<Operation>();
            document.get("paths")
                    .properties()
                    .forEach(
                            path ->
                                    path.getValue()
                                            .properties()
                                            .forEach(
                                                    method ->
                                                            operations.add(
                                                                    operation(
                                                                            path.getKey(),
                                                                            method.getKey(),
                                                                            method.getValue()))));
            return new RestDocument(
                    document.at("/servers/0/url").asText(), List.copyOf(operations));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Operation operation(String path, String method, JsonNode json) {
        var credentials = new TreeSet<String>();
        var scopes = new TreeSet<String>();
        for (var alternative : json.get("security")) {
            alternative
                    .properties()
                    .forEach(
                            entry -> {
                                credentials.add(entry.getKey());
                                entry.getValue().forEach(scope -> scopes.add(scope.asText()));
                            });
        }
        var names = new java.util.LinkedHashMap<String, String>();
        for (var parameter : json.withArray("parameters")) {
            if (parameter.get("in").asText().equals("path")) {
                names.put(parameter.get("name").asText(), parameter.path("example").asText());
            }
        }
        var content = json.at("/requestBody/content").properties().iterator();
        var body = content.hasNext() ? content.next() : null;
        return new Operation(
                method.toUpperCase(Locale.ROOT),
                path,
                names,
                List.copyOf(credentials),
                List.copyOf(scopes),
                body == null ? "" : body.getKey(),
                body == null ? "" : body.getValue().path("example").toString(),
                json);
    }
}
