/**
 * What needs root's rights, and how the platform reaches it. {@link
 * org.lyceum.storage.keeper.LocalKeeper} does the work; {@link
 * org.lyceum.storage.keeper.KeeperService} lets it be asked over a Unix socket, by one user and
 * with a closed set of commands; {@link org.lyceum.storage.keeper.RemoteKeeper} asks. One code
 * path, two ways to reach it (ADR 0024).
 *
 * <p>A command names a folder by numbers. Every path is worked out here and walked down from the
 * pool's root by the kernel, which follows no link. What is above a folder belongs to root and can
 * be entered, but not listed or changed, by others; a folder itself belongs to the containers'
 * user.
 */
@NullMarked
package org.lyceum.storage.keeper;

import org.jspecify.annotations.NullMarked;
