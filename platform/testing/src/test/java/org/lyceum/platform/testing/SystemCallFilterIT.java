package org.lyceum.platform.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.model.Capability;
import com.github.dockerjava.api.model.HostConfig;
import com.github.dockerjava.core.DefaultDockerClientConfig;
import com.github.dockerjava.core.DockerClientImpl;
import com.github.dockerjava.zerodep.ZerodepDockerHttpClient;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Goal: the system call filter is the engine's own, made stricter exactly where we say. Method: a
 * program makes every system call with senseless arguments, each in a process of its own; what the
 * kernel answers is compared between a container of ours and one with the engine's default.
 */
@RequiresDocker(images = "LYCEUM_TEST_IMAGE_3")
class SystemCallFilterIT {

    private static final String IMAGE = System.getenv("LYCEUM_TEST_IMAGE_3");

    /** Prints "number answer" for each call: an errno, 0, or the signal that ended the process. */
    private static final String PROBE =
            """
            import ctypes, os, signal
            libc = ctypes.CDLL(None, use_errno=True)
            minus = [ctypes.c_long(-1)] * 6
            # Forks and ends: 56 57 58 60 231 435. Returns from a signal: 15. Flushes the disk: 162.
            def ask(number, patience):
                inp, out = os.pipe()
                pid = os.fork()
                if pid == 0:
                    signal.setitimer(signal.ITIMER_REAL, patience)
                    answer = 0 if libc.syscall(number, *minus) != -1 else ctypes.get_errno()
                    os.write(out, str(answer).encode())
                    os._exit(0)
                os.close(out)
                _, status = os.waitpid(pid, 0)
                said = os.read(inp, 9).decode()
                os.close(inp)
                return said or 'signal %d' % (status & 127)
            for number in set(range(472)) - {15, 56, 57, 58, 60, 162, 231, 435}:
                said = ask(number, 0.2)
                # Some wait for ever; others had no turn on a busy machine, and get another.
                print(number, ask(number, 2) if said == 'signal 14' else said)
            """;

    /** Gives an ioctl to a descriptor that is not open: EBADF once past the filter. */
    private static final String IOCTL_PROBE =
            """
            import ctypes, errno, random
            libc = ctypes.CDLL(None, use_errno=True)
            def answer(command):
                libc.syscall(16, ctypes.c_long(-1), ctypes.c_ulong(command), ctypes.c_long(0))
                return ctypes.get_errno()
            reading = {0x801c581f, 0x80086601, 0x80046601, 0xc020660b}
            random.seed(7)
            commands = [random.getrandbits(32) for _ in range(20000)] + list(range(65536))
            for known in list(reading) + %s:
                commands += [known] + [known ^ (1 << bit) for bit in range(32)]
            wrong = []
            for command in commands:
                refused = (command >> 8 & 255) in (0x58, 0x66, 0x94) and command not in reading
                wanted = errno.EPERM if refused else errno.EBADF
                for above in (0, 1 << 32, 0xFFFFFFFF << 32):
                    if answer(command | above) != wanted:
                        wrong.append(hex(command | above))
            print('wrong:', wrong[:20])
            """;

    /** What the kernel calls them; source: include/uapi/linux/fs.h, btrfs.h. */
    private static final String ESCAPES =
            "[0x401c5820, 0x40086602, 0x40046602, 0x5000940e, 0x50009418, 0x50009401, 0x50009417,"
                    + " 0x40049409, 0x4020940d]";

    @RegisterExtension static final ContainersUnderTest containers = new ContainersUnderTest(IMAGE);

    private static DockerClient docker;

    @BeforeAll
    static void connect() {
        var settings =
                new DefaultDockerClientConfig.Builder()
                        .withDockerHost("unix:///var/run/docker.sock")
                        .withDockerTlsVerify(false)
                        .build();
        docker =
                DockerClientImpl.getInstance(
                        settings,
                        new ZerodepDockerHttpClient.Builder()
                                .dockerHost(settings.getDockerHost())
                                .build());
    }

