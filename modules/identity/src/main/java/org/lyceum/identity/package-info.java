/**
 * Who there is and what they may do: users, groups, services, passwords, browser sessions, tokens,
 * scopes, and the OAuth provider through which single-user servers learn who is at the door.
 *
 * <p>Three ideas. People are numbers: a name is looked up at the surface and nothing stored hangs
 * on it, so a renamed user keeps what is theirs and a later owner of a name inherits nothing.
 * Everything but the user, the password and the admin flag belongs to one community: a token,
 * session, group or client of one is unknown in another. And rights are computed at each use from
 * what the owner holds now ({@link org.lyceum.identity.Scopes}), never from what was true when a
 * token was made.
 *
 * <p>Secrets leave this module once, as {@link org.lyceum.platform.kernel.Secret}, and are stored
 * as hashes. The module knows nothing of HTTP, cookies' names or containers; the scope language and
 * the OAuth answers follow JupyterHub 5.5 to the letter because its clients are unmodified.
 */
@NullMarked
package org.lyceum.identity;

import org.jspecify.annotations.NullMarked;
