package org.lyceum.platform.kernel;

import org.jspecify.annotations.Nullable;

/**
 * A failure meant for the caller: theirs, or the world's. Anything else that is thrown is a bug.
 *
 * <p>{@code code} is {@code noun.what} and stands in docs/reference/problems.md; the message is a
 * sentence that says what to do next. Neither ever holds a secret, a host path or a stack.
 */
public final class Problem extends RuntimeException {

    /** What sort of failure it is; surfaces turn it into their own status code. */
    public enum Kind {
        INVALID,
        UNAUTHENTICATED,
        FORBIDDEN,
        /** Also for what the caller may not know to exist. */
        NOT_FOUND,
        CONFLICT,
        /** Someone else changed the thing first. */
        STALE,
        TOO_LARGE,
        /** Too many at once; trying again later helps. */
        BUSY,
        UNAVAILABLE,
        OVER_QUOTA
    }

    private final Kind kind;
    private final String code;

    public Problem(Kind kind, String code, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.kind = kind;
        this.code = code;
    }

    public static Problem of(Kind kind, String code, String message) {
        return new Problem(kind, code, message, null);
    }

    public static Problem invalid(String code, String message) {
        return of(Kind.INVALID, code, message);
    }

    public static Problem notFound(String code, String message) {
        return of(Kind.NOT_FOUND, code, message);
    }

    public static Problem forbidden(String code, String message) {
        return of(Kind.FORBIDDEN, code, message);
    }

    public static Problem conflict(String code, String message) {
        return of(Kind.CONFLICT, code, message);
    }

    public Kind kind() {
        return kind;
    }

    public String code() {
        return code;
    }

    /** The message; unlike {@link #getMessage()} it is never null. */
    public String detail() {
        var message = getMessage();
        return message == null ? code : message;
    }
}
