package org.lyceum.hub;

import org.lyceum.platform.kernel.Secret;

/**
 * What all hubs of the process share, and nobody else knows; not kept over a restart.
 *
 * @param anonymousKey derives the XSRF tokens of people who are not signed in: it outlives no
 *     sign-in form, and a form that is too old is shown again
 * @param handover sessions on their way between hosts
 */
record HubSecrets(Secret anonymousKey, Handover handover) {}
