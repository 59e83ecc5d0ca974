package org.lyceum.platform.http;

import org.lyceum.platform.kernel.HostNames;
import org.lyceum.platform.kernel.Problem;
import org.lyceum.platform.testing.Described;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Takes requests through the mounted surfaces the way {@link VirtualThreadDispatch} does, without a
 * socket. Lies in this package because requests are made by the dispatch only.
 */
public final class SurfaceDriver {

    private final Surfaces surfaces;
    private final Shape failure;

    /**
     * @param failure the shape of the surfaces' failures
     */
    public SurfaceDriver(Surfaces surfaces, Shape failure) {
        this.surfaces = surfaces;
        this.failure = failure;
    }

    /** A request as it comes from the socket. */
    public static Request request(
            String method, String target, List<Map.Entry<String, String>> headers, String body) {
        return request(Listener.PUBLIC, "http", method, target, headers, body);
    }

    public static Request request(
            Listener listener,
            String scheme,
            String method,
            String target,
            List<Map.Entry<String, String>> headers,
            String body) {
        return request(listener, scheme, "own.host:8000", method, target, headers, body);
    }

    public static Request request(
            Listener listener,
            String scheme,
            String host,
            String method,
            String target,
            List<Map.Entry<String, String>> headers,
            String body) {
        int question = target.indexOf('?');
        var rawPath = question < 0 ? target : target.substring(0, question);
        var segments = VirtualThreadDispatch.decodedPath(target).orElseThrow();
        return new Request(
                "req-1",
                listener,
                method,
                scheme,
                host,
                "192.0.2.7",
                rawPath,
                RequestPath.join(segments),
                question < 0 ? null : target.substring(question + 1),
                Fields.ofHeaders(headers),
                body.getBytes(StandardCharsets.UTF_8),
                Map.of(),
                "",
                null);
    }

    private static String host(Request request) {
        return request.listener() == Listener.PUBLIC ? HostNames.of(request.host()) : "";
    }

    /** The answer, or one with status 0 when no surface serves the request at all. */
    public Response send(Request request) {
        var segments = VirtualThreadDispatch.decodedPath(request.rawPath()).orElseThrow();
        var mounted = surfaces.find(host(request), segments);
        if (mounted.isEmpty() || !mounted.get().serves(request.listener(), segments)) {
            return Response.of(0);
        }
        var surface = mounted.get().surface();
        var match = mounted.get().match(request.method(), segments);
        Response response;
        try {
            response = answer(request, surface, match);
        } catch (Refusal refusal) {
            response = refusal.response();
        } catch (Problem problem) {
            response = surface.failed(request, problem);
        }
        var finished = surface.finish(request, response);
        var endpoint = match instanceof EndpointTable.Match.Found found ? found.endpoint() : null;
        surface.answered(request, endpoint, finished, Duration.ofMillis(1));
        if (endpoint != null && endpoint.operation() != null) {
            requireDescribed(request, endpoint.operation(), finished);
        }
        return finished;
    }

    /** Whatever a test asks for, the answer is one that the reference knows. */
    private void requireDescribed(Request request, Operation operation, Response response) {
        if (response.status() == 304 || !(response.body() instanceof Response.Body.Whole whole)) {
            return;
        }
        var type = response.header("Content-Type").orElse("");
        var differences =
                Described.differences(operation, response.status(), type, whole.bytes(), failure);
        if (!differences.isEmpty()) {
            throw new AssertionError(
                    request
                            + " answers "
                            + response.status()
                            + " not as described: "
                            + differences);
        }
    }

    private static Response answer(Request request, Surface surface, EndpointTable.Match match) {
        return switch (match) {
            case EndpointTable.Match.Found found -> {
                var matched =
                        request.matched(found.params(), rest(request.rawPath(), found.rest()));
                var endpoint = found.endpoint();
                yield endpoint.action().answer(endpoint.access().admit(matched));
            }
            case EndpointTable.Match.WrongMethod wrong -> surface.wrongMethod(request);
            case EndpointTable.Match.Nothing nothing -> surface.unmatched(request);
        };
    }

    private static String rest(String rawPath, int count) {
        int at = rawPath.length();
        for (int i = 0; i < count; i++) {
            at = rawPath.lastIndexOf('/', at - 1);
        }
        return count == 0 ? "" : rawPath.substring(at + 1);
    }

    /** Header lines of an answer, by name in lower case; of several the last. */
    public static Map<String, String> headers(Response response) {
        var map = new LinkedHashMap<String, String>();
        response.headers().forEach(h -> map.put(h.name().toLowerCase(), h.value()));
        return map;
    }
}
