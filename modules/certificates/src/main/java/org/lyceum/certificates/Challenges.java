package org.lyceum.certificates;

import org.jspecify.annotations.Nullable;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What an authority asks for at {@value #PATH} while it makes sure that a name is ours; RFC 8555,
 * 8.3. Safe for any number of threads, event loops among them.
 */
public final class Challenges {

    /** The token comes after it. */
    public static final String PATH = "/.well-known/acme-challenge/";

    private final Map<String, String> answers = new ConcurrentHashMap<>();

    /** The answer to a token; null for one that nobody waits for. */
    public @Nullable String answer(String token) {
        return answers.get(token);
    }

    void expect(String token, String answer) {
        answers.put(token, answer);
    }

    void forget(String token) {
        answers.remove(token);
    }
}
