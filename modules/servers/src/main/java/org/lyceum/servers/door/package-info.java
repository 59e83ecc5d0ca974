/**
 * Ways to and from a container without a network: sockets in it that this process holds, and the
 * bytes between them and others (docs/adr/0061).
 */
@NullMarked
package org.lyceum.servers.door;

import org.jspecify.annotations.NullMarked;
