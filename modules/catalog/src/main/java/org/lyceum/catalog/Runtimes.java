package org.lyceum.catalog;

import org.lyceum.platform.docker.ContainerEngine;
import org.lyceum.platform.kernel.Problem;

import java.util.List;
import java.util.stream.Stream;

/** By which of the engine's runtimes servers run. Blocking where the engine is asked. */
public final class Runtimes {

    private final RuntimesConfig config;
    private final ContainerEngine engine;

    Runtimes(RuntimesConfig config, ContainerEngine engine) {
        this.config = config;
        this.engine = engine;
    }

    /** What a profile may name. */
    public List<String> offered() {
        return config.offered();
    }

    /** All that servers may be run by, other than the engine's own. */
    public List<String> all() {
        return Stream.concat(Stream.of(config.usual()), config.offered().stream())
                .filter(name -> !name.isEmpty())
                .distinct()
                .toList();
    }

    /** What runs servers of such a profile; empty for the engine's own. */
    String of(Profile profile) {
        return profile.runtime().isEmpty() ? config.usual() : profile.runtime();
    }

    /**
     * Refuses a profile that no server could be started from.
     *
     * @throws Problem INVALID {@code profile.runtime-refused}, {@code profile.runtime-missing}, and
     *     those of the container engine
     */
    void requireUsable(Profile.Draft draft) {
        var name = draft.runtime();
        if (name.isEmpty()) {
            return;
        }
        if (!config.offered().contains(name)) {
            throw Problem.invalid(
                    "profile.runtime-refused",
                    "The runtime “"
                            + name
                            + "” is not offered here; "
                            + (config.offered().isEmpty()
                                    ? "leave it empty, or have the operator list it in"
                                            + " runtimes.offered."
                                    : "choose one of: "
                                            + String.join(", ", config.offered())
                                            + "."));
        }
        if (!there(name)) {
            throw Problem.invalid(
                    "profile.runtime-missing",
                    "The container engine has no runtime “"
                            + name
                            + "”; have the operator install it and name it in the engine's"
                            + " configuration, or choose another.");
        }
    }

    /**
     * Refuses a start that the engine could not carry out, or that the operator no longer wants.
     *
     * @throws Problem UNAVAILABLE {@code server.runtime-missing}, and those of the container engine
     */
    void requireStartable(String name) {
        if (name.isEmpty() || (all().contains(name) && there(name))) {
            return;
        }
        throw Problem.of(
                Problem.Kind.UNAVAILABLE,
                "server.runtime-missing",
                "This server is to be run by “"
                        + name
                        + "”, which this machine does not have or no longer offers. Pick another"
                        + " profile, or ask an administrator: the page Health says what to do.");
    }

    private boolean there(String name) {
        return engine.settings().runtimes().contains(name);
    }
}
