package org.lyceum.platform.app;

import org.jspecify.annotations.Nullable;

import java.util.ArrayDeque;
import java.util.List;

/** Starts modules in order and closes what was started in reverse. Blocking; not thread-safe. */
public final class Lifecycle implements AutoCloseable {

    private final List<? extends Module> modules;
    private final ArrayDeque<Module> started = new ArrayDeque<>();

    public Lifecycle(List<? extends Module> modules) {
        this.modules = List.copyOf(modules);
    }

    /** Starts all. When one fails, those before it are closed, and its failure is thrown. */
    public void start() {
        for (var module : modules) {
            started.push(module);
            try {
                module.start();
            } catch (RuntimeException failure) {
                closeAll(failure);
                throw failure;
            }
        }
    }

    /** Closes all that were started. Later failures are suppressed onto the first. */
    @Override
    public void close() {
        var failure = closeAll(null);
        if (failure != null) {
            throw failure;
        }
    }

    private @Nullable RuntimeException closeAll(@Nullable RuntimeException first) {
        while (!started.isEmpty()) {
            try {
                started.pop().close();
            } catch (RuntimeException failure) {
                if (first == null) {
                    first = failure;
                } else {
                    first.addSuppressed(failure);
                }
            }
        }
        return first;
    }
}
