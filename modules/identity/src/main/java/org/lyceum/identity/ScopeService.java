package org.lyceum.identity;

import org.lyceum.platform.kernel.Actor;
import org.lyceum.platform.kernel.CommunityId;
import org.lyceum.platform.kernel.Problem;

import java.util.List;

/**
 * The custom scopes of a community: names by which its servers and services tell users apart, and
 * to which the hub gives no meaning of its own. Blocking. Source: jupyterhub 5.5, scopes.py.
 */
public final class ScopeService {

    private static final int MAX_DESCRIPTION = 1_000;
    private static final int MAX_SUBSCOPES = 200;

    private final CustomScopeRepository scopes;

    ScopeService(CustomScopeRepository scopes) {
        this.scopes = scopes;
    }

    /** All, by name; a community has at most 200. */
    public List<CustomScope> list(CommunityId community) {
        return scopes.list(community);
    }

    /**
     * Declares a scope; its version is 0, whatever is asked.
     *
     * @throws Problem INVALID scope.name-invalid, scope.description-invalid, scope.subscope-unknown
     *     (only custom scopes come with a custom one); CONFLICT scope.exists, scope.too-many
     */
    public CustomScope declare(Actor actor, CommunityId community, CustomScope scope) {
        requireValid(scope);
        return scopes.declare(actor, community, scope);
    }

    /**
     * Replaces description and subscopes of the scope that has this name and version.
     *
     * @throws Problem NOT_FOUND scope.not-declared; STALE scope.stale; INVALID as {@link #declare}
     */
    public CustomScope change(Actor actor, CommunityId community, CustomScope scope) {
        requireValid(scope);
        return scopes.change(actor, community, scope);
    }

    /**
     * Removes a scope. In tokens it means nothing from then on.
     *
     * @throws Problem NOT_FOUND scope.not-declared; STALE scope.stale; CONFLICT scope.in-use when a
     *     role or another scope names it
     */
    public void delete(Actor actor, CommunityId community, String name, long version) {
        scopes.delete(actor, community, name, version);
    }

    private static void requireValid(CustomScope scope) {
        if (!Scope.isCustom(scope.name())) {
            throw Problem.invalid(
                    "scope.name-invalid",
                    "A custom scope is custom: and then at least two lower-case letters, digits or"
                            + " - _ : *; it begins with a letter or digit and ends with none of"
                            + " - and :.");
        }
        var description = scope.description();
        if (description.isBlank() || description.length() > MAX_DESCRIPTION) {
            throw Problem.invalid(
                    "scope.description-invalid",
                    "A scope needs a description of at most "
                            + MAX_DESCRIPTION
                            + " characters: users read it when they are asked to grant the"
                            + " scope.");
        }
        if (scope.subscopes().size() > MAX_SUBSCOPES) {
            throw Problem.of(
                    Problem.Kind.TOO_LARGE,
                    "scope.too-many-subscopes",
                    "At most " + MAX_SUBSCOPES + " scopes can come with one.");
        }
    }
}
