/**
 * Homes: one directory per user and community that outlives every server. {@link
 * org.lyceum.storage.HomeService} makes them.
 *
 * <p>A home's place hangs on numbers only, so renaming a user moves nothing. The directories above
 * homes belong to the platform; a symbolic link in the way is refused and never followed. Homes
 * have no limit of their own yet: what guards the disk is the reserve, below which no server
 * starts.
 */
@NullMarked
package org.lyceum.storage;

import org.jspecify.annotations.NullMarked;
