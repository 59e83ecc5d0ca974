package org.lyceum.platform.http;

import io.vertx.core.Context;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;

import org.jspecify.annotations.Nullable;
import org.lyceum.platform.http.EndpointTable.Match;
import org.lyceum.platform.kernel.HostNames;
import org.lyceum.platform.kernel.Problem;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

import java.io.InputStream;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Semaphore;

/**
 * Takes requests off the event loop: reads the body (bounded), runs the endpoint on a virtual
 * thread, and writes the answer back on the request's own context. The only such hop in the
 * process.
 */
public final class VirtualThreadDispatch implements Handler<HttpServerRequest> {

    private static final Logger log = LoggerFactory.getLogger(VirtualThreadDispatch.class);

    /** Forms and JSON models are a few KiB; what is longer has an {@link Endpoint.Upload}. */
    public static final int MAX_BODY_BYTES = 1 << 20;

    /** Endpoints at work at once. More than the database can serve; fewer than memory allows. */
    private static final int MAX_IN_FLIGHT = 256;

    /** Uploads under way at once; each takes half a MiB at most, and may take hours. */
    private static final int MAX_UPLOADS = 100;

    /** A request on its way to an endpoint; {@code segments} are decoded, the first is empty. */
    private record Target(Request request, List<String> segments, Surfaces.Mounted mounted) {}

    private static final byte[] EMPTY = {};

    private final Surfaces surfaces;
    private final Listener listener;
    private final TrustedProxies trusted;
    private final ExecutorService threads;
    private final Semaphore inFlight = new Semaphore(MAX_IN_FLIGHT);
    private final Semaphore uploads = new Semaphore(MAX_UPLOADS);
    private final EventStreams streams = new EventStreams();
    private final DownloadStreams downloads = new DownloadStreams();
    private final RequestIds ids = new RequestIds();

    public VirtualThreadDispatch(
            Surfaces surfaces, Listener listener, TrustedProxies trusted, ExecutorService threads) {
        this.surfaces = surfaces;
        this.listener = listener;
        this.trusted = trusted;
        this.threads = threads;
    }

    @Override
    public void handle(HttpServerRequest in) {
        var path = decodedPath(in.uri());
        if (path.isEmpty()) {
            refuse(in, 400, "This address is malformed; check its percent escapes and dots.");
            return;
        }
        var mounted = surfaces.find(host(in), path.get());
        if (mounted.isEmpty() || !mounted.get().serves(listener, path.get())) {
            refuse(in, 404, "Nothing is served at this address.");
            return;
        }
        var id = ids.next();
        var context = Objects.requireNonNull(Vertx.currentContext(), "requests come on a context");
        if (takesUpload(in, mounted.get(), path.get())) {
            var target = new Target(request(in, id, path.get(), EMPTY), path.get(), mounted.get());
            startUpload(in, context, target);
            return;
        }
        BodyReader.read(
                in,
                MAX_BODY_BYTES,
                body ->
                        start(
                                in,
                                context,
                                new Target(
                                        request(in, id, path.get(), body),
                                        path.get(),
                                        mounted.get())),
                () -> refuse(in, 413, "The request is too large; send at most 1 MiB."));
    }

    /** Only these are looked up on the event loop; all of them are PUT. */
    private static boolean takesUpload(
            HttpServerRequest in, Surfaces.Mounted mounted, List<String> path) {
        return HttpMethod.PUT.equals(in.method())
                && mounted.match("PUT", path) instanceof Match.Found found
                && found.endpoint().action() instanceof Endpoint.Upload;
    }

    /** Which host a container asks for means nothing: it knows us by our address in its network. */
    private String host(HttpServerRequest in) {
        return listener == Listener.PUBLIC ? HostNames.of(trusted.origin(in).host()) : "";
    }

    private void startUpload(HttpServerRequest in, Context context, Target target) {
        if (!uploads.tryAcquire()) {
            refuse(in, 503, "Too many uploads are under way; try again in a few minutes.");
            return;
        }
        var body = new UploadStream(in, context);
        threads.execute(
                () -> {
                    MDC.put("request", target.request().id());
                    try {
                        var response = observed(target, body);
                        boolean whole = body.drained();
                        var last = whole ? response : response.with("Connection", "close");
                        send(in, context, last);
                    } finally {
                        uploads.release();
                        MDC.clear();
                    }
                });
    }

