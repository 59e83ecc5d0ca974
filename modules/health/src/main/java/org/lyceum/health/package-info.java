/**
 * Health: questions about the machine and the platform that have an answer now, each with an
 * explanation and, where something is wrong, what puts it right.
 *
 * <p>Ideas:
 *
 * <ul>
 *   <li>A {@code Check} looks at what is, not at what was set: at the kernel's lists and the
 *       engine's own account rather than at files of settings.
 *   <li>All are asked at once, each with the same short patience; one that fails or hangs is an
 *       answer too, and hides no other.
 *   <li>The latest {@code HealthReport} is kept in memory; a restart asks again.
 * </ul>
 *
 * <p>It changes nothing: that is what the fixes are for, which people carry out.
 */
@NullMarked
package org.lyceum.health;

import org.jspecify.annotations.NullMarked;
