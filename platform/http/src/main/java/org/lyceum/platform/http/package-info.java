/**
 * The HTTP edge: Vert.x on one side, plain blocking code that returns values on the other.
 *
 * <p>A {@link org.lyceum.platform.http.Surface} is a set of endpoints below a base path; {@link
 * org.lyceum.platform.http.Surfaces} finds the one with the longest base path. {@link
 * org.lyceum.platform.http.VirtualThreadDispatch} reads the body on the event loop (bounded), hands
 * an immutable {@link org.lyceum.platform.http.Request} to a virtual thread and writes the {@link
 * org.lyceum.platform.http.Response} back. No endpoint exists without an {@link
 * org.lyceum.platform.http.Access}.
 *
 * <p>Paths are matched on decoded segments. A path with a broken escape or a dot segment is refused
 * before anything looks at it, so that no two readers can understand it differently.
 *
 * <p>Knows no business: who the caller is, what a failure looks like and which pages exist is said
 * by the surfaces.
 */
@NullMarked
package org.lyceum.platform.http;

import org.jspecify.annotations.NullMarked;
