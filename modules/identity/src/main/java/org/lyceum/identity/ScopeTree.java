package org.lyceum.identity;

import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * All scopes that mean something in one community, and which come with which: JupyterHub's own, and
 * those the community has declared. Immutable.
 */
final class ScopeTree {

    private static final Map<String, Set<String>> OWN = expand(implied());

    /** JupyterHub's own scopes and no others. */
    static final ScopeTree BUILT_IN = new ScopeTree(Map.of());

    private final Map<String, Set<String>> custom;

    private ScopeTree(Map<String, Set<String>> custom) {
        this.custom = custom;
    }

    static ScopeTree with(Collection<CustomScope> declared) {
        var implied = new HashMap<String, List<String>>();
        declared.forEach(scope -> implied.put(scope.name(), scope.subscopes()));
        return new ScopeTree(expand(implied));
    }

    boolean knows(String name) {
        return OWN.containsKey(name) || custom.containsKey(name);
    }

    /** The scope and all that come with it at any depth; nothing when there is no such scope. */
    Set<String> expanded(String name) {
        var own = OWN.get(name);
        return own != null ? own : custom.getOrDefault(name, Set.of());
    }

    private static Map<String, List<String>> implied() {
        var implied = new HashMap<String, List<String>>();
        Arrays.stream(ScopeName.values()).forEach(name -> implied.put(name.text(), name.implied()));
        return implied;
    }

    private static Map<String, Set<String>> expand(Map<String, List<String>> implied) {
        var expanded = new HashMap<String, Set<String>>();
        for (var name : implied.keySet()) {
            var all = new HashSet<String>();
            collect(name, implied, all);
            expanded.put(name, Set.copyOf(all));
        }
        return Map.copyOf(expanded);
    }

    /** A scope that has been met is not followed again: two may name each other. */
    private static void collect(String name, Map<String, List<String>> implied, Set<String> all) {
        var below = implied.get(name);
        if (below != null && all.add(name)) {
            below.forEach(next -> collect(next, implied, all));
        }
    }
}
