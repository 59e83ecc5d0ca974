package org.lyceum.identity;

import org.lyceum.platform.kernel.Problem;

import java.util.Locale;
import java.util.regex.Pattern;

/**
 * One scope as it is written: {@code name}, {@code name!user=ada}, {@code name!user}.
 *
 * @param name one of {@link ScopeName}, or of the form of a custom scope; whether a community has
 *     declared that one is the {@link ScopeTree}'s to say
 */
record Scope(String name, Filter filter) {

    /** jupyterhub 5.5, scopes.py: {@code _custom_scope_pattern}. */
    private static final Pattern CUSTOM =
            Pattern.compile("custom:[a-z0-9][a-z0-9_\\-*:]+[a-z0-9_*]");

    /** Longer names are a mistake; JupyterHub's columns are as wide. */
    private static final int MAX_NAME = 255;

    /** What a filter compares. */
    enum Kind {
        USER,
        GROUP,
        /** The value is {@code user/server}; the default server's name is empty. */
        SERVER,
        SERVICE;

        String text() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** For what the scope holds. */
    sealed interface Filter {

        /** For everything. */
        record None() implements Filter {}

        /** For the owner of the token, or the server it was issued to. */
        record Self(Kind kind) implements Filter {}

        record Is(Kind kind, String value) implements Filter {}
    }

    /**
     * Reads a scope.
     *
     * @throws Problem INVALID scope.unknown
     */
    static Scope parse(String written) {
        int mark = written.indexOf('!');
        var name = mark < 0 ? written : written.substring(0, mark);
        if (ScopeName.find(name).isEmpty() && !isCustom(name)) {
            throw unknown(written);
        }
        var filter = mark < 0 ? new Filter.None() : filter(written, written.substring(mark + 1));
        return new Scope(name, filter);
    }

    /** Whether a custom scope may have this name. */
    static boolean isCustom(String name) {
        return name.length() <= MAX_NAME && CUSTOM.matcher(name).matches();
    }

    private static Filter filter(String written, String text) {
        int equals = text.indexOf('=');
        var kind = kind(written, equals < 0 ? text : text.substring(0, equals));
        if (equals < 0) {
            if (kind == Kind.GROUP) {
                throw unknown(written);
            }
            return new Filter.Self(kind);
        }
        var value = text.substring(equals + 1);
        if (value.isEmpty() || (kind == Kind.SERVER && value.indexOf('/') < 1)) {
            throw unknown(written);
        }
        return new Filter.Is(kind, value);
    }

    private static Kind kind(String written, String text) {
        for (var kind : Kind.values()) {
            if (kind.text().equals(text)) {
                return kind;
            }
        }
        throw unknown(written);
    }

    static Problem unknown(String written) {
        return Problem.invalid("scope.unknown", "There is no scope '" + written + "'.");
    }

    String written() {
        return switch (filter) {
            case Filter.None none -> name;
            case Filter.Self(var kind) -> name + "!" + kind.text();
            case Filter.Is(var kind, var value) -> name + "!" + kind.text() + "=" + value;
        };
    }
}
