/**
 * The life of single-user servers: start, ready, stop, recover.
 *
 * <p>Ideas:
 *
 * <ul>
 *   <li>The row in {@code servers_server} decides. One conditional statement takes the right to
 *       start or stop a server, so of two callers exactly one wins.
 *   <li>{@link org.lyceum.servers.SpawnService} decides, {@code SpawnRunner} does: home, image,
 *       network, container, boot, route. Its steps are told to {@link
 *       org.lyceum.servers.ProgressFeed}.
 *   <li>Labels on the container carry all that recovery needs, signed. {@code ReconcileServers}
 *       compares rows, containers and routes every 30 s and at the start of the process, with the
 *       same code, and repairs whatever differs. It never touches a container whose signature is
 *       not ours.
 *   <li>A server's token is never part of the container's description: it travels in a file that is
 *       deleted once the server has answered.
 * </ul>
 *
 * <p>Invariants: a route exists only for a READY server, and is removed before the container is
 * asked to stop; a SPAWNING row always has an owner, and one that has none becomes FAILED. Names of
 * users appear only in URLs and in the server's own environment.
 */
@NullMarked
package org.lyceum.servers;

import org.jspecify.annotations.NullMarked;
