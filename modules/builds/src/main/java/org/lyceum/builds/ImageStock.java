package org.lyceum.builds;

import org.jspecify.annotations.Nullable;
import org.lyceum.catalog.KeptImage;
import org.lyceum.catalog.TrialService;
import org.lyceum.platform.docker.ContainerEngine;
import org.lyceum.platform.docker.EngineImage;
import org.lyceum.platform.kernel.Bytes;
import org.lyceum.platform.kernel.PlatformId;

import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The images that the platform has built or fetched, and what they are needed for. Others on this
 * machine are their owners' business: they are neither counted nor removed. Blocking.
 */
public final class ImageStock {

    /** Tells the images that an installation has built from all others. */
    static final String LABEL = "org.lyceum.built";

    /** Images made on images; more is a loop. */
    private static final int MAX_ANCESTORS = 500;

    private final ContainerEngine engine;
    private final PulledRepository pulled;
    private final TrialService trials;
    private final PlatformId platform;
    private final Bytes budget;

    /**
     * @param platform whose images these are
     * @param budget what those may take that nothing needs, with those that are needed
     */
    ImageStock(
            ContainerEngine engine,
            PulledRepository pulled,
            TrialService trials,
            PlatformId platform,
            Bytes budget) {
        this.engine = engine;
        this.pulled = pulled;
        this.trials = trials;
        this.platform = platform;
        this.budget = budget;
    }

    /** What all may take together before those that nothing needs go. */
    public Bytes budget() {
        return budget;
    }

    /** Oldest first. */
    public List<StockImage> list() {
        var all =
                engine.builds().images().stream()
                        .collect(Collectors.toMap(EngineImage::id, Function.identity()));
        var fetched = pulled.all();
        Map<String, List<KeptImage>> kept =
                trials.keptImages().stream().collect(Collectors.groupingBy(KeptImage::imageId));
        var stoodOn = ancestors(kept.keySet(), all);
        return all.values().stream()
                .filter(
                        image ->
                                platform.value().equals(image.labels().get(LABEL))
                                        || fetched.containsKey(image.id()))
                .map(
                        image ->
                                new StockImage(
                                        image.id(),
                                        name(image, fetched.get(image.id())),
                                        image.parent(),
                                        ownBytes(image, all),
                                        image.createdAt(),
                                        fetched.containsKey(image.id()),
                                        kept.getOrDefault(image.id(), List.of()),
                                        stoodOn.contains(image.id())))
                .sorted(Comparator.comparing(StockImage::createdAt).thenComparing(StockImage::id))
                .toList();
    }

    private static String name(EngineImage image, @Nullable String fetchedAs) {
        return image.references().stream()
                .findFirst()
                .orElse(fetchedAs == null ? image.id() : fetchedAs);
    }

    private static long ownBytes(EngineImage image, Map<String, EngineImage> all) {
        var parent = image.parent() == null ? null : all.get(image.parent());
        return Math.max(0, image.sizeBytes() - (parent == null ? 0 : parent.sizeBytes()));
    }

    private static Set<String> ancestors(Set<String> images, Map<String, EngineImage> all) {
        var found = new HashSet<String>();
        for (var id : images) {
            var image = all.get(id);
            for (int i = 0; i < MAX_ANCESTORS && image != null && image.parent() != null; i++) {
                if (!found.add(image.parent())) {
                    break;
                }
                image = all.get(image.parent());
            }
        }
        return found;
    }

    /**
     * Removes images that nothing needs, oldest first, until all take no more than {@code most}.
     *
     * @return how many have gone
     */
    int clean(long most) {
        var left = new HashMap<String, StockImage>();
        var order = list();
        order.forEach(image -> left.put(image.id(), image));
        long taken = order.stream().mapToLong(StockImage::ownBytes).sum();
        int gone = 0;
        boolean more = true;
        while (more && taken > most) { // each round takes the ends that the one before laid open
            more = false;
            for (var image : order) {
                if (taken <= most) {
                    break;
                }
                if (left.containsKey(image.id()) && image.spare() && !stood(image, left)) {
                    left.remove(image.id());
                    if (engine.builds().forget(image.id())) {
                        pulled.delete(image.id());
                        taken -= image.ownBytes();
                        gone++;
                        more = true;
                    }
                }
            }
        }
        return gone;
    }

    private static boolean stood(StockImage image, Map<String, StockImage> left) {
        return left.values().stream().anyMatch(other -> image.id().equals(other.parent()));
    }
}
