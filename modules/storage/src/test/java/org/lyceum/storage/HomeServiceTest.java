package org.lyceum.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.lyceum.platform.schema.community.Tables.COMMUNITY_COMMUNITY;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.lyceum.platform.kernel.Bytes;
import org.lyceum.platform.kernel.CommunityId;
import org.lyceum.platform.kernel.Problem;
import org.lyceum.platform.kernel.UserId;
import org.lyceum.platform.testing.TempDatabase;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * Goal: a home is where it should be, and nobody can lead us elsewhere. Runs as root or uid 1000.
 */
class HomeServiceTest {

    private static final CommunityId COMMUNITY = new CommunityId(1);
    private static final UserId ADA = new UserId(7);

    @RegisterExtension final TempDatabase temp = new TempDatabase();
    @TempDir Path data;

    private HomeRepository repository;
    private HomeService homes;

    @BeforeEach
    void wire() {
        repository = new HomeRepository(temp.database());
        homes = service(new Bytes(1));
    }

    @Test
    void a_home_hangs_on_numbers_belongs_to_the_containers_user_and_is_closed_to_others()
            throws IOException {
        var home = homes.ensure(COMMUNITY, ADA);

        assertThat(home.hostPath()).isEqualTo(data.resolve("communities/1/homes/7"));
        assertThat(Files.getAttribute(home.hostPath(), "unix:uid")).isEqualTo(1000);
        assertThat(Files.getAttribute(home.hostPath(), "unix:gid")).isEqualTo(1000);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(home.hostPath())))
                .isEqualTo("rwx------");
        assertThat(repository.usersWithHomes(COMMUNITY, 10)).containsExactly(ADA);
    }

    @Test
    void an_existing_home_is_left_as_it_is() throws IOException {
        var home = homes.ensure(COMMUNITY, ADA);
        var file = Files.writeString(home.hostPath().resolve("notes.txt"), "6*7");
        Files.setPosixFilePermissions(
                home.hostPath(), PosixFilePermissions.fromString("rwxr-x---"));

        assertThat(homes.ensure(COMMUNITY, ADA)).isEqualTo(home);
        assertThat(file).hasContent("6*7");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(home.hostPath())))
                .isEqualTo("rwxr-x---");
        assertThat(repository.usersWithHomes(COMMUNITY, 10)).containsExactly(ADA);
    }

    @Test
    void two_communities_never_share_a_home() {
        temp.database()
                .write(
                        sql ->
                                sql.insertInto(COMMUNITY_COMMUNITY)
                                        .set(COMMUNITY_COMMUNITY.ID, 2L)
                                        .set(COMMUNITY_COMMUNITY.NAME, "physics")
                                        .set(COMMUNITY_COMMUNITY.TITLE, "Physics")
                                        .set(COMMUNITY_COMMUNITY.BASE_URL, "/physics/")
                                        .set(COMMUNITY_COMMUNITY.CREATED_AT, 1L)
                                        .execute());

        var here = homes.ensure(COMMUNITY, ADA).hostPath();
        var there = homes.ensure(new CommunityId(2), ADA).hostPath();

        assertThat(there).isNotEqualTo(here).isEqualTo(data.resolve("communities/2/homes/7"));
    }

    @Test
    void a_link_in_the_way_is_refused_wherever_it_is() throws IOException {
        var elsewhere = Files.createDirectory(data.resolve("elsewhere"));
        var parent = Files.createDirectories(data.resolve("communities/1/homes"));
        Files.createSymbolicLink(parent.resolve("7"), elsewhere);
        assertThat(refused()).isEqualTo("storage.unsafe");

        Files.delete(parent.resolve("7"));
        Files.delete(parent);
        Files.createSymbolicLink(parent, elsewhere);
        assertThat(refused()).isEqualTo("storage.unsafe");
        assertThat(elsewhere).isEmptyDirectory();
    }

    @Test
    void a_home_with_files_that_belongs_to_another_user_is_refused() throws IOException {
        var foreign = Files.createDirectories(data.resolve("communities/1/homes/7"));
        Files.setAttribute(foreign, "unix:uid", 1234);
        Files.writeString(foreign.resolve("secret"), "x");

        assertThat(refused()).isEqualTo("storage.unsafe");
    }

    @Test
    void a_full_disk_is_told_before_anything_is_started() {
        homes = service(Bytes.gib(1L << 30));

        var problem = catchThrowableOfType(Problem.class, () -> homes.ensure(COMMUNITY, ADA));

        assertThat(problem.code()).isEqualTo("storage.disk-full");
        assertThat(problem.detail()).contains("Delete files");
        assertThat(data.resolve("communities/1/homes/7")).doesNotExist();
    }

    private HomeService service(Bytes reserve) {
        return new HomeService(new StorageConfig(reserve), data, repository, temp.clock());
    }

    private String refused() {
        return catchThrowableOfType(Problem.class, () -> homes.ensure(COMMUNITY, ADA)).code();
    }
}
