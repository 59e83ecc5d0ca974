/**
 * The tenants of the platform: a {@link org.lyceum.community.Community} has members, a catalogue
 * and a hub of its own below its base URL. The first one, number 1, sits at {@code /} and always
 * exists.
 *
 * <p>A community is a number everywhere below the surface. Leaving one takes the user's tokens,
 * sessions and groups there with it, at once; what they have in other communities stays.
 */
@NullMarked
package org.lyceum.community;

import org.jspecify.annotations.NullMarked;
