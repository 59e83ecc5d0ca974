package org.lyceum.login.oidc;

import org.jspecify.annotations.Nullable;
import org.pac4j.core.context.WebContext;
import org.pac4j.core.context.session.SessionStore;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What pac4j keeps between a browser's departure and its return: state, nonce, verifier. It is of
 * one trip; our own session is another thing, and a new one at each sign-in.
 */
final class OneTrip implements SessionStore {

    private final Map<String, Object> kept;

    OneTrip(Map<String, Object> before) {
        this.kept = new HashMap<>(before);
    }

    Map<String, Object> kept() {
        return Map.copyOf(kept);
    }

    @Override
    public Optional<String> getSessionId(WebContext context, boolean create) {
        return Optional.of("trip");
    }

    @Override
    public Optional<Object> get(WebContext context, String key) {
        return Optional.ofNullable(kept.get(key));
    }

    @Override
    public void set(WebContext context, String key, @Nullable Object value) {
        if (value == null || (value instanceof String text && text.isEmpty())) {
            kept.remove(key);
        } else {
            kept.put(key, value);
        }
    }

    @Override
    public boolean destroySession(WebContext context) {
        kept.clear();
        return true;
    }

    @Override
    public Optional<Object> getTrackableSession(WebContext context) {
        return Optional.empty();
    }

    @Override
    public Optional<SessionStore> buildFromTrackableSession(WebContext context, Object trackable) {
        return Optional.empty();
    }

    @Override
    public boolean renewSession(WebContext context) {
        return true; // there is nothing that could be taken over
    }
}
