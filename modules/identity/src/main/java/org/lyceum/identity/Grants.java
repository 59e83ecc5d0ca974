package org.lyceum.identity;

import org.jspecify.annotations.Nullable;
import org.lyceum.platform.kernel.Problem;

import java.util.List;

/**
 * Turns what is written in a role, token or client into what it stands for: the words {@code self}
 * and {@code inherit}, and filters that mean the owner.
 *
 * @param tree the scopes there are in the community
 */
record Grants(ScopeTree tree) {

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

    /**
     * Reads a scope that means something in the community.
     *
     * @throws Problem INVALID scope.unknown
     */
    Scope known(String text) {
        var scope = Scope.parse(text);
        if (!tree.knows(scope.name())) {
            throw Scope.unknown(text);
        }
        return scope;
    }

    /** Whether a scope that was written at some time, or a word, still means something. */
    boolean means(String text) {
        return isWord(text) || tree.knows(Scope.parse(text).name());
    }

    /** What {@code written} stands for when {@code all} is everything the owner holds. */
    Scopes expand(List<String> written, Scopes.Self self, Scopes all) {
        var builder = new Scopes.Builder(tree);
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

    /** All a user holds through the scopes of their roles. */
    Scopes ofUser(String name, List<String> roleScopes) {
        return expand(roleScopes, new Scopes.Self(name, null, null), Scopes.NONE);
    }

    /** All a service holds; {@code self} gives a service nothing. */
    Scopes ofService(String name, List<String> roleScopes) {
        return expand(roleScopes, new Scopes.Self(null, null, name), Scopes.NONE);
    }

    /** Who the owner is: part of whatever they show at the door. */
    static Scopes identify(Scopes.Self self) {
        var builder = new Scopes.Builder(ScopeTree.BUILT_IN);
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
