/**
 * Who did what to which thing. An audit line is written in the same transaction as the change it
 * tells of, so there is never one without the other; lines are chained by hashes and never changed.
 *
 * <p>The module knows nothing of what it records: actions are an enum with a sentence each, things
 * are texts such as {@code user:7}. No line holds a secret.
 */
@NullMarked
package org.lyceum.audit;

import org.jspecify.annotations.NullMarked;
