package org.lyceum.hub;

import com.fasterxml.jackson.databind.JsonNode;

import org.lyceum.platform.http.Json;
import org.lyceum.platform.http.Request;
import org.lyceum.platform.http.Response;
import org.lyceum.platform.http.Shape;
import org.lyceum.platform.kernel.Names;
import org.lyceum.platform.kernel.Problem;

import java.util.Arrays;

/**
 * Which part of a list a request asks for, and how it wants it: bare, or in JupyterHub's envelope
 * with a link to the next part. Source: jupyterhub 5, {@code pagination.py}, {@code
 * apihandlers/base}.
 *
 * @param enveloped whether the client asked for the envelope
 */
record Paging(int offset, int limit, boolean enveloped) {

    private static final String ENVELOPE = "application/jupyterhub-pagination+json";

    /** What a client that knows of pages gets when it names no size. */
    private static final int DEFAULT_LIMIT = 50;

    /** What list endpoints read, besides the Accept header. */
    static final Shape.Field[] PARAMETERS = {
        Shape.optional("offset", Shape.whole(), "How many to pass over."),
        Shape.optional("limit", Shape.whole(), "How many to show, at most 200.")
    };

    /** The most of anything in one answer, so that one request cannot read a whole database. */
    private static final int MAX_LIMIT = 200;

    /**
     * @throws Problem INVALID list.bad-page
     */
    static Paging of(Request request) {
        boolean enveloped =
                request.headers().all("accept").stream()
                        .flatMap(line -> Arrays.stream(line.split(",")))
                        .map(entry -> entry.split(";")[0].strip())
                        .anyMatch(ENVELOPE::equals);
        int offset = number(request, "offset", 0);
        int limit = number(request, "limit", enveloped ? DEFAULT_LIMIT : MAX_LIMIT);
        return new Paging(offset, Math.clamp(limit, 1, MAX_LIMIT), enveloped);
    }

    /**
     * @param total how many there are in all parts together
     */
    Response answer(Request request, JsonNode items, long total) {
        if (!enveloped) {
            return Response.json(200, items);
        }
        var page = Json.object();
        page.set("items", items);
        var about = page.putObject("_pagination");
        about.put("offset", offset).put("limit", limit).put("total", total);
        long next = (long) offset + limit;
        if (next < total) {
            var link = about.putObject("next");
            link.put("offset", next).put("limit", limit).put("url", url(request, next));
        } else {
            about.putNull("next");
        }
        return Response.json(200, page);
    }

    /** Built from the request's own host: the client may know us by another name than people do. */
    private String url(Request request, long next) {
        var url = new StringBuilder(request.scheme()).append("://").append(request.host());
        url.append(request.rawPath()).append('?');
        var query = request.query();
        for (var name : query.names()) {
            if (name.equals("offset") || name.equals("limit")) {
                continue;
            }
            for (var value : query.all(name)) {
                url.append(Names.queryValue(name)).append('=').append(Names.queryValue(value));
                url.append('&');
            }
        }
        return url.append("offset=").append(next).append("&limit=").append(limit).toString();
    }

    private static int number(Request request, String name, int otherwise) {
        var text = request.query(name);
        if (text.isEmpty()) {
            return otherwise;
        }
        try {
            return Math.absExact(Integer.parseInt(text.get().strip()));
        } catch (NumberFormatException | ArithmeticException e) {
            throw new Problem(
                    Problem.Kind.INVALID,
                    "list.bad-page",
                    "Invalid argument type, offset and limit must be integers",
                    e);
        }
    }
}
