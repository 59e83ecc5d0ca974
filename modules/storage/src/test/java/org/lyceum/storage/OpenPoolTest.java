package org.lyceum.storage;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lyceum.platform.jobs.Job;
import org.lyceum.platform.kernel.Bytes;
import org.lyceum.storage.keeper.LocalKeeper;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Goal: a pool that is not there keeps nothing down, and is taken up when it is there again. */
class OpenPoolTest {

    @TempDir Path data;

    @Test
    void a_pool_that_is_away_is_a_failure_until_it_is_back_and_then_told_of_once()
            throws IOException {
        var place = Files.writeString(data.resolve("storage"), "in the way");
        var config =
                StorageConfig.of(place, StorageConfig.Kind.MEASURED, new Bytes(0), new Bytes(1));
        try (var keeper = new LocalKeeper(config)) {
            var open = new OpenPool(keeper);
            assertThat(open.run()).isEqualTo(new Job.Report(1, 0, 1));
            assertThat(open.run()).isEqualTo(new Job.Report(1, 0, 1));

            Files.delete(place);
            assertThat(open.run()).isEqualTo(new Job.Report(1, 1, 0));
            assertThat(open.run()).isEqualTo(new Job.Report(1, 0, 0));
        }
    }
}
