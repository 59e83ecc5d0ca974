package org.lyceum.main;

import org.lyceum.platform.app.Threads;
import org.lyceum.platform.db.Database;
import org.lyceum.platform.http.HttpListeners;
import org.lyceum.platform.http.Json;

import java.util.Map;

/**
 * Some libraries are slow the first time they are used, whoever does it and for whatever. They wake
 * on the other core while a start reads its configuration and opens its files; nothing waits for
 * this and nothing depends on it.
 */
final class WakeUp {

    private WakeUp() {}

    /** What every start needs. */
    static void libraries() {
        Threads.start("wake-json", () -> Json.bytes(Map.of()));
        Threads.start("wake-sql", Database::wake);
        Threads.start("wake-jar", Main::version); // the first look into a jar reads all its names
        Threads.start("wake-net", HttpListeners::wake);
    }
}
