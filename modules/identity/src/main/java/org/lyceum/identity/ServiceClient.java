package org.lyceum.identity;

import java.util.List;

/**
 * How a service lets people sign in with the hub.
 *
 * @param identifier its OAuth client id; begins with {@code service-}
 * @param redirectUri compared exactly; a bare path for a service behind the proxy
 * @param allowedScopes what it may ask for beyond who the user is and access to itself, sorted
 */
public record ServiceClient(String identifier, String redirectUri, List<String> allowedScopes) {

    /** What JupyterHub wants the identifiers of services to begin with. */
    public static final String PREFIX = "service-";

    public ServiceClient {
        allowedScopes = List.copyOf(allowedScopes);
    }
}
