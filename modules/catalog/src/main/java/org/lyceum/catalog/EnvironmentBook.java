package org.lyceum.catalog;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** The environments there are, and those that an import needs besides. */
final class EnvironmentBook {

    private static final int MAX_NAME = 50;

    private record Key(String image, List<String> command, String url) {}

    private final Map<Key, Long> numbers = new HashMap<>();
    private final Set<String> names = new HashSet<>();
    private final List<Environment.Draft> added = new ArrayList<>();
    private final Environment first;

    EnvironmentBook(List<Environment> environments, List<Profile> profiles) {
        for (var there : environments) {
            names.add(there.name());
            if (there.web() != null) {
                continue; // what KubeSpawner starts is Jupyter's
            }
            var key = new Key(there.imageReference(), there.command(), there.defaultUrl());
            numbers.putIfAbsent(key, there.id());
        }
        this.first =
                environments.stream()
                        .filter(
                                each ->
                                        !profiles.isEmpty()
                                                && profiles.getFirst().environmentId() == each.id())
                        .findFirst()
                        .orElseGet(environments::getFirst);
    }

    /** The number of one that is like this; what is null is as in the community's first profile. */
    long number(
            @Nullable String image, @Nullable List<String> command, @Nullable String defaultUrl) {
        var key =
                new Key(
                        image == null ? first.imageReference() : image,
                        command == null ? first.command() : command,
                        defaultUrl == null ? first.defaultUrl() : defaultUrl);
        return numbers.computeIfAbsent(key, this::add);
    }

    private long add(Key key) {
        var image = key.image().substring(key.image().lastIndexOf('/') + 1);
        var name = name(image.replaceFirst("@.*", ""));
        var free = name;
        for (int n = 2; !names.add(free); n++) {
            free = name + "-" + n;
        }
        added.add(new Environment.Draft(free, image, key.image(), key.command(), key.url(), null));
        return -added.size();
    }

    List<Environment.Draft> added() {
        return added;
    }

    /** What a name may be made of, from what people call it; as KubeSpawner makes slugs. */
    static String name(String title) {
        var plain =
                title.toLowerCase(Locale.ROOT)
                        .replaceAll("[^a-z0-9._]+", "-")
                        .replaceAll("^[-._]+|-+$", "");
        var cut = plain.length() > MAX_NAME ? plain.substring(0, MAX_NAME) : plain;
        var trimmed = cut.replaceAll("-+$", "");
        return trimmed.isEmpty() ? "unnamed" : trimmed;
    }
}
