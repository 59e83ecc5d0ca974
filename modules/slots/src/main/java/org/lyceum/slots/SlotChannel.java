package org.lyceum.slots;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import org.jspecify.annotations.Nullable;
import org.lyceum.platform.linux.HeldProcess;
import org.lyceum.platform.linux.Peer;
import org.lyceum.platform.linux.PeerListener;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;

/**
 * What connects us with one slot's launcher. A caller that does not run in the slot's own container
 * is hung up on. Blocking; one thread at a time.
 */
final class SlotChannel implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(SlotChannel.class);
    private static final ObjectMapper JSON = new ObjectMapper();

    private final PeerListener listener;
    private final String containerId;
    private @Nullable Peer peer;
    private @Nullable HeldProcess process;

    SlotChannel(PeerListener listener, String containerId) {
        this.listener = listener;
        this.containerId = containerId;
    }

    /**
     * Waits for the launcher's call.
     *
     * @throws IOException when nobody of the container has called in time
     */
    void awaitCall(Duration patience) throws IOException, InterruptedException {
        long end = System.nanoTime() + patience.toNanos();
        while (System.nanoTime() < end) {
            var caller = listener.accept();
            if (caller.isPresent() && believed(caller.get())) {
                return;
            }
            Thread.sleep(Duration.ofMillis(10));
        }
        throw new IOException("the launcher has not called");
    }

    private boolean believed(Peer caller) throws IOException {
        HeldProcess held = null;
        try {
            held = HeldProcess.of(caller.pid());
            if (held.inContainer(containerId)) {
                peer = caller;
                process = held;
                return true;
            }
        } catch (IOException gone) {
            log.debug("slot.caller-gone pid={}", caller.pid(), gone);
        }
        log.warn("slot.caller-refused pid={} uid={}", caller.pid(), caller.uid());
        if (held != null) {
            held.close();
        }
        caller.close();
        return false;
    }

    /**
     * Waits for what the launcher says next.
     *
     * @param pause between two looks
     * @throws IOException when it has gone, says no JSON, or says nothing in time
     */
    JsonNode hear(Duration patience, Duration pause) throws IOException, InterruptedException {
        long end = System.nanoTime() + patience.toNanos();
        while (true) {
            Optional<String> line = peer().line();
            if (line.isPresent()) {
                return JSON.readTree(line.get());
            }
            if (System.nanoTime() >= end) {
                throw new IOException("the launcher has not answered");
            }
            Thread.sleep(pause);
        }
    }

    void say(Object order) throws IOException {
        peer().send(JSON.writeValueAsString(order));
    }

    /** The launcher's own process. */
    HeldProcess process() throws IOException {
        if (process == null) {
            throw new IOException("the launcher has not called");
        }
        return process;
    }

    private Peer peer() throws IOException {
        if (peer == null) {
            throw new IOException("the launcher has not called");
        }
        return peer;
    }

    /** Whether the launcher is still there and waits. */
    boolean waits() {
        return peer != null && !peer.gone() && process != null && process.alive();
    }

    @Override
    public void close() {
        listener.close();
        if (peer != null) {
            peer.close();
            peer = null;
        }
        if (process != null) {
            process.close();
            process = null;
        }
    }
}
