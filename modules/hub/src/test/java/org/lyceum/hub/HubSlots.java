package org.lyceum.hub;

import org.lyceum.platform.kernel.Bytes;
import org.lyceum.platform.kernel.PlatformId;
import org.lyceum.platform.kernel.Secret;
import org.lyceum.slots.SlotsConfig;
import org.lyceum.slots.SlotsModule;

import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;

/** Slots that are switched off: every start is a plain one. */
final class HubSlots {

    private HubSlots() {}

    static SlotsModule none(
            SlotsModule.Parts parts, PlatformId platform, Path directory, Clock clock) {
        return new SlotsModule(
                new SlotsConfig(false, Bytes.gib(1), 0, 1),
                parts,
                new SlotsModule.Inside(
                        List.of("/home/jovyan"), 1000, 1000, Map::of, List::of, () -> true),
                platform,
                Secret.random(),
                directory,
                clock);
    }
}
