package org.lyceum.admin;

import org.lyceum.platform.http.Access;
import org.lyceum.platform.http.Endpoint;
import org.lyceum.platform.http.Request;
import org.lyceum.platform.http.Response;
import org.lyceum.platform.openapi.OpenApi;

import java.util.List;

/** The reference of the panel's API, for programs. It is the same for everybody. */
final class ReferenceEndpoints {

    private final List<Endpoint> all;

    /**
     * @param all every endpoint of the surface, once it has been built; read at each request
     */
    ReferenceEndpoints(List<Endpoint> all) {
        this.all = all;
    }

    List<Endpoint> endpoints() {
        return List.of(
                Endpoint.get("v1/openapi.json", Access.open(), this::document)
                        .as(AdminOperations.DOCUMENT));
    }

    private Response document(Request request) {
        return Response.json(200, OpenApi.document(AdminOperations.API, AdminSurface.BASE, all));
    }
}
