/**
 * JupyterHub's surface, one per community: its URLs, REST API, OAuth provider, and the pages people
 * see (sign in, home, starting, tokens, errors).
 *
 * <p>The contract is JupyterHub's, version {@value org.lyceum.hub.HubHeaders#VERSION} (see {@code
 * docs/adr/0010}); this module only translates: HTTP and JSON in, one call of a service, JSON or
 * HTML out. {@link org.lyceum.hub.CommunityHub} is the surface; each {@code …Endpoints} class holds
 * the endpoints of one subject; {@link org.lyceum.hub.HubAccess} decides who may call them.
 *
 * <p>Invariants: every endpoint has an access rule; whoever lacks a scope gets 403, whoever has it
 * for other things gets 404; a cookie proves nothing without the XSRF token where a foreign page
 * could have sent the request; no redirect leaves the host except to a registered OAuth client;
 * every value that reaches a page goes through {@link org.lyceum.hub.Html}; pages have no inline
 * script or style.
 *
 * <p>Knows no SQL, no Docker and no proxy internals, and keeps no state of its own.
 */
@NullMarked
package org.lyceum.hub;

import org.jspecify.annotations.NullMarked;
