package org.lyceum.identity;

import java.util.Set;

/** What a request is about; the filters of a scope are compared with it. */
public sealed interface Target {

    /** The one target that nothing but an unfiltered scope covers. */
    Target EVERYTHING = new Everything();

    /**
     * A user.
     *
     * @param groups names of the groups {@code user} is in
     */
    record OfUser(String user, Set<String> groups) implements Target {}

    /**
     * A server of a user.
     *
     * @param server the server's name, empty for the default one
     * @param groups names of the groups {@code user} is in
     */
    record OfServer(String user, String server, Set<String> groups) implements Target {}

    record OfGroup(String group) implements Target {}

    record OfService(String service) implements Target {}

    record Everything() implements Target {}
}
