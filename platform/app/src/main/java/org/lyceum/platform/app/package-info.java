/**
 * How the process lives: its parts ({@link org.lyceum.platform.app.Module}), the order they start
 * and stop in ({@link org.lyceum.platform.app.Lifecycle}), and the one place that makes threads
 * ({@link org.lyceum.platform.app.Threads}).
 *
 * <p>Constructors only assign; {@code start()} may do I/O. Start runs in construction order, close
 * in reverse, and one part that fails to close keeps none of the others from closing.
 */
@NullMarked
package org.lyceum.platform.app;

import org.jspecify.annotations.NullMarked;
