/**
 * Images from Git repositories, by the conventions of repo2docker: an environment has a {@link
 * org.lyceum.builds.Source} and any number of {@link org.lyceum.builds.Build}s, one at a time.
 *
 * <p>A build fetches one commit, plans what its files ask for ({@link
 * org.lyceum.builds.BuildPlan}), and runs the parts of the plan in containers of their own, one
 * after the other; what each part comes to is kept as an image named after everything it was made
 * from, so the next build goes on behind the last part that is the same. What comes out is handed
 * to the catalog to be tried, and people get it when it has passed.
 *
 * <p>Strangers' programs run here as root of a container: nothing of the host is in it, no secret,
 * and never the engine's socket. Memory, time, processes and disk are bounded. A platform that ends
 * in the middle leaves a row that says so, and containers that the next run removes.
 */
@NullMarked
package org.lyceum.builds;

import org.jspecify.annotations.NullMarked;