    private void start(HttpServerRequest in, Context context, Target target) {
        if (!inFlight.tryAcquire()) {
            refuse(in, 503, "The platform is busy; try again in a few seconds.");
            return;
        }
        threads.execute(
                () -> {
                    MDC.put("request", target.request().id());
                    try {
                        run(in, context, target);
                    } finally {
                        MDC.clear();
                    }
                });
    }

    private void run(HttpServerRequest in, Context context, Target target) {
        Response response;
        try {
            response = observed(target, null);
        } finally {
            inFlight.release(); // before a stream begins: streams have bounds of their own
        }
        send(in, context, response);
    }

    private void send(HttpServerRequest in, Context context, Response response) {
        switch (response.body()) {
            case Response.Body.Whole(var bytes) ->
                    context.runOnContext(now -> write(in, response, bytes));
            case Response.Body.Events(var source) -> streams.write(in, context, response, source);
            case Response.Body.Stream stream -> downloads.write(in, context, response, stream);
        }
    }

    private Response observed(Target target, @Nullable InputStream body) {
        long began = System.nanoTime();
        var request = target.request();
        var match = target.mounted().match(request.method(), target.segments());
        var response = answer(request, target.mounted().surface(), match, body);
        var endpoint = match instanceof Match.Found found ? found.endpoint() : null;
        var took = Duration.ofNanos(System.nanoTime() - began);
        target.mounted().surface().answered(request, endpoint, response, took);
        return response;
    }

    private static Response answer(
            Request request, Surface surface, Match match, @Nullable InputStream body) {
        Response response;
        try {
            response =
                    switch (match) {
                        case Match.Found found -> answer(request, found, body);
                        case Match.WrongMethod wrong -> surface.wrongMethod(request);
                        case Match.Nothing nothing -> surface.unmatched(request);
                    };
        } catch (Refusal refusal) {
            response = refusal.response();
        } catch (Problem problem) {
            log.debug("request.refused {} code={}", request, problem.code(), problem);
            response = surface.failed(request, problem);
        } catch (RuntimeException bug) {
            log.error("request.broken {}: please report this with the stack below", request, bug);
            response = surface.broken(request);
        }
        return surface.finish(request, response);
    }

    private static Response answer(Request request, Match.Found found, @Nullable InputStream body) {
        var matched = request.matched(found.params(), rest(request.rawPath(), found.rest()));
        var endpoint = found.endpoint();
        var admitted = endpoint.access().admit(matched);
        return body != null && endpoint.action() instanceof Endpoint.Upload upload
                ? upload.answer(admitted, body)
                : endpoint.action().answer(admitted);
    }

    private static void write(HttpServerRequest in, Response response, byte[] bytes) {
        var out = in.response();
        if (out.closed()) {
            return;
        }
        out.setStatusCode(response.status());
        response.headers().forEach(header -> out.headers().add(header.name(), header.value()));
        var ended = out.end(Buffer.buffer(bytes));
        if (response.header("Connection").isPresent()) { // the rest of a body is not wanted
            ended.onComplete(done -> in.connection().close());
        }
    }

    /** For requests that no surface has seen. The connection ends: its body may be unread. */
    private static void refuse(HttpServerRequest in, int status, String sentence) {
        var out = in.response();
        if (!out.closed() && !out.ended()) {
            out.setStatusCode(status)
                    .putHeader("Content-Type", "text/plain; charset=utf-8")
                    .putHeader("Connection", "close")
                    .end(sentence + "\n");
            in.resume();
        }
    }

    private Request request(HttpServerRequest in, String id, List<String> path, byte[] body) {
        var headers = Fields.ofHeaders(in.headers());
        var origin = trusted.origin(in);
        int question = in.uri().indexOf('?');
        return new Request(
                id,
                listener,
                in.method().name(),
                origin.scheme(),
                origin.host(),
                origin.peer(),
                question < 0 ? in.uri() : in.uri().substring(0, question),
                RequestPath.join(path),
                question < 0 ? null : in.uri().substring(question + 1),
                headers,
                body,
                Map.of(),
                "",
                null);
    }

    /**
     * The segments of the path, decoded; the first is empty. Empty when it must not be looked at.
     */
    static Optional<List<String>> decodedPath(String target) {
        return Optional.ofNullable(RequestPath.octets(target)).flatMap(RequestPath::segments);
    }

    /** The last {@code count} segments of a raw path: what a trailing star matched. */
    private static String rest(String rawPath, int count) {
        int at = rawPath.length();
        for (int i = 0; i < count; i++) {
            at = rawPath.lastIndexOf('/', at - 1);
        }
        return count == 0 ? "" : rawPath.substring(at + 1);
    }
}
