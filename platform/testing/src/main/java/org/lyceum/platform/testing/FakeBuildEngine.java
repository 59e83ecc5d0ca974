package org.lyceum.platform.testing;

import org.lyceum.platform.docker.BuildEngine;
import org.lyceum.platform.docker.BuildStep;
import org.lyceum.platform.docker.EngineImage;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** The images of an engine in memory. Nothing can be built in it. */
record FakeBuildEngine(Supplier<List<String>> ids, Consumer<String> remove) implements BuildEngine {

    @Override
    public List<EngineImage> images() {
        return ids.get().stream()
                .distinct()
                .map(id -> new EngineImage(id, List.of(), null, 1, Instant.EPOCH, Map.of()))
                .toList();
    }

    @Override
    public boolean forget(String imageId) {
        remove.accept(imageId);
        return true;
    }

    @Override
    public String start(BuildStep step) {
        throw notHere();
    }

    @Override
    public void follow(String container, Consumer<String> lines) {
        throw notHere();
    }

    @Override
    public long writtenBytes(String container) {
        throw notHere();
    }

    @Override
    public String keep(
            String container,
            BuildStep step,
            String reference,
            Map<String, String> variables,
            Map<String, String> labels) {
        throw notHere();
    }

    @Override
    public String build(Dockerfile dockerfile, Consumer<String> lines) {
        throw notHere();
    }

    @Override
    public String pull(String reference, Consumer<String> lines) {
        throw notHere();
    }

    private static UnsupportedOperationException notHere() {
        return new UnsupportedOperationException("builds in memory");
    }
}
