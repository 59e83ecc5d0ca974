/** No limits: what is left where nothing can be enforced. */
@NullMarked
package org.lyceum.storage.measured;

import org.jspecify.annotations.NullMarked;
