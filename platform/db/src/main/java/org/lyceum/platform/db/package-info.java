/**
 * The one SQLite file: {@link org.lyceum.platform.db.Database} reads and writes it, {@link
 * org.lyceum.platform.db.Migrations} bring it to the shape the program expects.
 *
 * <p>SQLite is native code: a virtual thread that waits inside it keeps its carrier, and on two
 * cores two of them stop every other virtual thread. So SQLite only ever runs on a few platform
 * threads of its own (one writes, two read), and callers wait for them in the JVM, with a deadline
 * and a bounded queue (docs/adr/0006). The pragmas stand in one place, {@code Connections}, each
 * with its reason.
 *
 * <p>This package knows no table. Only classes called {@code …Repository} may use what it hands
 * out.
 */
@NullMarked
package org.lyceum.platform.db;

import org.jspecify.annotations.NullMarked;
