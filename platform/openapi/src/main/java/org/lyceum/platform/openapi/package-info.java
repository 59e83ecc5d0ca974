/**
 * Writes the reference of a surface: an OpenAPI 3.1 document and a page, both from the {@link
 * org.lyceum.platform.http.Endpoint}s themselves, so that neither can say what is not served.
 *
 * <p>An endpoint with an {@link org.lyceum.platform.http.Operation} is in the reference, one
 * without is not. Who may call comes from its {@link org.lyceum.platform.http.Access}, its path
 * parameters from its path; what is common to all operations of a surface is in its {@link
 * org.lyceum.platform.openapi.Api}.
 *
 * <p>Knows no business and no JupyterHub.
 */
@NullMarked
package org.lyceum.platform.openapi;

import org.jspecify.annotations.NullMarked;
