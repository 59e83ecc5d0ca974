package org.lyceum.servers;

import org.jspecify.annotations.Nullable;
import org.lyceum.catalog.Launched;
import org.lyceum.catalog.WebApplication;
import org.lyceum.platform.kernel.Bytes;

import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A server as its row says.
 *
 * @param id never recycled; part of labels and container names
 * @param spawnId of its current or last start
 * @param prefix decoded path it is, or was last, served at: {@code /user/a@b.c/}; after the host,
 *     when it has one of its own: {@code ada.hub.org/user/ada/}
 * @param startedAt when its current start began; null while it is stopped
 * @param userOptions what the user chose at its last start
 * @param address null unless it is READY, or STOPPING after that
 * @param memory promised to it while it is active; what it may use, unless its profile allows more
 * @param failure why the last start failed, for its user; null when it did not
 * @param ending why it is not running, or is stopping; null while it runs and before its first stop
 * @param launched what it was started as last
 * @param units of devices that it holds while it is active, by name
 */
public record Server(
        long id,
        ServerKey key,
        ServerState state,
        String spawnId,
        String prefix,
        @Nullable Instant startedAt,
        Instant lastActivityAt,
        Map<String, Object> userOptions,
        @Nullable String containerId,
        @Nullable ServerAddress address,
        Bytes memory,
        @Nullable String failure,
        @Nullable Ending ending,
        Launched launched,
        List<String> units) {

    public Server {
        units = List.copyOf(units);
        userOptions = Collections.unmodifiableMap(new LinkedHashMap<>(userOptions));
    }

    /** Why it is not running, in one word of ours; null as {@link #ending}. */
    public @Nullable StopReason stopReason() {
        return ending == null ? null : ending.reason();
    }

    /** How it is served; null for a Jupyter server. */
    public @Nullable WebApplication web() {
        return launched.web();
    }

    public boolean ready() {
        return state == ServerState.READY;
    }

    /** The path it is, or was last, served at, as URLs have it: {@code /user/alice/my%20srv/}. */
    public String path() {
        return ServerPaths.encode(ServerPaths.path(prefix));
    }

    /** The host it is, or was last, served at; empty for that of its hub. */
    public String host() {
        return prefix.substring(0, prefix.indexOf('/'));
    }

    /** Whether it holds, or is about to hold, a container. */
    public boolean active() {
        return state.active();
    }
}
