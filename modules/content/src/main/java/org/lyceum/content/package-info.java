/**
 * Files of Git repositories in people's homes: what the managers of a community attach is brought
 * there before a server starts, and what a link names (nbgitpuller's form) when its reader asks.
 *
 * <p>Two containers without rights share the work, and never meet: one knows the repository and its
 * key and writes to a {@link org.lyceum.content.Mirrors mirror}; the other has the home, the mirror
 * to read, and no network. So nothing in a home, whatever its owner has made of it, gets at a key,
 * at the platform or at anybody else's; and nothing in a repository runs.
 *
 * <p>What somebody has changed is never lost ({@code pull.py} says how), and a start neither fails
 * nor waits for long because of a repository.
 */
@NullMarked
package org.lyceum.content;

import org.jspecify.annotations.NullMarked;
