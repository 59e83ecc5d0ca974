package org.lyceum.main;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.lyceum.platform.testing.Eventually;
import org.lyceum.platform.testing.RequiresDocker;
import org.lyceum.platform.testing.SecurityStatement;
import org.lyceum.storage.StorageConfig;

import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Goal: a platform whose keeper runs apart gives people the same folders, also in servers that
 * waited. Method: what is said of folders, once more, with the keeper behind its socket.
 */
@RequiresDocker(images = "LYCEUM_TEST_IMAGE_5")
@Timeout(300)
class KeeperApartIT extends FoldersIT {

    @Override
    RealPool pool() {
        return new RealPool(StorageConfig.Keeping.APART);
    }

    @Override
    HubUnderTest platform(RealPool pool) {
        var settings = new ArrayList<>(List.of(pool.settings()));
        settings.add("slots.max = 1");
        return HubUnderTest.withImage("LYCEUM_TEST_IMAGE_5", settings.toArray(String[]::new));
    }

    @Test
    @SecurityStatement(58)
    void a_server_that_waited_has_its_folders_mounted_by_the_keeper() {
        Eventually.holds("a server waits", Duration.ofMinutes(3), () -> slots().contains("READY"));

        SingleUserContract.start(platform(), "ada");

        assertThat(slots()).contains("CLAIMED");
        assertThat(
                        in(
                                "ada",
                                "echo x > answer; echo y > scratch/big; ls -d answer scratch/big"
                                        + " shared"))
                .isEqualTo("answer\nscratch/big\nshared");
        assertThat(in("ada", "echo z > groups/lab/paper; cat groups/lab/paper")).isEqualTo("z");
        assertThat(in("ada", "touch shared/x 2>&1")).contains("Read-only file system");
    }

    private List<String> slots() {
        var states = new ArrayList<String>();
        var database = "jdbc:sqlite:" + platform().data().resolve("lyceum.db");
        try (var db = DriverManager.getConnection(database);
                var statement = db.createStatement();
                var rows = statement.executeQuery("SELECT state FROM slots_slot")) {
            while (rows.next()) {
                states.add(rows.getString(1));
            }
            return states;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
