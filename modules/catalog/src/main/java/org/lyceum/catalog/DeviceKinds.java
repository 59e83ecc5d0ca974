package org.lyceum.catalog;

import org.lyceum.platform.config.ConfigFile;
import org.lyceum.platform.docker.Device;
import org.lyceum.platform.kernel.Problem;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** The devices of this machine that servers can have, as the operator has declared them. */
public record DeviceKinds(List<DeviceKind> all) {

    /** A machine without any. */
    public static final DeviceKinds NONE = new DeviceKinds(List.of());

    private static final int MAX_KINDS = 16;

    public DeviceKinds {
        if (all.size() > MAX_KINDS) {
            throw new IllegalArgumentException(
                    "devices: there are more than " + MAX_KINDS + " kinds");
        }
        DeviceKind.requireApart(all);
        all = List.copyOf(all);
    }

    /** Reads all sections {@code [devices.NAME]}. */
    public static DeviceKinds from(ConfigFile file) {
        var kinds = file.readEach("devices", DeviceKind::from);
        return file.read("devices", section -> new DeviceKinds(kinds), NONE);
    }

    public Optional<DeviceKind> find(String name) {
        return all.stream().filter(kind -> kind.name().equals(name)).findFirst();
    }

    /** The kind that Kubernetes calls so. */
    Optional<DeviceKind> ofResource(String resource) {
        return all.stream().filter(kind -> kind.resource().equals(resource)).findFirst();
    }

    /**
     * What a container is given for these units; each once, however many units share it.
     *
     * @param units by name; unknown ones have nothing
     */
    public List<Device> devices(List<String> units) {
        return all.stream()
                .flatMap(kind -> kind.units().stream())
                .filter(unit -> units.contains(unit.name()))
                .flatMap(unit -> unit.devices().stream())
                .distinct()
                .toList();
    }

    /** {@code 1 × GPU}, for people. */
    public String words(DeviceWish wish) {
        return wish.count() + " × " + find(wish.kind()).map(DeviceKind::label).orElse(wish.kind());
    }

    /**
     * What an administrator wants to offer.
     *
     * @throws Problem INVALID {@code profile.device-unknown}, {@code profile.device-too-many}
     */
    void requireOffered(DeviceWish wish) {
        var kind =
                find(wish.kind())
                        .orElseThrow(
                                () ->
                                        Problem.invalid(
                                                "profile.device-unknown",
                                                "This machine has no devices named “"
                                                        + wish.kind()
                                                        + "”. "
                                                        + there()
                                                        + " The operator declares them as"
                                                        + " [devices."
                                                        + "NAME] in lyceum.toml."));
        if (wish.count() < 0 || wish.count() > kind.units().size()) {
            throw Problem.invalid(
                    "profile.device-too-many",
                    "A server can have 1 to "
                            + kind.units().size()
                            + " of “"
                            + kind.label()
                            + "” on this machine.");
        }
    }

    private String there() {
        return all.isEmpty()
                ? "It has none at all."
                : "It has "
                        + all.stream().map(DeviceKind::name).collect(Collectors.joining(", "))
                        + ".";
    }

    /**
     * What somebody wants to start with; the configuration may have changed since it was offered.
     *
     * @throws Problem UNAVAILABLE {@code device.undeclared}
     */
    void requireThere(String title, DeviceWish wish) {
        long units = find(wish.kind()).map(kind -> kind.units().size()).orElse(0);
        if (units < wish.count()) {
            throw Problem.of(
                    Problem.Kind.UNAVAILABLE,
                    "device.undeclared",
                    "“"
                            + title
                            + "” needs "
                            + words(wish)
                            + ", and this machine has "
                            + (units == 0 ? "none" : "only " + units)
                            + " any more. Pick something else, or ask an administrator to declare"
                            + " it again or to change the profile.");
        }
    }
}
