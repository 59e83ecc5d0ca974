package org.lyceum.identity;

import org.jspecify.annotations.Nullable;

import java.util.List;

/**
 * Turns what is written in a role, token or client into what it stands for: the words {@code self}
 * and {@code inherit}, and filters that mean the owner.
 */
final class Grants {

    private Grants() {}

    /**
     * Whether {@code word} is one of the words that stand for scopes; {@code all} is the old name
     * of {@code inherit}.
     */
    static boolean isWord(String word) {
        return word.equals(Roles.INHERIT)
                || word.equals("all")
                || word.equals(Roles.SELF)
                || word.equals(Roles.NO_SCOPE);
    }

    /** What {@code written} stands for when {@code all} is everything the owner holds. */
    static Scopes expand(List<String> written, Scopes.Self self, Scopes all) {
        var builder = new Scopes.Builder();
        for (var text : written) {
            switch (text) {
                case Roles.INHERIT, "all" -> builder.add(all);
                case Roles.SELF -> addSelf(builder, self);
                case Roles.NO_SCOPE -> {}
                default -> builder.add(Scope.parse(text), self);
            }
        }
        return builder.build();
    }

    /**
     * All a user holds.
     *
     * @param groupScopes what their groups add
     */
    static Scopes ofUser(String name, boolean admin, List<String> groupScopes) {
        var self = new Scopes.Self(name, null, null);
        var builder = new Scopes.Builder();
        addSelf(builder, self);
        if (admin) {
            builder.add(expand(Roles.ADMIN, self, Scopes.NONE));
        }
        return builder.add(expand(groupScopes, self, Scopes.NONE)).build();
    }

    /** All a service holds; {@code self} gives a service nothing. */
    static Scopes ofService(String name, boolean admin, List<String> scopes) {
        var self = new Scopes.Self(null, null, name);
        var builder = new Scopes.Builder();
        if (admin) {
            builder.add(expand(Roles.ADMIN, self, Scopes.NONE));
        }
        return builder.add(expand(scopes, self, Scopes.NONE)).build();
    }

    /** Who the owner is: part of whatever they show at the door. */
    static Scopes identify(Scopes.Self self) {
        var builder = new Scopes.Builder();
        var scopes = self.service() == null ? Roles.IDENTIFY_USER : Roles.IDENTIFY_SERVICE;
        scopes.forEach(scope -> builder.add(scope, self));
        return builder.build();
    }

    /** Access to one server ({@code user/server}) or one service. */
    static Scopes access(@Nullable String server, @Nullable String service) {
        if (server != null) {
            return Scopes.of(List.of("access:servers!server=" + server));
        }
        return service == null
                ? Scopes.NONE
                : Scopes.of(List.of("access:services!service=" + service));
    }

    private static void addSelf(Scopes.Builder builder, Scopes.Self self) {
        if (self.user() != null) {
            Roles.OF_SELF.forEach(scope -> builder.add(scope, self));
        }
    }
}
