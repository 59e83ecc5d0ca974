package org.lyceum.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.lyceum.audit.AuditLog;
import org.lyceum.identity.IdentityModule;
import org.lyceum.platform.kernel.Actor;
import org.lyceum.platform.kernel.Bytes;
import org.lyceum.platform.kernel.CommunityId;
import org.lyceum.platform.kernel.Problem;
import org.lyceum.platform.kernel.UserId;
import org.lyceum.platform.linux.FileName;
import org.lyceum.platform.testing.SecurityStatement;
import org.lyceum.platform.testing.TempDatabase;
import org.lyceum.storage.Bounds;
import org.lyceum.storage.FolderKind;
import org.lyceum.storage.LimitRule;
import org.lyceum.storage.LimitScope;
import org.lyceum.storage.StorageConfig;
import org.lyceum.storage.StorageModule;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;

/**
 * Goal: the limits that the kernel keeps hold for uploads too, and a full home can be emptied.
 * Method: a real pool of each kind that this kernel can limit; root uploads, as the platform does.
 */
abstract class RealPoolContract {

    private static final CommunityId ONE = new CommunityId(1);
    private static final Place HOME = Place.home(ONE, new UserId(7));
    private static final long MIB = 1L << 20;
    private static final long LIMIT = 32 * MIB;

    @RegisterExtension final TempDatabase temp = new TempDatabase();
    private Path directory;
    private StorageConfig config;
    private FilesModule module;
    private Path home;

    abstract StorageConfig.Kind kind();

    @BeforeEach
    void make() throws IOException {
        directory = Files.createTempDirectory("lyceum-pool").toRealPath();
        config = StorageConfig.of(directory, kind(), Bytes.mib(600), new Bytes(1));
        StorageModule.pool(config).setUp();
        var db = temp.database();
        var identity = new IdentityModule(db, new AuditLog(db, temp.clock()), temp.clock());
        var storage = new StorageModule(config, db, identity, temp.clock());
        var rule =
                new LimitRule(
                        ONE,
                        FolderKind.HOME,
                        LimitScope.COMMUNITY,
                        0,
                        Bounds.of(LIMIT),
                        Bounds.of(5_000),
                        -1);
        storage.limits().put(new Actor.Platform(), rule);
        home = storage.folders().ensure(HOME.key());
        module = Wiring.of(temp, identity, storage, temp.directory().resolve("lists"));
    }

    @AfterEach
    void remove() throws IOException {
        module.close();
        StorageModule.pool(config).unmount();
        try (var files = Files.walk(directory)) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    private static InputStream random(long length) {
        var bytes = new byte[(int) length];
        new java.util.Random(1).nextBytes(bytes); // zeros might be stored as nothing
        return new ByteArrayInputStream(bytes);
    }

    private void upload(String name, long length, long declared) {
        module.files().upload(HOME, FilePath.parse(name), random(length), declared, false);
    }

    @Test
    @SecurityStatement({14, 50})
    void an_upload_ends_at_the_limit_and_leaves_nothing() throws IOException {
        upload("fits", 4 * MIB, 0);

        assertThatThrownBy(() -> upload("lies", 64 * MIB, 1))
                .isInstanceOfSatisfying(
                        Problem.class, p -> assertThat(p.code()).isEqualTo("files.full"));
        assertThatThrownBy(() -> upload("honest", 1, 64 * MIB))
                .isInstanceOfSatisfying(
                        Problem.class, p -> assertThat(p.code()).isEqualTo("files.full"));

        try (var left = Files.list(home)) {
            assertThat(left.map(p -> p.getFileName().toString()).filter(n -> !n.startsWith("lost")))
                    .containsExactly("fits");
        }
        upload("fits-too", 4 * MIB, 0);
        assertThat(home.resolve("fits-too")).hasSize(4 * MIB);
    }

    @Test
    void a_full_home_is_emptied_without_a_server() throws IOException {
        Shell.run(
                home,
                "setpriv",
                "--reuid=1000",
                "--regid=1000",
                "--clear-groups",
                "bash",
                "-c",
                "head -c 64M /dev/urandom > $'big\\xff' 2>/dev/null; sync; true");

        module.trash().remove(HOME, FilePath.parse("big%FF"));

        assertThat(home.resolve("big")).doesNotExist();
        Shell.run(home, "sync", "-f", ".");
        upload("new", 4 * MIB, 0);
        var name = module.trash().put(HOME, FilePath.parse("new"));
        assertThat(name).isEqualTo(FileName.of("new"));
        assertThat(module.trash().restore(HOME, name)).isEqualTo(FilePath.parse("new"));
    }
}
