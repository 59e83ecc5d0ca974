package org.lyceum.identity;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** Scopes in one text, separated by spaces, as OAuth writes them. */
final class ScopeList {

    private ScopeList() {}

    /**
     * The single scopes. A filter may hold a name with spaces, so a word that begins no scope or
     * role belongs to the filter before it.
     *
     * @param roles whether there is a role of a name
     */
    static List<String> split(String text, Predicate<String> roles) {
        var scopes = new ArrayList<String>();
        for (var word : text.strip().split(" ", -1)) {
            boolean continues =
                    !scopes.isEmpty() && scopes.getLast().indexOf('=') >= 0 && !begins(word, roles);
            if (continues) {
                scopes.set(scopes.size() - 1, scopes.getLast() + " " + word);
            } else if (!word.isEmpty()) {
                scopes.add(word);
            }
        }
        return scopes;
    }

    private static boolean begins(String word, Predicate<String> roles) {
        int mark = word.indexOf('!');
        var name = mark < 0 ? word : word.substring(0, mark);
        return ScopeName.find(name).isPresent()
                || Scope.isCustom(name)
                || name.equals("identify")
                || roles.test(name);
    }
}
