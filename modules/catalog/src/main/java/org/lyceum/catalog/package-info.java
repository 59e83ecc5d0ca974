/**
 * What may be run: {@link org.lyceum.catalog.Environment environments} (an image and how to run it)
 * and {@link org.lyceum.catalog.Profile profiles} (what a user picks: an environment and limits).
 *
 * <p>A {@link org.lyceum.catalog.LaunchSpec} freezes a choice at the moment of a start: the image
 * by its id, never by a tag, and every limit. A running server keeps the one it started with,
 * whatever is edited later. Nothing here talks to people or starts anything.
 */
@NullMarked
package org.lyceum.catalog;

import org.jspecify.annotations.NullMarked;
