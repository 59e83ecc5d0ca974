package org.lyceum.hub;

import org.lyceum.platform.http.Endpoint;
import org.lyceum.platform.http.Request;
import org.lyceum.platform.http.Response;
import org.lyceum.platform.openapi.OpenApi;

import java.util.List;

/** The reference of this hub's API, for programs. */
final class ReferenceEndpoints {

    private final HubUrls urls;
    private final HubAccess access;
    private final List<Endpoint> all;

    /**
     * @param all every endpoint of the hub, once it has been built; read at each request
     */
    ReferenceEndpoints(HubUrls urls, HubAccess access, List<Endpoint> all) {
        this.urls = urls;
        this.access = access;
        this.all = all;
    }

    List<Endpoint> endpoints() {
        return List.of(
                Endpoint.get("hub/api/openapi.json", access.open(), this::document)
                        .as(HubOperations.DOCUMENT));
    }

    /** Made at each request: kept, it would cost every community 100 KB that nobody reads. */
    private Response document(Request request) {
        return Response.json(200, OpenApi.document(HubApi.API, urls.base(), all));
    }
}
