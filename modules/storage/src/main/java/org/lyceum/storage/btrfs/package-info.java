/** Limits by btrfs: every folder is a subvolume, its quota group has the limit. */
@NullMarked
package org.lyceum.storage.btrfs;

import org.jspecify.annotations.NullMarked;
