/**
 * The data plane: carries a browser's requests to the single-user server they belong to, and
 * everything else to the hub.
 *
 * <p>Three ideas. The route table is pushed into memory by whoever starts and stops servers ({@link
 * org.lyceum.proxy.Routes}); a request costs one look-up per path segment, whatever the number of
 * servers. Bytes are moved, never kept: each body and each WebSocket is slowed to the pace of the
 * side that takes it ({@code Pump}), so memory does not grow with sizes. What a request carries
 * across is decided in few, small places: the raw request target and the public Host unchanged, one
 * clean set of {@code X-Forwarded-*} ({@link org.lyceum.proxy.Forwarding}), no cookie of the hub in
 * either direction ({@code Cookies}).
 *
 * <p>Invariants. Everything here runs on the event loop and never waits, reads a database or writes
 * a log per request. The proxy decides nobody's access: the single-user server asks the hub for
 * that, and checks the Origin of a WebSocket itself. Where a server does not, the hub gives passes
 * ({@link org.lyceum.proxy.Passes}) and the proxy looks at nothing else ({@code Gate}). The path
 * that chooses a route is the path that is sent; a target whose meaning could differ between two
 * readers (dot segments, broken escapes, ambiguous framing) is answered 400 and goes nowhere.
 */
@NullMarked
package org.lyceum.proxy;

import org.jspecify.annotations.NullMarked;
