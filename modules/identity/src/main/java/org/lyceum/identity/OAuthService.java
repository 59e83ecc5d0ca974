package org.lyceum.identity;

import java.util.List;
import java.util.Map;
import org.lyceum.platform.kernel.CommunityId;
import org.lyceum.platform.kernel.Secret;

/** The OAuth 2 provider for single-user servers and services (contract §3). Blocking. */
public final class OAuthService {

    OAuthService() {}

    /**
     * Registers a client; an earlier one of the same grantee, or with the same identifier and redirect
     * URI, is removed with its tokens.
     *
     * @param redirectUri compared exactly; may be a bare path
     * @param allowedScopes what a client may ask for beyond who the user is and access to itself
     */
    public void registerClient(
            CommunityId community,
            String identifier,
            Secret secret,
            String redirectUri,
            String description,
            List<String> allowedScopes,
            Grantee grantee) {
        Todo.later();
    }

    /** {@code GET}: what becomes of the browser. The caller must have come with a cookie. */
    public Authorization authorize(AuthorizeRequest request, Caller caller) {
        return Todo.later();
    }

    /** {@code POST}: the user has agreed to {@code scopes}, which may be fewer than were shown. */
    public Authorization confirm(AuthorizeRequest request, Caller caller, List<String> scopes) {
        return Todo.later();
    }

    /** {@code POST …/oauth2/token}; {@code form} holds the first value of each field. */
    public Exchange exchange(CommunityId community, Map<String, String> form) {
        return Todo.later();
    }
}
