/** Limits by size: every folder is a file system of its own, in a file of the pool. */
@NullMarked
package org.lyceum.storage.image;

import org.jspecify.annotations.NullMarked;
