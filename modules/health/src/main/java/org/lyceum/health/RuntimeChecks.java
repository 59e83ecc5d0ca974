package org.lyceum.health;

import org.lyceum.platform.docker.ContainerEngine;
import org.lyceum.platform.docker.ContainerRuntime;
import org.lyceum.platform.docker.Guarantee;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/** What holds of servers that another runtime than the engine's own runs. */
final class RuntimeChecks {

    private final ContainerEngine engine;
    private final Supplier<List<String>> runtimes;

    /**
     * @param runtimes that servers may be run by, beside the engine's own
     */
    RuntimeChecks(ContainerEngine engine, Supplier<List<String>> runtimes) {
        this.engine = engine;
        this.runtimes = runtimes;
    }

    List<Check> all() {
        return List.of(
                new Check(
                        "engine.runtimes",
                        Area.ENGINE,
                        "Does what is promised of servers hold under each container runtime?",
                        this::look));
    }

    private Finding look() {
        var wanted = runtimes.get();
        if (wanted.isEmpty()) {
            return Finding.well(
                    "All servers are run by the engine's own runtime, where all holds.");
        }
        var missing = new ArrayList<>(wanted);
        missing.removeAll(engine.settings().runtimes());
        if (!missing.isEmpty()) {
            return Finding.fault(
                    "The engine has no runtime "
                            + String.join(", ", missing)
                            + ": servers that are to be run by it do not start.",
                    "Install it, name it under \"runtimes\" in /etc/docker/daemon.json, and have"
                            + " the engine read that again; or take it out of runtimes.* in"
                            + " lyceum.toml.",
                    "pkill -HUP -x dockerd");
        }
        var words = String.join(" ", wanted.stream().map(RuntimeChecks::words).toList());
        boolean known = wanted.stream().allMatch(each -> ContainerRuntime.gaps(each).isPresent());
        return known
                ? Finding.well(words)
                : Finding.warning(
                        words, "Offer only runtimes that were tried, or try it yourself.", null);
    }

    /** What does not hold under one, in plain words. */
    static String words(String runtime) {
        var gaps = ContainerRuntime.gaps(runtime);
        return "Servers run by "
                + runtime
                + ": "
                + gaps.map(RuntimeChecks::list)
                        .orElse("not tried, so nobody knows what of the usual promises holds.");
    }

    private static String list(Set<Guarantee> gaps) {
        var lines =
                gaps.stream()
                        .sorted(Comparator.naturalOrder())
                        .map(gap -> "“" + gap.words() + "”")
                        .toList();
        return lines.isEmpty()
                ? "all holds."
                : "all holds but "
                        + String.join(", ", lines)
                        + ". None waits beforehand, so they start slower.";
    }
}
