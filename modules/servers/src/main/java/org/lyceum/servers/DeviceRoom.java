package org.lyceum.servers;

import org.jspecify.annotations.Nullable;
import org.lyceum.catalog.DeviceKind;
import org.lyceum.catalog.DeviceKinds;
import org.lyceum.catalog.DeviceUnit;
import org.lyceum.catalog.DeviceWish;

import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Which units of the machine's devices are held, and by how many. Counted anew at each look from
 * the rows of servers that are active and the starts that are under way. Blocking, quick.
 */
final class DeviceRoom {

    private final DeviceKinds kinds;
    private final ServerRepository servers;

    DeviceRoom(DeviceKinds kinds, ServerRepository servers) {
        this.kinds = kinds;
        this.servers = servers;
    }

    /**
     * The units that a start would be given now: those with free seats, the least used first.
     *
     * @param inside starts that were let through; one without units that wants some is given its
     *     own first
     * @return empty when too few have a seat left
     */
    Optional<List<String>> units(Start start, Collection<Start> inside) {
        var wish = start.device();
        if (wish == null) {
            return Optional.of(List.of());
        }
        var taken = taken(inside);
        for (var other : inside) {
            if (other.device() != null && other.units().isEmpty()) {
                give(other.device(), taken);
            }
        }
        return give(wish, taken);
    }

    private Map<String, Integer> taken(Collection<Start> inside) {
        var taken = new HashMap<String, Integer>();
        servers.heldUnits(inside.stream().map(Start::serverId).toList())
                .forEach(unit -> taken.merge(unit, 1, Integer::sum));
        inside.forEach(start -> start.units().forEach(unit -> taken.merge(unit, 1, Integer::sum)));
        return taken;
    }

    private Optional<List<String>> give(DeviceWish wish, Map<String, Integer> taken) {
        var kind = kinds.find(wish.kind()).orElse(null);
        if (kind == null) {
            return Optional.empty();
        }
        var free =
                kind.units().stream()
                        .map(DeviceUnit::name)
                        .filter(unit -> taken.getOrDefault(unit, 0) < kind.seats())
                        .sorted(Comparator.comparingInt(unit -> taken.getOrDefault(unit, 0)))
                        .limit(wish.count())
                        .toList();
        if (free.size() < wish.count()) {
            return Optional.empty();
        }
        free.forEach(unit -> taken.merge(unit, 1, Integer::sum));
        return Optional.of(free);
    }

    /** Why a start with this wish has to wait; the middle of a sentence. */
    String sentence(@Nullable DeviceWish wish) {
        var kind = wish == null ? null : kinds.find(wish.kind()).orElse(null);
        if (wish == null || kind == null) {
            return "the device it needs is not on this machine";
        }
        int units = kind.units().size();
        int seats = units * kind.seats();
        return "it needs "
                + kinds.words(wish)
                + ", and "
                + (seats == 1
                        ? "the only seat is taken"
                        : "too few of " + seats + " seats are free")
                + (kind.seats() == 1 ? "" : " (" + units + " × " + kind.seats() + ")");
    }

    /** All kinds, with what is taken now. */
    List<DeviceUse> use() {
        var taken = taken(List.of());
        return kinds.all().stream().map(kind -> use(kind, taken)).toList();
    }

    private static DeviceUse use(DeviceKind kind, Map<String, Integer> taken) {
        return new DeviceUse(
                kind,
                kind.units().stream()
                        .map(
                                unit ->
                                        new DeviceUse.Unit(
                                                unit.name(), taken.getOrDefault(unit.name(), 0)))
                        .toList());
    }
}
