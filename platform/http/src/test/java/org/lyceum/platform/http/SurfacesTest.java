package org.lyceum.platform.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.lyceum.platform.kernel.Problem;

import java.util.List;

/** Goal: a request meets the surface that is meant for its host and path. */
class SurfacesTest {

    private final Surfaces surfaces = new Surfaces();

    /** A surface that is nothing but its place. */
    private record Place(String host, String basePath) implements Surface {

        @Override
        public List<Endpoint> endpoints() {
            return List.of();
        }

        @Override
        public boolean serves(Listener listener, String path) {
            return true;
        }

        @Override
        public Response unmatched(Request request) {
            return Response.of(404);
        }

        @Override
        public Response wrongMethod(Request request) {
            return Response.of(405);
        }

        @Override
        public Response failed(Request request, Problem problem) {
            return Response.of(400);
        }

        @Override
        public Response broken(Request request) {
            return Response.of(500);
        }

        @Override
        public Response finish(Request request, Response response) {
            return response;
        }
    }

    private String at(String host, String path) {
        var segments = VirtualThreadDispatch.decodedPath(path).orElseThrow();
        return surfaces.find(host, segments)
                .map(found -> found.surface().host() + found.surface().basePath())
                .orElse("none");
    }

    private void mount(String host, String base) {
        surfaces.mount(new Place(host, base));
    }

    @Test
    void the_longest_base_wins_and_whole_segments_count() {
        mount("", "/");
        mount("", "/maths/");

        assertThat(at("", "/maths/hub")).isEqualTo("/maths/");
        assertThat(at("", "/maths/")).isEqualTo("/maths/");
        assertThat(at("", "/maths")).isEqualTo("/");
        assertThat(at("", "/mathsx/")).isEqualTo("/");
        assertThat(at("", "/maths%2Fhub/")).isEqualTo("/");
        surfaces.unmount(new Place("", "/"));
        assertThat(at("", "/x")).isEqualTo("none");
    }

    @Test
    void a_host_goes_before_its_domain_and_both_before_any_host() {
        mount("", "/");
        mount("", "/panel/");
        mount(".hub.org", "/");
        mount("maths.org", "/");

        assertThat(at("maths.org", "/panel/")).isEqualTo("maths.org/");
        assertThat(at("ada.hub.org", "/panel/")).isEqualTo(".hub.org/");
        assertThat(at("a.b.hub.org", "/")).isEqualTo(".hub.org/");
        assertThat(at("hub.org", "/panel/")).isEqualTo("/panel/");
        assertThat(at("evilhub.org", "/")).isEqualTo("/");
        assertThat(at("maths.org.evil", "/")).isEqualTo("/");
        assertThat(at("", "/panel/")).isEqualTo("/panel/");
    }

    @Test
    void an_escaped_slash_is_no_way_into_another_base() {
        mount("", "/");
        mount("", "/a/b/");

        assertThat(at("", "/a%2Fb/x")).isEqualTo("/");
        assertThat(at("", "/a/b/x")).isEqualTo("/a/b/");
    }
}
