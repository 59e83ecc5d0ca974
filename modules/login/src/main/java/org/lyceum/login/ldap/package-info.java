/**
 * LDAP and Active Directory by the UnboundID SDK, as a pac4j authenticator; nothing of either
 * leaves. {@link org.lyceum.login.ldap.Directory} is what others see, and loads neither library
 * before the first person signs in by a directory.
 */
@NullMarked
package org.lyceum.login.ldap;

import org.jspecify.annotations.NullMarked;
