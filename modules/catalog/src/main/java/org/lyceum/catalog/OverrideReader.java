package org.lyceum.catalog;

import org.jspecify.annotations.Nullable;
import org.lyceum.platform.kernel.Bytes;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** What {@code kubespawner_override} and {@code profile_options} come to on one machine. */
final class OverrideReader {

    /** What KubeSpawner writes where it puts in what was typed. */
    private static final String TYPED = "{value}";

    private static final Set<String> OVERRIDES =
            Set.of(
                    "image",
                    "mem_limit",
                    "mem_guarantee",
                    "cpu_limit",
                    "cpu_guarantee",
                    "default_url",
                    "cmd",
                    "args",
                    "extra_resource_limits",
                    "extra_resource_guarantees");

    private static final Pattern MEMORY = Pattern.compile("([0-9.]{1,15})\\s*([KMGT]?)(i?B?)");

    private static final Bytes USUAL_MEMORY = Bytes.gib(2);
    private static final int USUAL_MILLI_CPUS = 2000;

    private final EnvironmentBook environments;
    private final DeviceKinds devices;

    OverrideReader(EnvironmentBook environments, DeviceKinds devices) {
        this.environments = environments;
        this.devices = devices;
    }

    /** Environment and size that a profile has before anybody chooses. */
    record Base(
            long environmentId,
            Size size,
            @Nullable String image,
            @Nullable List<String> command,
            @Nullable String url) {}

    Base base(YamlNode node) {
        node.leaveAllBut(OVERRIDES);
        var image = node.text("image");
        var command = command(node);
        var url = node.text("default_url");
        var memory = memory(node, "mem_limit");
        var promised = memory(node, "mem_guarantee");
        var limit = memory != null ? memory : promised != null ? promised : USUAL_MEMORY;
        if (memory == null) {
            node.leave("has no mem_limit, so its limit is " + limit);
        }
        var milliCpus = cores(node);
        return new Base(
                environments.number(image, command, url),
                new Size(
                        limit,
                        promised == null || promised.compareTo(limit) > 0 ? limit : promised,
                        milliCpus == null ? USUAL_MILLI_CPUS : milliCpus,
                        Size.USUAL_PIDS,
                        wanted(device(node))),
                image,
                command,
                url);
    }

    @Nullable ProfileOption option(String key, YamlNode node, Base base) {
        node.leaveAllBut(Set.of("display_name", "choices", "unlisted_choice"));
        var choices = new ArrayList<Choice>();
        var listed = node.map("choices");
        for (var name : listed.keys()) {
            choices.add(choice(name, listed.map(name), base));
        }
        var free = unlisted(node.map("unlisted_choice"));
        if (choices.isEmpty() && free == null) {
            node.leave("has no choices and was left out");
            return null;
        }
        var title = node.text("display_name");
        return new ProfileOption(
                EnvironmentBook.name(key), title == null ? key : title, choices, free);
    }

    private Choice choice(String name, YamlNode node, Base base) {
        node.leaveAllBut(Set.of("display_name", "default", "kubespawner_override"));
        var override = node.map("kubespawner_override");
        override.leaveAllBut(OVERRIDES);
        var title = node.text("display_name");
        return new Choice(
                EnvironmentBook.name(name),
                title == null ? name : title,
                node.flag("default"),
                new Change(
                        environment(override, base),
                        memory(override, "mem_limit"),
                        memory(override, "mem_guarantee"),
                        cores(override),
                        device(override)));
    }

    private @Nullable Long environment(YamlNode override, Base base) {
        var image = override.text("image");
        var command = command(override);
        var url = override.text("default_url");
        if (image == null && command == null && url == null) {
            return null;
        }
        return environments.number(
                image == null ? base.image() : image,
                command == null ? base.command() : command,
                url == null ? base.url() : url);
    }

