package org.lyceum.admin;

import static org.lyceum.platform.http.Endpoint.delete;
import static org.lyceum.platform.http.Endpoint.get;
import static org.lyceum.platform.http.Endpoint.post;
import static org.lyceum.platform.http.Endpoint.put;

import org.lyceum.builds.BuildLogs;
import org.lyceum.builds.BuildService;
import org.lyceum.platform.http.Access;
import org.lyceum.platform.http.Endpoint;
import org.lyceum.platform.http.EventSource;
import org.lyceum.platform.http.Json;
import org.lyceum.platform.http.Request;
import org.lyceum.platform.http.Response;
import org.lyceum.platform.kernel.Problem;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;

/** Environments that are built from repositories. */
final class BuildEndpoints {

    private static final String ALL = "v1/communities/:id/builds";
    private static final String ONE = "v1/communities/:id/environments/:environment";
    private static final String BUILD = ONE + "/builds/:build";

    private final CatalogEndpoints catalog;
    private final BuildService builds;

    /**
     * @param catalog knows whose a community is
     */
    BuildEndpoints(CatalogEndpoints catalog, BuildService builds) {
        this.catalog = catalog;
        this.builds = builds;
    }

    List<Endpoint> endpoints(Access managers) {
        return List.of(
                get(ALL, managers, this::show).as(BuildOperations.SHOW),
                put(ONE + "/source", managers, this::setSource).as(BuildOperations.SET_SOURCE),
                delete(ONE + "/source", managers, this::removeSource)
                        .as(BuildOperations.REMOVE_SOURCE),
                post(ONE + "/builds", managers, this::build).as(BuildOperations.BUILD_NOW),
                post(BUILD + "/cancel", managers, this::cancel).as(BuildOperations.CANCEL),
                get(BUILD + "/log", managers, this::log).as(BuildOperations.LOG));
    }

    private Response show(Request request) {
        var community = catalog.community(request);
        var done = builds.builds(community);
        var queue = builds.queue();
        return Response.json(
                200,
                new BuildJson.Builds(
                        builds.sources(community).values().stream()
                                .map(
                                        source ->
                                                BuildJson.SourceLine.of(
                                                        source,
                                                        done.getOrDefault(
                                                                source.environmentId(), List.of()),
                                                        queue))
                                .sorted(Comparator.comparingLong(BuildJson.SourceLine::environment))
                                .toList()));
    }

    private Response setSource(Request request) {
        var community = catalog.community(request);
        var body = CatalogBody.of(request, BuildJson.SourceBody.class);
        var source =
                builds.setSource(
                        AdminCaller.of(request).actor(),
                        community,
                        CatalogEndpoints.environment(request),
                        CatalogBody.text(body.url()),
                        CatalogBody.text(body.reference()),
                        body.access() == null ? BuildService.Access.UNCHANGED : body.access(),
                        CatalogBody.text(body.token()));
        var done = builds.builds(community).getOrDefault(source.environmentId(), List.of());
        return Response.json(200, BuildJson.SourceLine.of(source, done, builds.queue()));
    }

    private Response removeSource(Request request) {
        builds.removeSource(
                AdminCaller.of(request).actor(),
                catalog.community(request),
                CatalogEndpoints.environment(request));
        return Response.noContent();
    }

    private Response build(Request request) {
        var caller = AdminCaller.of(request);
        var build =
                builds.ask(
                        caller.actor(),
                        catalog.community(request),
                        CatalogEndpoints.environment(request),
                        caller.user().admin());
        return Response.json(202, BuildJson.BuildLine.of(build, builds.queue()));
    }

    private Response cancel(Request request) {
        var build =
                builds.cancel(
                        catalog.community(request),
                        CatalogEndpoints.environment(request),
                        number(request));
        return Response.json(202, BuildJson.BuildLine.of(build, builds.queue()));
    }

    private Response log(Request request) {
        var reader =
                builds.log(
                        catalog.community(request),
                        CatalogEndpoints.environment(request),
                        number(request));
        return Response.events(new Following(reader));
    }

    private static long number(Request request) {
        return MemberEndpoints.number(
                request.param("build"),
                () -> Problem.notFound("build.unknown", "There is no such build."));
    }

    /** A log as events, each with some lines. */
    private record Following(BuildLogs.Reader reader) implements EventSource {

        @Override
        public Next next(Duration patience) throws InterruptedException {
            var piece = reader.next(patience);
            if (piece.isEmpty()) {
                return new Next.End();
            }
            if (piece.get().isEmpty()) {
                return new Next.Quiet();
            }
            var event = Json.bytes(Json.object().put("text", piece.get()));
            return new Next.Event(new String(event, StandardCharsets.UTF_8));
        }

        @Override
        public void close() {
            // the reader holds nothing between looks
        }
    }
}
