package org.lyceum.servers;

import org.lyceum.catalog.DeviceKind;

import java.util.List;

/**
 * How much of one kind of device is taken.
 *
 * @param units in the order the operator has written them
 */
public record DeviceUse(DeviceKind kind, List<Unit> units) {

    public DeviceUse {
        units = List.copyOf(units);
    }

    /** One unit, and how many servers hold it. */
    public record Unit(String name, int taken) {}
}
