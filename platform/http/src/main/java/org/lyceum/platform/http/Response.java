package org.lyceum.platform.http;

import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** One answer. Immutable; each {@code with…} returns a copy. */
public record Response(int status, List<Header> headers, Body body) {

    /** One header line; a name may come several times. */
    public record Header(String name, String value) {}

    /** What follows the headers. */
    public sealed interface Body {
        record Whole(byte[] bytes) implements Body {}

        record Events(EventSource source) implements Body {}

        /**
         * Read while it is sent, and closed in the end.
         *
         * @param length bytes that the source has; one that has fewer is cut off, not ended
         */
        record Stream(InputStream source, long length) implements Body {}
    }

    private static final byte[] EMPTY = {};

    public Response {
        headers = List.copyOf(headers);
    }

    public static Response of(int status) {
        return new Response(status, List.of(), new Body.Whole(EMPTY));
    }

    public static Response noContent() {
        return of(204);
    }

    public static Response json(int status, Object value) {
        return bytes(status, "application/json", Json.bytes(value));
    }

    public static Response html(int status, String page) {
        return bytes(status, "text/html; charset=utf-8", page.getBytes(StandardCharsets.UTF_8));
    }

    public static Response text(int status, String text) {
        return bytes(status, "text/plain; charset=utf-8", text.getBytes(StandardCharsets.UTF_8));
    }

    public static Response bytes(int status, String contentType, byte[] bytes) {
        return new Response(
                status, List.of(new Header("Content-Type", contentType)), new Body.Whole(bytes));
    }

    /** {@code location} is written as it is: it must be encoded already. */
    public static Response redirect(int status, String location) {
        return of(status).with("Location", location);
    }

    /** The bytes of a source, {@code length} of them. */
    public static Response stream(int status, InputStream source, long length) {
        return new Response(status, List.of(), new Body.Stream(source, length));
    }

    public static Response events(EventSource source) {
        return new Response(
                200,
                List.of(
                        new Header("Content-Type", "text/event-stream"),
                        new Header("Cache-Control", "no-cache"),
                        new Header("X-Accel-Buffering", "no")),
                new Body.Events(source));
    }

    /** Adds a header line, whether or not there is one of that name. */
    public Response with(String name, String value) {
        var more = new ArrayList<>(headers);
        more.add(new Header(name, value));
        return new Response(status, more, body);
    }

    /** Adds a header line unless there is one of that name. */
    public Response withDefault(String name, String value) {
        return header(name).isPresent() ? this : with(name, value);
    }

    public Response with(Cookie cookie) {
        return with("Set-Cookie", cookie.line());
    }

    /** The first header of this name. */
    public Optional<String> header(String name) {
        return headers.stream()
                .filter(h -> h.name().equalsIgnoreCase(name))
                .map(Header::value)
                .findFirst();
    }
}
