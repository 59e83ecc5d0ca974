package org.lyceum.identity;

import java.util.Collection;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** placeholder */
public final class Scopes {
    public static Scopes of(Collection<String> written) { return Todo.later(); }
    public boolean allows(String scope, Target target) { return Todo.later(); }
    public boolean holdsAny(String scope) { return Todo.later(); }
    public Decision check(Set<String> required, Target target) { return Todo.later(); }
    public List<String> written() { return Todo.later(); }
    List<String> writtenFor(@Nullable String ownServer) { return Todo.later(); }
    public Scopes union(Scopes other) { return Todo.later(); }
}
