/**
 * Signing in by somebody else's word: OpenID Connect and LDAP {@link org.lyceum.login.Provider}s,
 * whom they vouch for, and which communities let those in.
 *
 * <p>A person is the number of a user. Who they are elsewhere is a pair of issuer and subject that
 * leads to that number; names and addresses are only read, so two people with one e-mail address
 * stay two, and a renamed one stays one. {@link org.lyceum.login.LoginService} decides: which user,
 * new or known, and whether the community's {@link org.lyceum.login.LoginRule} lets them in. A
 * change of a provider is a candidate first; it counts when its settings were checked, somebody has
 * signed in with it on trial, and an administrator says so. What counted before is kept to go back
 * to.
 *
 * <p>What is foreign stays in the sub-packages: {@code oidc} alone knows pac4j and Nimbus, {@code
 * ldap} alone UnboundID. Neither is loaded before somebody uses a provider, and nothing asks the
 * network when the platform starts. Passwords of this platform work whatever happens here.
 */
@NullMarked
package org.lyceum.login;

import org.jspecify.annotations.NullMarked;