    private @Nullable FreeImage unlisted(YamlNode node) {
        if (!node.flag("enabled")) {
            return null;
        }
        node.leaveAllBut(
                Set.of(
                        "enabled",
                        "display_name",
                        "display_name_in_choices",
                        "validation_regex",
                        "validation_message",
                        "kubespawner_override"));
        var override = node.map("kubespawner_override");
        if (!TYPED.equals(override.text("image"))) {
            node.leave("was not taken: only an image can be typed");
            return null;
        }
        override.leaveAllBut(Set.of("image"));
        var title = node.text("display_name");
        var pattern = node.text("validation_regex");
        var advice = node.text("validation_message");
        if (pattern == null) {
            node.leave("has no validation_regex, so any image may be named");
        }
        return new FreeImage(
                title == null ? "Another image" : title,
                pattern == null ? ".*" : whole(pattern),
                advice == null ? "" : advice);
    }

    /** Python's {@code re.match} wants only the beginning to match; here all of it must. */
    private static String whole(String pattern) {
        return pattern.endsWith("$") || pattern.endsWith(".*") ? pattern : "(?:" + pattern + ").*";
    }

    private static @Nullable List<String> command(YamlNode node) {
        var words = new ArrayList<>(words(node, "cmd"));
        var arguments = words(node, "args");
        if (words.isEmpty() && arguments.isEmpty()) {
            return null;
        }
        if (words.isEmpty()) {
            words.add("jupyterhub-singleuser");
        }
        words.addAll(arguments);
        return List.copyOf(words);
    }

    private static List<String> words(YamlNode node, String key) {
        return node.value(key) instanceof String one ? List.of(one) : node.texts(key);
    }

    private static @Nullable Bytes memory(YamlNode node, String key) {
        var text = node.text(key);
        if (text == null) {
            return null;
        }
        var match = MEMORY.matcher(text.toUpperCase(Locale.ROOT));
        if (match.matches()) {
            try {
                int power = match.group(2).isEmpty() ? 0 : "KMGT".indexOf(match.group(2)) + 1;
                return new Bytes(
                        Math.round(Double.parseDouble(match.group(1)) * Math.pow(1024, power)));
            } catch (NumberFormatException dots) {
                // Said below, as every text that is no size.
            }
        }
        node.leave(key + " is no size: " + text);
        return null;
    }

    /** A profile that asks for none of something asks for nothing. */
    private static @Nullable DeviceWish wanted(@Nullable DeviceWish wish) {
        return wish == null || wish.count() == 0 ? null : wish;
    }

    /** What Kubernetes counts besides cores and memory, by the name that the operator gave it. */
    private @Nullable DeviceWish device(YamlNode node) {
        DeviceWish found = null;
        // Kubernetes takes the limit for both; where only one is written, it is that.
        for (var key : List.of("extra_resource_limits", "extra_resource_guarantees")) {
            var resources = node.map(key);
            for (var resource : resources.keys()) {
                var wish = device(node, key + ": " + resource, resource, resources.text(resource));
                if (wish != null && found != null && !wish.kind().equals(found.kind())) {
                    node.leave(key + ": " + resource + " was not taken: one kind of device only");
                } else if (found == null) {
                    found = wish;
                }
            }
        }
        return found;
    }

    private @Nullable DeviceWish device(
            YamlNode node, String place, String resource, @Nullable String count) {
        var kind = devices.ofResource(resource).orElse(null);
        if (kind == null) {
            node.leave(
                    place
                            + " was not taken: no [devices.NAME] in lyceum.toml has resource = \""
                            + resource
                            + "\"");
            return null;
        }
        try {
            int wanted = Integer.parseInt(count == null ? "" : count.strip());
            if (wanted >= 0 && wanted <= kind.units().size()) {
                return new DeviceWish(kind.name(), wanted);
            }
            node.leave(place + " was not taken: this machine has " + kind.units().size());
        } catch (NumberFormatException e) {
            node.leave(place + " is no number: " + count);
        }
        return null;
    }

    private static @Nullable Integer cores(YamlNode node) {
        if (node.text("cpu_guarantee") != null) {
            node.leave("cpu_guarantee was not taken: cores are shared by weight");
        }
        var text = node.text("cpu_limit");
        if (text == null) {
            return null;
        }
        try {
            return Math.clamp(Math.round(Double.parseDouble(text) * 1000), 10, 1_000_000);
        } catch (NumberFormatException e) {
            node.leave("cpu_limit is no number: " + text);
            return null;
        }
    }
}
