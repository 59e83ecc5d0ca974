/**
 * OpenID Connect by pac4j and Nimbus; nothing of theirs leaves. {@link
 * org.lyceum.login.oidc.OpenIdConnect} is what others see, and loads neither library before the
 * first browser leaves for a provider.
 */
@NullMarked
package org.lyceum.login.oidc;

import org.jspecify.annotations.NullMarked;
