package org.lyceum.platform.openapi;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import org.lyceum.platform.http.Access;
import org.lyceum.platform.http.Access.Credential;
import org.lyceum.platform.http.Endpoint;
import org.lyceum.platform.http.Json;
import org.lyceum.platform.http.Operation;
import org.lyceum.platform.http.Shape;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * Writes an OpenAPI 3.1 document. Source: the OpenAPI specification 3.1.1.
 *
 * <p>Who holds any one of several scopes may call: so an operation's security is a list of
 * alternatives, one for each credential and scope.
 */
public final class OpenApi {

    private static final String FAILURE = "Failure";

    private final Api api;
    private final Schemas schemas = new Schemas();

    private OpenApi(Api api) {
        this.api = api;
    }

    /**
     * @param base the surface's base path, with slashes at its ends
     * @param endpoints of the surface; those without a description are left out
     */
    public static ObjectNode document(Api api, String base, List<Endpoint> endpoints) {
        return new OpenApi(api).document(base, endpoints);
    }

    /** Where an endpoint is in the document: {@code /users/{user}}. */
    public static String path(Api api, Endpoint endpoint) {
        var below = endpoint.path().substring(api.prefix().length());
        var path =
                List.of(below.split("/", -1)).stream()
                        .map(OpenApi::segment)
                        .collect(Collectors.joining("/"));
        return path.isEmpty() ? "/" : path;
    }

    private ObjectNode document(String base, List<Endpoint> endpoints) {
        var document = Json.object().put("openapi", "3.1.1");
        document.putObject("info")
                .put("title", api.title())
                .put("version", api.version())
                .put("description", api.description());
        document.putArray("servers").addObject().put("url", base + api.prefix());
        var tags = document.putArray("tags");
        api.chapters()
                .forEach(c -> tags.addObject().put("name", c.tag()).put("description", c.title()));
        var paths = document.putObject("paths");
        for (var endpoint : endpoints) {
            var operation = endpoint.operation();
            if (operation != null) {
                paths.withObjectProperty(path(api, endpoint))
                        .set(
                                endpoint.method().toLowerCase(Locale.ROOT),
                                operation(endpoint, operation));
            }
        }
        var components = document.putObject("components");
        var failure = components.putObject("responses").putObject(FAILURE);
        failure.put("description", "What every failure looks like.").set("content", failure());
        components.set("schemas", schemas.components());
        components.set("securitySchemes", proofs());
        return document;
    }

    private ObjectNode operation(Endpoint endpoint, Operation operation) {
        var json =
                Json.object().put("operationId", id(endpoint)).put("summary", operation.summary());
        if (!operation.detail().isEmpty()) {
            json.put("description", operation.detail());
        }
        json.putArray("tags").add(operation.tag());
        json.put("x-access", endpoint.access().rule().words());
        json.set("security", security(endpoint.access().rule()));
        var parameters = parameters(endpoint, operation);
        if (!parameters.isEmpty()) {
            json.set("parameters", parameters);
        }
        var body = operation.body();
        if (body != null) {
            json.set("requestBody", body(body));
        }
        json.set("responses", responses(operation));
        return json;
    }

    private String id(Endpoint endpoint) {
        var words = path(api, endpoint).replaceAll("[^A-Za-z0-9]+", "_");
        return endpoint.method().toLowerCase(Locale.ROOT) + words.replaceAll("_$", "");
    }

    private static ArrayNode security(Access.Rule rule) {
        var alternatives = Json.object().putArray("security");
        for (var credential : rule.credentials()) {
            if (rule.scopes().isEmpty()) {
                alternatives.addObject().putArray(word(credential));
            }
            for (var scope : rule.scopes()) {
                alternatives.addObject().putArray(word(credential)).add(scope);
            }
        }
        return alternatives;
    }

    private ArrayNode parameters(Endpoint endpoint, Operation operation) {
        var parameters = Json.object().putArray("parameters");
        for (var part : endpoint.path().split("/", -1)) {
            if (part.startsWith(":")) {
                parameters.add(pathParameter(part.substring(1)));
            }
        }
        for (Shape.Field field : operation.query()) {
            var json = parameters.addObject().put("name", field.name()).put("in", "query");
            if (field.required()) {
                json.put("required", true);
            }
            json.put("description", field.meaning()).set("schema", schemas.of(field.shape()));
        }
        return parameters;
    }

    private ObjectNode pathParameter(String pattern) {
        boolean mayBeEmpty = pattern.endsWith("?");
        var name = mayBeEmpty ? pattern.substring(0, pattern.length() - 1) : pattern;
        var known = api.names().get(name);
        if (known == null) {
            throw new IllegalStateException("the reference does not say what :" + name + " is");
        }
        var json = Json.object().put("name", name).put("in", "path").put("required", true);
        json.put("description", known.meaning() + (mayBeEmpty ? " May be empty." : ""));
        json.set("schema", Json.object().put("type", "string"));
        return json.put("example", known.example());
    }

    private ObjectNode body(Operation.Body body) {
        var json = Json.object().put("required", body.required());
        var content = json.putObject("content").putObject(body.mediaType());
        content.set("schema", schemas.of(body.shape()));
        if (body.mediaType().equals(Operation.JSON)) {
            content.set("example", Json.parse(body.example().getBytes(StandardCharsets.UTF_8)));
        }
        return json;
    }

    private ObjectNode responses(Operation operation) {
        var json = Json.object();
        for (var answer : operation.answers()) {
            var one = json.putObject(Integer.toString(answer.status()));
            one.put("description", answer.meaning());
            if (!answer.mediaType().isEmpty()) {
                var content = one.putObject("content").putObject(answer.mediaType());
                var shape = answer.shape();
                content.set(
                        "schema",
                        shape == null ? Json.object().put("type", "string") : schemas.of(shape));
            } else if (answer.status() >= 400) {
                one.set("content", failure());
            }
        }
        json.putObject("default").put("$ref", "#/components/responses/" + FAILURE);
        return json;
    }

    private ObjectNode failure() {
        var content = Json.object();
        content.putObject(api.failure().mediaType())
                .set("schema", schemas.of(api.failure().shape()));
        return content;
    }

    private ObjectNode proofs() {
        var json = Json.object();
        for (var credential : Credential.values()) {
            var proof = api.proofs().get(credential);
            if (proof != null) {
                json.putObject(word(credential))
                        .put("type", "apiKey")
                        .put("in", proof.in())
                        .put("name", proof.name())
                        .put("description", proof.meaning());
            }
        }
        return json;
    }

    private static String segment(String pattern) {
        return pattern.startsWith(":")
                ? "{" + pattern.substring(1).replace("?", "") + "}"
                : pattern;
    }

    private static String word(Credential credential) {
        return credential.name().toLowerCase(Locale.ROOT);
    }
}
