/**
 * What every other part speaks: who acts ({@link org.lyceum.platform.kernel.Actor}), what goes
 * wrong ({@link org.lyceum.platform.kernel.Problem}), how things are numbered, how names are
 * escaped, and how secrets are made and compared.
 *
 * <p>Only the JDK may be imported here. Everything is immutable and safe for any thread, the event
 * loop included.
 */
@NullMarked
package org.lyceum.platform.kernel;

import org.jspecify.annotations.NullMarked;
