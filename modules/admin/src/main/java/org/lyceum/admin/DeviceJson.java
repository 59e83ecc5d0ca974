package org.lyceum.admin;

import org.lyceum.catalog.DeviceKind;
import org.lyceum.catalog.DeviceWish;
import org.lyceum.platform.http.Meaning;
import org.lyceum.servers.DeviceUse;

import java.util.List;

/** What the panel's API says of the machine's devices. */
final class DeviceJson {

    private DeviceJson() {}

    /** What a profile or a choice asks for; sent and answered. */
    record Wish(
            @Meaning("Name of the kind, as in the configuration.") String kind,
            @Meaning("How many units; 0 in a choice takes away the profile's.") int count) {

        static Wish of(DeviceWish wish) {
            return new Wish(wish.kind(), wish.count());
        }

        DeviceWish wish() {
            return new DeviceWish(kind == null ? "" : kind, count);
        }
    }

    record Kind(
            String name,
            String label,
            @Meaning("How many there are.") int units,
            @Meaning("How many servers may share one.") int seats) {

        static Kind of(DeviceKind kind) {
            return new Kind(kind.name(), kind.label(), kind.units().size(), kind.seats());
        }
    }

    record Use(
            String name,
            String label,
            @Meaning("How many servers may share a unit.") int seats,
            List<Unit> units) {

        static Use of(DeviceUse use) {
            return new Use(
                    use.kind().name(),
                    use.kind().label(),
                    use.kind().seats(),
                    use.units().stream().map(each -> new Unit(each.name(), each.taken())).toList());
        }
    }

    record Unit(String name, @Meaning("How many servers hold it, sleeping ones too.") int taken) {}
}