    @AfterAll
    static void disconnect() throws IOException {
        containers.close();
        docker.close();
    }

    @Test
    @SecurityStatement(4)
    void it_answers_as_the_engines_own_filter_but_for_what_it_refuses_more() {
        assumeThat(System.getProperty("os.arch")).as("the numbers are x86's").isEqualTo("amd64");
        var own = answers(containers.output(List.of(), "python3", "-c", PROBE));
        var engines = answers(engineDefault("python3", "-c", PROBE));

        assertThat(own).hasSizeGreaterThan(400).hasSameSizeAs(engines);
        var differences = new LinkedHashMap<Integer, String>();
        own.forEach(
                (number, answer) -> {
                    if (!answer.equals(engines.get(number))) {
                        differences.put(number, answer);
                    }
                });
        // copy_file_range as if it were not there; io_uring refused. socket: its own rule.
        assertThat(differences).isEqualTo(Map.of(326, "38", 425, "1", 426, "1", 427, "1"));
        assertThat(own.get(469)).as("file_setattr of Linux 6.17").isIn("1", "38");
    }

    @Test
    @SecurityStatement({4, 14})
    void no_command_of_a_file_system_passes_but_those_that_read() {
        var said = containers.output(List.of(), "python3", "-c", IOCTL_PROBE.formatted(ESCAPES));

        assertThat(said).containsExactly("wrong: []");
    }

    @Test
    @SecurityStatement(4)
    void kinds_of_sockets_that_newer_engines_refuse_are_refused() {
        var said =
                containers.output(
                        List.of(),
                        "python3",
                        "-c",
                        """
                        import socket
                        for family in (38, 40, socket.AF_UNIX, socket.AF_INET, socket.AF_NETLINK):
                            try:
                                socket.socket(family, socket.SOCK_DGRAM).close()
                                print(family, 'made')
                            except OSError as e:
                                print(family, e.strerror)
                        """);

        assertThat(said)
                .containsExactly(
                        "38 Operation not permitted",
                        "40 Operation not permitted",
                        "1 made",
                        "2 made",
                        "16 made");
    }

    @Test
    void programs_that_would_share_extents_copy_instead() {
        var said =
                containers.output(
                        List.of(),
                        "sh",
                        "-c",
                        "echo hello > /tmp/a && cp /tmp/a /tmp/b && cat /tmp/b && python3 -c"
                            + " \"import shutil; shutil.copy('/tmp/a', '/tmp/c')\" && cat /tmp/c");

        assertThat(said).containsExactly("hello", "hello");
    }

    private static Map<Integer, String> answers(List<String> lines) {
        var answers = new TreeMap<Integer, String>();
        for (var line : lines) {
            var words = line.split(" ", 2);
            answers.put(Integer.valueOf(words[0]), words[1]);
        }
        return answers;
    }

    /** A container as hardened as ours in all but the filter, made past our own adapter. */
    private static List<String> engineDefault(String... command) {
        var id =
                docker.createContainerCmd(IMAGE)
                        .withCmd(command)
                        .withEntrypoint("/usr/bin/env")
                        .withUser("1000:1000")
                        .withWorkingDir("/tmp")
                        .withLabels(containers.labels())
                        .withHostConfig(
                                HostConfig.newHostConfig()
                                        .withCapDrop(Capability.ALL)
                                        .withSecurityOpts(List.of("no-new-privileges:true"))
                                        .withReadonlyRootfs(true)
                                        .withTmpFs(Map.of("/tmp", "rw,exec", "/run", "rw"))
                                        .withNetworkMode("none")
                                        .withMemory(128L << 20)
                                        .withPidsLimit(64L)
                                        .withInit(true))
                        .exec()
                        .getId();
        docker.startContainerCmd(id).exec();
        containers.ended(containers.engine().find(id).orElseThrow());
        return containers.engine().logs(id, 1000);
    }
}
