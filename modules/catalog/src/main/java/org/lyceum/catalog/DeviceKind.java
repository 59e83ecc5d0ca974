package org.lyceum.catalog;

import org.lyceum.platform.config.ConfigSection;

import java.util.HashSet;
import java.util.List;
import java.util.regex.Pattern;

/**
 * {@code [devices.NAME]} of the configuration: devices of the machine of which one is as good as
 * another.
 *
 * @param label for people
 * @param seats how many servers may share a unit
 * @param resource what Kubernetes calls it, such as {@code nvidia.com/gpu}; may be empty
 */
public record DeviceKind(
        String name, String label, List<DeviceUnit> units, int seats, String resource) {

    private static final Pattern NAME = Pattern.compile("[a-z0-9](-?[a-z0-9]){0,30}");
    private static final int MAX_UNITS = 64;
    private static final int MAX_SEATS = 1000;
    private static final int MAX_LABEL = 60;

    public DeviceKind {
        var section = "devices." + name;
        require(
                NAME.matcher(name).matches(),
                section + ": a name has small letters, digits and single dashes");
        require(
                !label.isBlank() && label.length() <= MAX_LABEL,
                section + ".label has 1 to " + MAX_LABEL + " characters");
        require(
                !units.isEmpty() && units.size() <= MAX_UNITS,
                section + ".units must list 1 to " + MAX_UNITS + " devices");
        require(seats >= 1 && seats <= MAX_SEATS, section + ".seats must be 1 to " + MAX_SEATS);
        units = List.copyOf(units);
    }

    /**
     * @throws IllegalArgumentException that says what is wrong
     */
    static DeviceKind from(String name, ConfigSection section) {
        var shared = section.textList("shared", List.of());
        var units = section.textList("units", List.of());
        var label = section.text("label", name);
        int seats = section.integer("seats", 1);
        var resource = section.text("resource", "");
        try {
            return new DeviceKind(
                    name,
                    label,
                    units.stream().map(each -> DeviceUnit.of(each, shared)).toList(),
                    seats,
                    resource);
        } catch (IllegalArgumentException e) {
            var message = String.valueOf(e.getMessage());
            throw new IllegalArgumentException(
                    message.startsWith("devices.") ? message : "devices." + name + ": " + message,
                    e);
        }
    }

    /** Two kinds with one unit would count its seats twice. */
    static void requireApart(List<DeviceKind> kinds) {
        var names = new HashSet<String>();
        for (var kind : kinds) {
            for (var unit : kind.units()) {
                require(
                        names.add(unit.name()),
                        "devices."
                                + kind.name()
                                + ".units: "
                                + unit.name()
                                + " is listed twice; each device belongs to one kind");
            }
        }
    }

    private static void require(boolean holds, String message) {
        if (!holds) {
            throw new IllegalArgumentException(message);
        }
    }
}
