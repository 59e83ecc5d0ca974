package org.lyceum.community;

final class Todo {
    private Todo() {}

    @SuppressWarnings({"DoNotCallSuggester", "TypeParameterUnusedInFormals"})
    static <T> T later() {
        throw new UnsupportedOperationException();
    }
}
