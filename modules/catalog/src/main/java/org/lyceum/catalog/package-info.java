/**
 * What may be run: {@link org.lyceum.catalog.Environment environments} (an image and how to run it)
 * and {@link org.lyceum.catalog.Profile profiles} (what a user picks: an environment and limits).
 *
 * <p>Administrators edit both ({@link org.lyceum.catalog.EnvironmentService}, {@link
 * org.lyceum.catalog.ProfileService}); a profile may ask questions whose answers change environment
 * and size, and may be offered to some groups and roles only. The words are KubeSpawner's, so that
 * a {@code profileList} can be read and {@code user_options} mean what clients expect.
 *
 * <p>What an administrator's environment runs was tried first, in a container like people's own
 * ({@link org.lyceum.catalog.TrialService}), and can be taken back.
 *
 * <p>A {@link org.lyceum.catalog.LaunchSpec} freezes a choice at the moment of a start: the image
 * by its id, never by a tag, and every limit. A running server keeps the one it started with,
 * whatever is edited later. Nothing here talks to people or starts anything.
 */
@NullMarked
package org.lyceum.catalog;

import org.jspecify.annotations.NullMarked;
