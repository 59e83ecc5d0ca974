package org.lyceum.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.lyceum.platform.schema.community.Tables.COMMUNITY_COMMUNITY;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.lyceum.audit.AuditLog;
import org.lyceum.identity.IdentityModule;
import org.lyceum.platform.kernel.Bytes;
import org.lyceum.platform.kernel.CommunityId;
import org.lyceum.platform.kernel.Problem;
import org.lyceum.platform.kernel.UserId;
import org.lyceum.platform.testing.SecurityStatement;
import org.lyceum.platform.testing.TempDatabase;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * Goal: a home is where it should be, and nobody can lead us elsewhere. Method: the module over
 * plain directories, which are always there; what enforces limits is another test's business. Runs
 * as root or uid 1000.
 */
class HomeServiceTest {

    private static final CommunityId COMMUNITY = new CommunityId(1);
    private static final UserId ADA = new UserId(7);

    @RegisterExtension final TempDatabase temp = new TempDatabase();
    @TempDir Path data;

    private Path homesOfOne;
    private HomeService homes;

    @BeforeEach
    void wire() throws IOException {
        homesOfOne = data.toRealPath().resolve("root/communities/1/homes");
        homes = service(new Bytes(1));
    }

    @Test
    void a_home_hangs_on_numbers_belongs_to_the_containers_user_and_is_closed_to_others()
            throws IOException {
        var home = homes.ensure(COMMUNITY, ADA);

        assertThat(home.hostPath()).isEqualTo(homesOfOne.resolve("7"));
        assertThat(Files.getAttribute(home.hostPath(), "unix:uid")).isEqualTo(1000);
        assertThat(Files.getAttribute(home.hostPath(), "unix:gid")).isEqualTo(1000);
        assertThat(permissions(home.hostPath())).isEqualTo("rwx------");
    }

    /** A platform that is no root must be able to name a home; nobody may list who has one. */
    @Test
    @SecurityStatement(53)
    void what_is_above_homes_can_be_passed_and_neither_listed_nor_changed() {
        homes.ensure(COMMUNITY, ADA);

        for (var above = homesOfOne; !above.endsWith("root"); above = above.getParent()) {
            assertThat(permissions(above)).as(above.toString()).isEqualTo("rwx--x--x");
        }
    }

    @Test
    void an_existing_home_is_left_as_it_is() throws IOException {
        var home = homes.ensure(COMMUNITY, ADA);
        var file = Files.writeString(home.hostPath().resolve("notes.txt"), "6*7");
        Files.setPosixFilePermissions(
                home.hostPath(), PosixFilePermissions.fromString("rwxr-x---"));

        assertThat(homes.ensure(COMMUNITY, ADA)).isEqualTo(home);
        assertThat(file).hasContent("6*7");
        assertThat(permissions(home.hostPath())).isEqualTo("rwxr-x---");
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

        assertThat(there).isNotEqualTo(here).endsWith(Path.of("communities/2/homes/7"));
    }

    @Test
    @SecurityStatement({9, 53})
    void a_link_in_the_way_is_refused_wherever_it_is() throws IOException {
        homes.ensure(COMMUNITY, new UserId(8));
        var elsewhere = Files.createDirectory(data.resolve("elsewhere"));
        Files.createSymbolicLink(homesOfOne.resolve("7"), elsewhere);
        assertThat(refused()).isIn("storage.unwritable", "storage.unsafe");

        Files.delete(homesOfOne.resolve("7"));
        Files.delete(homesOfOne.resolve("8"));
        Files.delete(homesOfOne);
        Files.createSymbolicLink(homesOfOne, elsewhere);
        assertThat(refused()).isIn("storage.unwritable", "storage.unsafe");
        assertThat(elsewhere).isEmptyDirectory();
    }

    @Test
    @SecurityStatement(53)
    void a_home_with_files_that_belongs_to_another_user_is_refused() throws IOException {
        var foreign = Files.createDirectories(homesOfOne.resolve("7"));
        Files.setAttribute(foreign, "unix:uid", 1234);
        Files.writeString(foreign.resolve("secret"), "x");

        assertThat(refused()).isEqualTo("storage.unsafe");
    }

    @Test
    void a_pool_that_is_not_the_one_that_was_made_gets_no_files() throws IOException {
        homes.ensure(COMMUNITY, ADA);
        Files.writeString(
                data.resolve("pool.properties"),
                "id=another\nkind=MEASURED\nimage=false\nproject-base=0\n");
        homes = service(new Bytes(1));

        assertThat(refused()).isEqualTo("storage.unwritable");
    }

    @Test
    void a_full_disk_is_told_before_anything_is_started() {
        homes = service(Bytes.gib(1L << 30));

        var problem = catchThrowableOfType(Problem.class, () -> homes.ensure(COMMUNITY, ADA));

        assertThat(problem.code()).isEqualTo("storage.disk-full");
        assertThat(problem.detail()).contains("An administrator must make room");
        assertThat(homesOfOne.resolve("7")).doesNotExist();
    }

    private HomeService service(Bytes reserve) {
        var config = StorageConfig.of(data, StorageConfig.Kind.MEASURED, new Bytes(0), reserve);
        var db = temp.database();
        var clock = temp.clock();
        return new StorageModule(
                        config, db, new IdentityModule(db, new AuditLog(db, clock), clock), clock)
                .homes();
    }

    private static String permissions(Path path) {
        try {
            return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private String refused() {
        return catchThrowableOfType(Problem.class, () -> homes.ensure(COMMUNITY, ADA)).code();
    }
}
