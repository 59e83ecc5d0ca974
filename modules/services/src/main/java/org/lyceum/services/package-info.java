/**
 * Services: programs beside the servers, which speak to a community's hub with a token of their
 * own, and which people may reach below {@code /services/NAME/} and sign in at with the hub.
 *
 * <p>Who they are and what they may do is {@link org.lyceum.identity.ServiceRegistry}'s. Here is
 * where they are: {@link org.lyceum.services.Registrations} looks at the address somebody names
 * before it is written down, {@code RouteServices} leads the proxy there and compares again and
 * again, and {@link org.lyceum.services.ServiceEnvironment} writes down what the program has to be
 * told. The platform starts no services and never calls one.
 *
 * <p>Invariants: only an administrator of the platform says where the proxy leads to, because
 * whoever may say that reaches what the platform's machine reaches; a route leads to an address (no
 * name) within the networks that the configuration lists, never to one of the platform's own doors,
 * and never to link-local addresses, where clouds keep their credentials.
 */
@NullMarked
package org.lyceum.services;

import org.jspecify.annotations.NullMarked;
