package org.lyceum.platform.http;

import com.fasterxml.jackson.databind.JsonNode;

import org.jspecify.annotations.Nullable;
import org.lyceum.platform.kernel.Problem;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * One request as the endpoints see it: whole, bounded and immutable.
 *
 * @param id made by us, in the logs and on error pages
 * @param path decoded, from the leading slash, without the query; a slash inside a segment stays
 *     {@code %2F}. Safe to compare, not to forward
 * @param params what the pattern's {@code :names} matched, decoded
 * @param rest what a trailing {@code *} matched, still percent-encoded, without a leading slash
 * @param peer address of the client: of the TCP peer, or what a trusted proxy says
 */
public record Request(
        String id,
        Listener listener,
        String method,
        String scheme,
        String host,
        String peer,
        String rawPath,
        String path,
        @Nullable String rawQuery,
        Fields headers,
        byte[] body,
        Map<String, String> params,
        String rest,
        @Nullable Object caller) {

    private static final String URL_ENCODED = Operation.FORM;
    private static final String MULTIPART = "multipart/form-data";

    /** The value of {@code :name} in the endpoint's path. */
    public String param(String name) {
        var value = params.get(name);
        if (value == null) {
            throw new IllegalStateException("the endpoint's path has no :" + name);
        }
        return value;
    }

    /** The first value of a query parameter; a parameter without a value is an empty text. */
    public Optional<String> query(String name) {
        return query().first(name);
    }

    /** All query parameters, decoded, in order. */
    public Fields query() {
        return Fields.ofForm(rawQuery == null ? "" : rawQuery);
    }

    /** The first header line of this name, in whatever case it is written. */
    public Optional<String> header(String name) {
        return headers.first(name.toLowerCase(Locale.ROOT));
    }

    /** All values of the cookies with this name; a browser may send several, of different paths. */
    public List<String> cookies(String name) {
        return headers.all("cookie").stream()
                .flatMap(line -> List.of(line.split(";")).stream())
                .map(String::strip)
                .filter(pair -> pair.startsWith(name + "="))
                .map(pair -> Fields.unquoted(pair.substring(name.length() + 1)))
                .toList();
    }

    /**
     * The fields of a form, sent in either of the two ways in which browsers send one.
     *
     * @throws Problem INVALID form.malformed
     */
    public Fields form() {
        var type = header("content-type").orElse("");
        return type.toLowerCase(Locale.ROOT).startsWith(MULTIPART)
                ? Fields.ofMultipart(type, body)
                : Fields.ofForm(new String(body, StandardCharsets.UTF_8));
    }

    /** Whether the body is a form. */
    public boolean hasForm() {
        var type = header("content-type").orElse("").toLowerCase(Locale.ROOT);
        return type.startsWith(URL_ENCODED) || type.startsWith(MULTIPART);
    }

    /**
     * The body as JSON; empty when there is no body.
     *
     * @throws Problem INVALID body.not-json
     */
    public Optional<JsonNode> json() {
        return body.length == 0 ? Optional.empty() : Optional.of(Json.parse(body));
    }

    /** Path and query as they were sent: what a redirect back to this page needs. */
    public String rawTarget() {
        return rawQuery == null ? rawPath : rawPath + "?" + rawQuery;
    }

    public boolean secure() {
        return scheme.equals("https");
    }

    /** Whoever {@link Access} found to be calling. */
    public <T> T caller(Class<T> type) {
        if (!type.isInstance(caller)) {
            throw new IllegalStateException("the endpoint's access attaches no " + type);
        }
        return type.cast(caller);
    }

    public Request withCaller(Object newCaller) {
        return new Request(
                id, listener, method, scheme, host, peer, rawPath, path, rawQuery, headers, body,
                params, rest, newCaller);
    }

    Request matched(Map<String, String> newParams, String newRest) {
        return new Request(
                id, listener, method, scheme, host, peer, rawPath, path, rawQuery, headers, body,
                newParams, newRest, caller);
    }

    @Override
    public String toString() {
        return method + " " + path + " #" + id; // never headers, query or body: they hold secrets
    }
}
