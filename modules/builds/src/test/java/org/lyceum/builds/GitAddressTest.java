package org.lyceum.builds;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lyceum.platform.kernel.Problem;
import org.lyceum.platform.kernel.Secret;
import org.lyceum.platform.kernel.Vault;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;

/** Goal: an address is an address and nothing else; keys are what OpenSSH takes, and sealed. */
class GitAddressTest {

    @Test
    void any_host_can_be_named_by_https_and_ssh() {
        for (var good :
                List.of(
                        "https://git.example/a/b.git",
                        "https://git.example:8443/~ada/b",
                        "ssh://git@git.example:2222/a/b.git")) {
            assertThat(new GitAddress(good).url()).isEqualTo(good);
        }
        assertThat(new GitAddress("git@git.example:a/b.git").ssh()).isTrue();
    }

    @Test
    void what_git_would_take_for_something_else_is_refused() {
        for (var bad :
                List.of(
                        "ext::sh -c id",
                        "file:///etc",
                        "/etc",
                        "--upload-pack=id",
                        "https://user:password@host/x",
                        "ssh://-oProxyCommand=id/x",
                        "git@-oProxyCommand=id:x",
                        "https://host/a b",
                        "https://host/a\nb",
                        "")) {
            var problem = catchThrowableOfType(Problem.class, () -> new GitAddress(bad));
            assertThat(problem).as(bad).isNotNull();
            assertThat(problem.code()).isEqualTo("source.url-invalid");
        }
        for (var bad : List.of("-x", "a..b", "a:b", "+main", "a b")) {
            assertThat(catchThrowableOfType(Problem.class, () -> GitAddress.reference(bad)))
                    .as(bad)
                    .isNotNull();
        }
        assertThat(GitAddress.reference("feature/x-1")).isEqualTo("feature/x-1");
    }

    @Test
    void openssh_reads_the_key_that_is_made(@TempDir Path directory) throws Exception {
        var key = DeployKey.make("lyceum");
        var file = directory.resolve("key");
        Files.writeString(file, key.privateKey().reveal());
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));

        assertThat(run("ssh-keygen", "-y", "-f", file.toString()).strip())
                .isEqualTo(key.publicKey());
    }

    @Test
    void a_sealed_secret_opens_for_its_purpose_and_installation_alone() {
        var vault = new Vault(Secret.random());
        var sealed = vault.seal("builds.source 1", Secret.presented("token"));

        assertThat(sealed).doesNotContain("token");
        assertThat(vault.open("builds.source 1", sealed).reveal()).isEqualTo("token");
        assertThat(vault.seal("builds.source 1", Secret.presented("token"))).isNotEqualTo(sealed);
        for (var other : List.of("builds.source 2", "")) {
            assertThat(catchThrowableOfType(Problem.class, () -> vault.open(other, sealed)).code())
                    .isEqualTo("vault.sealed");
        }
        var elsewhere = new Vault(Secret.random());
        assertThat(
                        catchThrowableOfType(
                                Problem.class, () -> elsewhere.open("builds.source 1", sealed)))
                .isNotNull();
    }

    private static String run(String... command) throws IOException, InterruptedException {
        var process = new ProcessBuilder(command).redirectErrorStream(true).start();
        var text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        return text;
    }
}
