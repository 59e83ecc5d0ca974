/**
 * Containers, in our words. {@link org.lyceum.platform.docker.ContainerEngine} is the port, {@link
 * org.lyceum.platform.docker.DockerEngine} the adapter to Docker; nobody else imports docker-java.
 *
 * <p>Ideas:
 *
 * <ul>
 *   <li>A {@link org.lyceum.platform.docker.ContainerSpec} can only describe a hardened container.
 *       There is no field for privileges, capabilities, host namespaces, published ports or
 *       devices, so no template and no API call can ask for them. One class turns a spec into
 *       Docker's host configuration ({@code HardenedProfile}); which rules it keeps and which it
 *       had to leave out stands in docs/adr/0012-hardened-profile.md, which system calls it lets
 *       through in 0013.
 *   <li>Labels say what a container is. Running the same spec twice gives the same container; a
 *       container of the same name with other labels is refused and never touched.
 *   <li>Every call has our own deadline and a place in a bounded number of calls, because the
 *       client library's time-out has no effect on a Unix socket.
 *   <li>Every failure becomes a {@link org.lyceum.platform.kernel.Problem} in one place ({@code
 *       DockerProblems}), and its message names the next step.
 * </ul>
 *
 * <p>Everything here blocks and belongs on virtual threads. Nothing here knows users, servers or
 * communities; it only sees numbers and labels that others give it.
 */
@NullMarked
package org.lyceum.platform.docker;

import org.jspecify.annotations.NullMarked;
