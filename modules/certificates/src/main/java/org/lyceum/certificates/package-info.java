/**
 * The certificate with which the platform proves its name to browsers: where it comes from, and
 * that there is always one that is good (docs/adr/0065).
 */
@NullMarked
package org.lyceum.certificates;

import org.jspecify.annotations.NullMarked;
