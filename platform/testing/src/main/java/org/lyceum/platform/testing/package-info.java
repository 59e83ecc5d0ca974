/**
 * What tests share. {@link org.lyceum.platform.testing.ContractRow} and {@link
 * org.lyceum.platform.testing.SecurityStatement} tie a test to the promise it shows, so that a list
 * of promises without a test can be made from the class files.
 */
@NullMarked
package org.lyceum.platform.testing;

import org.jspecify.annotations.NullMarked;
