package org.lyceum.servers;

import org.jspecify.annotations.Nullable;

import java.util.List;

/** Names of units of devices as a row keeps them; they have no spaces. */
final class Units {

    private Units() {}

    static @Nullable String text(List<String> units) {
        return units.isEmpty() ? null : String.join(" ", units);
    }

    static List<String> of(@Nullable String text) {
        return text == null || text.isBlank() ? List.of() : List.of(text.split(" "));
    }
}
