package org.lyceum.hub;

import com.fasterxml.jackson.databind.node.ObjectNode;

import org.lyceum.platform.http.Endpoint;
import org.lyceum.platform.http.Request;
import org.lyceum.platform.http.Response;
import org.lyceum.platform.openapi.OpenApi;

import java.util.List;

/** The reference of this hub's API, for programs and for people. */
final class ReferenceEndpoints {

    private final HubUrls urls;
    private final HubAccess access;
    private final PageFrame frame;
    private final List<Endpoint> all;

    /**
     * @param all every endpoint of the hub, once it has been built; read at each request
     */
    ReferenceEndpoints(HubUrls urls, HubAccess access, PageFrame frame, List<Endpoint> all) {
        this.urls = urls;
        this.access = access;
        this.frame = frame;
        this.all = all;
    }

    List<Endpoint> endpoints() {
        return List.of(
                Endpoint.get("hub/api/openapi.json", access.open(), this::document)
                        .as(HubOperations.DOCUMENT),
                Endpoint.get("hub/api-reference", access.page(), this::page));
    }

    /** Made at each request: kept, it would cost every community 100 KB that nobody reads. */
    private Response document(Request request) {
        return Response.json(200, document());
    }

    private Response page(Request request) {
        var origin = request.scheme() + "://" + request.host();
        var page = new ReferencePage(origin, document()).page(urls);
        return frame.answer(request, 200, page, HubCaller.of(request));
    }

    private ObjectNode document() {
        return OpenApi.document(HubApi.API, urls.base(), all);
    }
}
