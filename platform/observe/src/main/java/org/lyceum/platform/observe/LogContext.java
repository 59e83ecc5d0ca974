package org.lyceum.platform.observe;

import org.jspecify.annotations.Nullable;
import org.slf4j.spi.MDCAdapter;

import java.util.Deque;
import java.util.HashMap;
import java.util.Map;

/**
 * What a thread's lines say at their end, such as the request. SLF4J's own keeps it in inheritable
 * variables: every thread made while a request is answered would speak in its name for ever.
 */
final class LogContext implements MDCAdapter {

    private final ThreadLocal<Map<String, String>> values = ThreadLocal.withInitial(HashMap::new);

    /** Not a copy: for reading at once, by the same thread. */
    Map<String, String> all() {
        return values.get();
    }

    @Override
    public void put(String key, String value) {
        values.get().put(key, value);
    }

    @Override
    public @Nullable String get(String key) {
        return values.get().get(key);
    }

    @Override
    public void remove(String key) {
        values.get().remove(key);
    }

    @Override
    public void clear() {
        values.remove();
    }

    @Override
    public Map<String, String> getCopyOfContextMap() {
        return new HashMap<>(values.get());
    }

    @Override
    public void setContextMap(Map<String, String> all) {
        values.set(new HashMap<>(all));
    }

    @Override
    public void pushByKey(String key, String value) {
        throw new UnsupportedOperationException("nobody stacks context");
    }

    @Override
    public @Nullable String popByKey(String key) {
        throw new UnsupportedOperationException("nobody stacks context");
    }

    @Override
    public Deque<String> getCopyOfDequeByKey(String key) {
        throw new UnsupportedOperationException("nobody stacks context");
    }

    @Override
    public void clearDequeByKey(String key) {
        throw new UnsupportedOperationException("nobody stacks context");
    }
}
