package org.lyceum.storage.keeper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.lyceum.platform.kernel.Bytes;
import org.lyceum.storage.Limits;
import org.lyceum.storage.PoolKind;
import org.lyceum.storage.StorageConfig;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Goal: a pool in a file fills up, grows and comes back without anybody losing anything. Method: a
 * small pool for each test, with the kind of file system that this kernel can limit.
 */
abstract class PoolImageContract {

    private static final long MIB = QuotaContract.MIB;

    private PoolUnderTest pool;
    private People people;

    abstract StorageConfig.Kind kind();

    abstract People people(PoolUnderTest pool);

    /** A new one, free of links, for the pool. */
    Path directory() throws IOException {
        return Files.createTempDirectory("lyceum-pool").toRealPath();
    }

    @BeforeEach
    void make() throws IOException {
        pool = new PoolUnderTest(directory(), kind(), Bytes.mib(600));
        people = people(pool);
    }

    @AfterEach
    void remove() throws IOException {
        end(people);
        pool.close();
    }

    /** What people ran is gone, so that the pool can be unmounted. */
    void end(People each) {}

    @Test
    void the_report_says_what_is_enforced_and_what_was_tried() throws IOException {
        var report = pool.keeper().open();

        assertThat(report.kind()).isEqualTo(PoolKind.valueOf(kind().name()));
        assertThat(report.image()).isTrue();
        assertThat(report.totalBytes()).isBetween(500 * MIB, 600 * MIB);
        assertThat(report.tried()).isNotEmpty();
        var last = report.tried().getLast();
        assertThat(last.worked()).isTrue();
        assertThat(last.what()).isEqualTo(kind() + " in a pool image");
        assertThat(last.words()).contains("writing past a limit of 4 MiB ended after");
    }

    @Test
    void a_pool_is_made_once_and_found_again_after_a_restart() throws IOException {
        var folder = QuotaContract.folder();
        var made = pool.keeper().make(folder, new Limits(50 * MIB, 0));
        people.run(made.place(), "echo 42 > answer");
        end(people);

        pool.reboot();
        var report = new LocalKeeper(pool.config()).setUp();

        assertThat(report.kind()).isEqualTo(PoolKind.valueOf(kind().name()));
        assertThat(pool.keeper().make(folder, new Limits(50 * MIB, 0))).isEqualTo(made);
        assertThat(made.place().resolve("answer")).hasContent("42");
    }

    @Test
    void a_full_pool_stops_writers_and_nothing_else() throws IOException {
        var ada = pool.keeper().make(QuotaContract.folder(), new Limits(2000 * MIB, 0));
        var eve = pool.keeper().make(QuotaContract.folder(), new Limits(2000 * MIB, 0));
        people.run(ada.place(), "echo 42 > answer; sync");

        var said = people.run(eve.place(), QuotaContract.write("big", 800) + "; echo end");

        assertThat(said).hasSize(2).endsWith("end");
        assertThat(said.getFirst()).contains("No space left on device");
        said = people.run(ada.place(), "cat answer; " + QuotaContract.write("more", 64));
        assertThat(said.getFirst()).isEqualTo("42");
        assertThat(said.getLast()).contains("No space left on device");
        people.run(eve.place(), "rm big; sync");
        said = people.run(ada.place(), QuotaContract.write("more", 64) + "; echo written");
        assertThat(said).containsExactly("written");
    }

    @Test
    void a_pool_grows_while_somebody_writes_and_survives_a_restart() throws IOException {
        var folder = QuotaContract.folder();
        var made = pool.keeper().make(folder, new Limits(2000 * MIB, 0));
        var running =
                people.start(
                        made.place(),
                        QuotaContract.write("first", 300)
                                + "; touch waiting; until [ -e go ]; do sleep 0.1; done; "
                                + QuotaContract.write("second", 400)
                                + "; echo end");
        QuotaContract.awaitFile(made.place().resolve("waiting"));

        var report = pool.keeper().grow(1000 * MIB);
        Files.createFile(made.place().resolve("go"));

        assertThat(report.totalBytes()).isBetween(900 * MIB, 1000 * MIB);
        assertThat(running.lines()).containsExactly("end");
        assertThatThrownBy(() -> pool.keeper().grow(800 * MIB)).hasMessageContaining("already");
        end(people);
        pool.reboot();
        assertThat(pool.keeper().open().totalBytes()).isEqualTo(report.totalBytes());
        assertThat(made.place().resolve("second")).hasSize(400 * MIB);
    }

    @Test
    void a_pool_whose_description_is_lost_is_not_made_anew_over_peoples_files() throws IOException {
        pool.reboot();
        Files.delete(pool.root().resolveSibling("pool.properties"));

        assertThatThrownBy(() -> new LocalKeeper(pool.config()).setUp())
                .hasMessageContaining("restore that file");
        assertThat(pool.image()).exists();
    }

    @Test
    void a_pool_that_does_not_come_up_is_not_replaced_by_the_directory_below_it()
            throws IOException {
        pool.reboot();
        Files.move(pool.image(), pool.image().resolveSibling("elsewhere"));

        var keeper = new LocalKeeper(pool.config());
        assertThatThrownBy(() -> keeper.make(QuotaContract.folder(), new Limits(50 * MIB, 0)))
                .isInstanceOf(IOException.class);
        assertThat(pool.root()).isEmptyDirectory();
    }
}
