package org.lyceum.platform.http;

import org.lyceum.platform.kernel.Problem;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Names with one or more values each, in the order they came. Immutable. */
public final class Fields {

    /** More than any form of ours has; a longer list is an attack or a mistake. */
    private static final int MAX_FIELDS = 1_000;

    private final Map<String, List<String>> values;

    private Fields(Map<String, List<String>> values) {
        this.values = values;
    }

    public static Fields none() {
        return new Fields(Map.of());
    }

    /** Header fields; their names do not distinguish case. */
    static Fields ofHeaders(Iterable<Map.Entry<String, String>> entries) {
        var values = new LinkedHashMap<String, List<String>>();
        for (var entry : entries) {
            add(values, entry.getKey().toLowerCase(Locale.ROOT), entry.getValue());
        }
        return new Fields(values);
    }

    /**
     * A query string or an URL-encoded form.
     *
     * @throws Problem INVALID form.malformed
     */
    static Fields ofForm(String encoded) {
        var values = new LinkedHashMap<String, List<String>>();
        var pairs = encoded.split("&", MAX_FIELDS + 1);
        if (pairs.length > MAX_FIELDS) {
            throw Problem.invalid(
                    "form.malformed",
                    "The form has too many fields; send at most " + MAX_FIELDS + ".");
        }
        for (var pair : pairs) {
            if (!pair.isEmpty()) {
                int equals = pair.indexOf('=');
                var name = equals < 0 ? pair : pair.substring(0, equals);
                add(values, decoded(name), equals < 0 ? "" : decoded(pair.substring(equals + 1)));
            }
        }
        return new Fields(values);
    }

    /**
     * A form as {@code multipart/form-data}, without its files.
     *
     * @throws Problem INVALID form.malformed
     */
    static Fields ofMultipart(String contentType, byte[] body) {
        var values = new LinkedHashMap<String, List<String>>();
        for (var field : MultipartForm.fields(contentType, body, MAX_FIELDS)) {
            add(values, field.getKey(), field.getValue());
        }
        return new Fields(values);
    }

    public Optional<String> first(String name) {
        return all(name).stream().findFirst();
    }

    /** All values of a name, in order; empty when there are none. */
    public List<String> all(String name) {
        return List.copyOf(values.getOrDefault(name, List.of()));
    }

    /** Every name with its values, in order of first appearance. */
    public Map<String, List<String>> asMap() {
        return Map.copyOf(values);
    }

    /** The names in order of first appearance. */
    public List<String> names() {
        return List.copyOf(values.keySet());
    }

    static String unquoted(String cookie) {
        boolean quoted = cookie.length() >= 2 && cookie.startsWith("\"") && cookie.endsWith("\"");
        return quoted ? cookie.substring(1, cookie.length() - 1) : cookie;
    }

    private static void add(Map<String, List<String>> values, String name, String value) {
        values.computeIfAbsent(name, n -> new ArrayList<>(1)).add(value);
    }

    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw new Problem(
                    Problem.Kind.INVALID,
                    "form.malformed",
                    "The form or query has a broken percent escape; encode it and send it again.",
                    e);
        }
    }
}
