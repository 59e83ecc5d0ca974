package org.lyceum.servers;

/** Where a server is in its life. */
public enum ServerState {
    SPAWNING,
    READY,
    STOPPING,
    STOPPED,
    /** The last start failed, or the server died; it can be started again. */
    FAILED;

    /** Whether it holds, or is about to hold, a container. */
    public boolean active() {
        return switch (this) {
            case SPAWNING, READY, STOPPING -> true;
            case STOPPED, FAILED -> false;
        };
    }
}
