/** Earlier versions as trees of files, where the file system has no snapshots of its own. */
@NullMarked
package org.lyceum.storage.tree;

import org.jspecify.annotations.NullMarked;
