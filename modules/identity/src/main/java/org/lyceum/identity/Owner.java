package org.lyceum.identity;

import org.lyceum.platform.kernel.Actor;

/** Whose rights a token or session carries. */
public sealed interface Owner {

    record OfUser(User user) implements Owner {}

    record OfService(RegisteredService service) implements Owner {}

    /** Today's name. */
    default String name() {
        return switch (this) {
            case OfUser(var user) -> user.name();
            case OfService(var service) -> service.name();
        };
    }

    default Actor actor() {
        return switch (this) {
            case OfUser(var user) -> user.actor();
            case OfService(var service) -> service.actor();
        };
    }
}
