/** Limits by project quotas of ext4 and XFS: a directory has a number, the number has limits. */
@NullMarked
package org.lyceum.storage.project;

import org.jspecify.annotations.NullMarked;
