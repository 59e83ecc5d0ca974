/**
 * The program: reads its arguments, builds every part in dependency order ({@link
 * org.lyceum.main.Hub}), starts them, and ends them when it is told to.
 *
 * <p>The one place that knows all modules. It holds wiring and no logic: what could be decided here
 * is decided in the module whose noun it is.
 */
@NullMarked
package org.lyceum.main;

import org.jspecify.annotations.NullMarked;
