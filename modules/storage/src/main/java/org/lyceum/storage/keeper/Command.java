package org.lyceum.storage.keeper;

import org.lyceum.storage.Folder;
import org.lyceum.storage.Keeper;
import org.lyceum.storage.Limits;

import java.time.Instant;

/** What a keeper can be asked over its socket: this, and nothing else. */
sealed interface Command {

    record Open() implements Command {}

    record Make(Folder folder, Limits limits) implements Command {}

    record Limit(Folder folder, long mark, Limits limits) implements Command {}

    record Measure(Folder folder, long mark) implements Command {}

    record MeasureAll() implements Command {}

    record Seal(Folder folder) implements Command {}

    record Release(Folder folder) implements Command {}

    record Remove(Folder folder) implements Command {}

    record Sweep(Folder folder, Instant untouchedSince) implements Command {}

    record Snapshot(Folder folder, Instant at, long shareBytes) implements Command {}

    record SnapshotBytes() implements Command {}

    record Snapshots(Folder folder) implements Command {}

    record DropSnapshot(Folder folder, Instant at) implements Command {}

    record Mount(Folder folder, Keeper.ContainerProcess container, String place, boolean readOnly)
            implements Command {

        public Mount {
            ContainerPlace.require(place);
        }
    }

    record Grow(long bytes) implements Command {

        public Grow {
            if (bytes <= 0) {
                throw new IllegalArgumentException("a pool has at least a byte");
            }
        }
    }
}
