package org.lyceum.catalog;

import org.jspecify.annotations.Nullable;
import org.lyceum.platform.kernel.Problem;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.YAMLException;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Reads KubeSpawner's {@code profileList}, alone or somewhere in the values of a Helm chart;
 * source: kubespawner 7, {@code profile_list}. What has no meaning on one machine is said, not
 * guessed.
 */
final class ProfileListReader {

    /** A long list with comments; YAML of that size is read in a moment. */
    private static final int MAX_CHARACTERS = 256 * 1024;

    /** Lists share blocks by aliases; hundreds of them are an attack. */
    private static final int MAX_ALIASES = 100;

    private static final int MAX_DEPTH = 20;

    private static final Set<String> PLACES = Set.of("profileList", "profile_list");

    private static final Set<String> PROFILE_KEYS =
            Set.of(
                    "display_name",
                    "slug",
                    "description",
                    "default",
                    "profile_options",
                    "kubespawner_override",
                    "allowed_groups");

    private final EnvironmentBook environments;
    private final Set<String> names;
    private final Set<String> groups;
    private final DeviceKinds devices;
    private final List<String> left = new ArrayList<>();

    /**
     * @param groups names of those there are
     */
    ProfileListReader(
            List<Environment> environments,
            List<Profile> profiles,
            Set<String> groups,
            DeviceKinds devices) {
        this.environments = new EnvironmentBook(environments, profiles);
        this.names = profiles.stream().map(Profile::name).collect(Collectors.toSet());
        this.groups = groups;
        this.devices = devices;
    }

    /**
     * @throws Problem INVALID {@code profile.list-invalid}
     */
    ProfileList read(String yaml) {
        var taken = new ArrayList<ProfileList.Taken>();
        int first = 0;
        for (var entry : entries(parsed(yaml))) {
            var node = new YamlNode("entry " + (taken.size() + left.size() + 1), entry, left);
            var profile = profile(node);
            if (profile != null) {
                taken.add(node.flag("default") ? first : taken.size(), profile);
            }
        }
        return new ProfileList(environments.added(), taken, left);
    }

    private static Object parsed(String yaml) {
        var options = new LoaderOptions();
        options.setCodePointLimit(MAX_CHARACTERS);
        options.setMaxAliasesForCollections(MAX_ALIASES);
        options.setNestingDepthLimit(MAX_DEPTH);
        options.setAllowDuplicateKeys(false);
        try {
            Object read = new Yaml(new SafeConstructor(options)).load(yaml);
            return read == null ? List.of() : read;
        } catch (YAMLException e) {
            var words = e.getMessage() == null ? "" : e.getMessage().lines().findFirst().orElse("");
            throw new Problem(
                    Problem.Kind.INVALID,
                    "profile.list-invalid",
                    "This is no YAML that can be read: " + words,
                    e);
        }
    }

    private static List<?> entries(Object yaml) {
        var list = find(yaml, 0);
        if (list == null || list.isEmpty()) {
            throw Problem.invalid(
                    "profile.list-invalid",
                    "There is no profileList in this. Paste the list itself, or the values file of"
                            + " the chart it is in.");
        }
        if (list.size() > CatalogRows.MAX_OFFERS) {
            throw Problem.invalid(
                    "profile.list-invalid",
                    "There are more than " + CatalogRows.MAX_OFFERS + " profiles in this.");
        }
        return list;
    }

    /** The list, at the top or below one of its names. */
    private static @Nullable List<?> find(Object yaml, int depth) {
        if (depth == 0 && yaml instanceof List<?> list) {
            return list;
        }
        if (depth > MAX_DEPTH || !(yaml instanceof Map<?, ?> map)) {
            return null;
        }
        for (var entry : map.entrySet()) {
            if (PLACES.contains(String.valueOf(entry.getKey()))
                    && entry.getValue() instanceof List<?> list) {
                return list;
            }
        }
        for (var value : map.values()) {
            var found = value == null ? null : find(value, depth + 1);
            if (found != null) {
                return found;
            }
        }
        return null;
    }

    private ProfileList.@Nullable Taken profile(YamlNode node) {
        var title = node.text("display_name");
        if (title == null) {
            node.leave("has no display_name and was left out");
            return null;
        }
        var named = node.named("“" + title + "”");
        var slug = named.text("slug");
        var name = EnvironmentBook.name(slug == null ? title : slug);
        if (!names.add(name)) {
            named.leave("was left out: there is a profile named " + name + " already");
            return null;
        }
        named.leaveAllBut(PROFILE_KEYS);
        var reader = new OverrideReader(environments, devices);
        var base = reader.base(named.map("kubespawner_override"));
        var options = new ArrayList<ProfileOption>();
        var questions = named.map("profile_options");
        for (var key : questions.keys()) {
            var option = reader.option(key, questions.map(key), base);
            if (option != null) {
                options.add(option);
            }
        }
        var description = named.text("description");
        return new ProfileList.Taken(
                new Profile.Draft(
                        name,
                        title,
                        description == null ? "" : description.strip(),
                        base.environmentId(),
                        base.size(),
                        options,
                        Audience.EVERYBODY),
                audience(named));
    }

    private List<String> audience(YamlNode node) {
        var known = new ArrayList<String>();
        for (var group : node.texts("allowed_groups")) {
            if (groups.contains(group)) {
                known.add(group);
            } else {
                node.leave("allowed_groups: there is no group " + group + " here");
            }
        }
        if (known.isEmpty() && !node.texts("allowed_groups").isEmpty()) {
            node.leave("is offered to everybody until you say to whom");
        }
        return known;
    }
}
