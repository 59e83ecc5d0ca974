/**
 * The surface of the panel: {@code /api/admin/v1/}, spoken by our own web application only, and the
 * application's files below {@code /panel/}.
 *
 * <p>It translates: HTTP and JSON in, one call, JSON out. Only platform administrators pass. JSON
 * is camelCase, failures are RFC 9457 problems, and a change needs a header that no other site's
 * form can send. Lists that cross modules are read from views of its own.
 */
@NullMarked
package org.lyceum.admin;

import org.jspecify.annotations.NullMarked;
