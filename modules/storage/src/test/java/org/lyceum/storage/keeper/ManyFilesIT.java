package org.lyceum.storage.keeper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.lyceum.platform.kernel.Bytes;
import org.lyceum.platform.linux.Directory;
import org.lyceum.platform.linux.OrdinaryUser;
import org.lyceum.platform.testing.SecurityStatement;
import org.lyceum.storage.Keeper;
import org.lyceum.storage.Limits;
import org.lyceum.storage.StorageConfig;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;

/**
 * Goal: numbers that break other hubs are ordinary here: a million files of one person, ten
 * thousand homes. Method: a real pool; files are made as an ordinary user, by the kernel's own
 * calls.
 */
@Timeout(300)
class ManyFilesIT {

    private static final int MILLION = 1_000_000;
    private static final int HOMES = 10_000;

    @BeforeEach
    void needs_root() {
        assumeThat(System.getProperty("user.name")).as("mounting needs root").isEqualTo("root");
    }

    @ParameterizedTest
    @EnumSource(names = {"BTRFS", "IMAGES"})
    @SecurityStatement(15)
    void a_million_empty_files_stop_their_owner_and_nobody_else(StorageConfig.Kind kind)
            throws IOException {
        try (var pool = new PoolUnderTest(kind, Bytes.gib(1))) {
            var greedy = made(pool);
            var other = made(pool);

            var tried = fill(greedy, MILLION);

            assertThat(tried.errno()).as("refused").isNotZero();
            assertThat(tried.done()).isBetween(1_000L, MILLION - 1L);
            assertThat(fill(other, 100)).isEqualTo(new OrdinaryUser.Outcome(100, 0));
        }
    }

    private static Keeper.Made made(PoolUnderTest pool) throws IOException {
        return pool.keeper().make(QuotaContract.folder(), new Limits(32 << 20, 20_000));
    }

    private static OrdinaryUser.Outcome fill(Keeper.Made made, int files) throws IOException {
        try (var directory = Directory.open(made.place())) {
            return OrdinaryUser.makeFiles(
                    directory, StorageConfig.UID, "a-file-with-a-name-", files);
        }
    }

    @Test
    void ten_thousand_homes_are_read_in_one_look_each_with_its_own() throws IOException {
        try (var pool = new PoolUnderTest(StorageConfig.Kind.BTRFS, Bytes.gib(1))) {
            var homes = new ArrayList<Keeper.Made>();
            for (int i = 0; i < HOMES; i++) {
                homes.add(pool.keeper().make(QuotaContract.folder(), new Limits(1L << 30, 0)));
            }
            Files.write(homes.get(4_711).place().resolve("thesis"), new byte[5 << 20]);
            pool.flush();

            var usages = pool.keeper().usages();

            assertThat(usages.keySet()).containsAll(homes.stream().map(Keeper.Made::mark).toList());
            for (int i = 0; i < HOMES; i++) {
                var usage = usages.get(homes.get(i).mark());
                assertThat(usage.limits().bytes()).isEqualTo(1L << 30);
                assertThat(usage.bytes() > 5 << 20).isEqualTo(i == 4_711);
            }
        }
    }
}
