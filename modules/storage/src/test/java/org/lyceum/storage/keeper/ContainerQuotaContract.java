package org.lyceum.storage.keeper;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.lyceum.platform.docker.ContainerSpec.Bind;
import org.lyceum.platform.kernel.Bytes;
import org.lyceum.platform.testing.ContainersUnderTest;
import org.lyceum.platform.testing.SecurityStatement;
import org.lyceum.storage.StorageConfig;

import java.io.IOException;
import java.util.List;

/** The contract with people in real containers, and what only a container can show. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class ContainerQuotaContract extends QuotaContract {

    /** Each try of {@link #ESCAPES} prints its name and how it ended. */
    private static final String ESCAPES =
            """
            import ctypes, fcntl, os, struct
            libc = ctypes.CDLL(None, use_errno=True)
            def tried(name, act):
                try:
                    print(name, 'worked' if act() is not False else 'failed')
                except OSError as e:
                    print(name, 'refused', e.strerror)
            def command(path, number, argument):
                fd = os.open(path, os.O_RDONLY)
                try:
                    return fcntl.ioctl(fd, number, argument)
                finally:
                    os.close(fd)
            os.mkdir('own')
            attributes = struct.pack('IIIII8x', 0, 0, 0, 0, 0)
            tried('project', lambda: command('own', 0x401c5820, attributes))
            tried('inherit', lambda: command('own', 0x40086602, struct.pack('l', 0)))
            tried('inherit32', lambda: command('own', 0x40046602, struct.pack('i', 0)))
            volume = bytearray(struct.pack('q4088s', 0, b'nested'))
            tried('subvolume', lambda: command('.', 0x5000940e, volume))
            tried('subvolume2', lambda: command('.', 0x50009418, volume))
            here = os.open('.', os.O_RDONLY)
            copy = bytearray(struct.pack('q4088s', here, b'copy'))
            tried('snapshot', lambda: command('.', 0x50009401, copy))
            def file_setattr():
                answer = libc.syscall(469, -100, b'own', attributes, 28, 0)
                if answer != 0:
                    raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))
            tried('file_setattr', file_setattr)
            def clone():
                with open('/other/data', 'rb') as source, open('cloned', 'wb') as target:
                    fcntl.ioctl(target.fileno(), 0x40049409, source.fileno())
            tried('clone', clone)
            def copy_range():
                with open('/other/data', 'rb') as source, open('copied', 'wb') as target:
                    os.copy_file_range(source.fileno(), target.fileno(), 1 << 26)
            tried('copy_range', copy_range)
            """;

    private PoolUnderTest pool;
    private ContainersUnderTest containers;
    private People people;

    abstract StorageConfig.Kind wanted();

    @BeforeAll
    void make() throws IOException {
        pool = new PoolUnderTest(wanted(), Bytes.gib(1));
        containers = new ContainersUnderTest(System.getenv("LYCEUM_TEST_IMAGE_3"), pool.root());
        people = new ContainerPeople(containers);
    }

    @AfterEach
    void remove_containers() {
        containers.afterEach(null);
    }

    @AfterAll
    void remove() throws IOException {
        containers.close();
        pool.close();
    }

    PoolUnderTest pool() {
        return pool;
    }

    @Override
    LocalKeeper keeper() {
        return pool.keeper();
    }

    @Override
    People people() {
        return people;
    }

    @Override
    void reboot() throws IOException {
        containers.afterEach(null); // a machine that restarts has none
        pool.reboot();
        keeper().open();
    }

    @Test
    @SecurityStatement({4, 14})
    void no_way_out_of_a_limit_works_in_a_container() throws IOException {
        var mine = made(folder(), 24, 0);
        var other = made(folder(), 200, 0);
        people.run(other.place(), write("data", 64));
        var bound =
                List.of(
                        new Bind(mine.place(), "/home/jovyan", false),
                        new Bind(other.place(), "/other", false));

        var said =
                containers.output(
                        bound,
                        "sh",
                        "-c",
                        "cd /home/jovyan; python3 -c \""
                                + ESCAPES.replace("\"", "\\\"")
                                + "\"; "
                                + write("own/big", 64)
                                + "; rm own/big; sync; cp /other/data copy 2>&1; echo end");

        assertThat(said.subList(0, 9))
                .containsExactly(
                        "project refused Operation not permitted",
                        "inherit refused Operation not permitted",
                        "inherit32 refused Operation not permitted",
                        "subvolume refused Operation not permitted",
                        "subvolume2 refused Operation not permitted",
                        "snapshot refused Operation not permitted",
                        said.get(6),
                        "clone refused Operation not permitted",
                        "copy_range refused Function not implemented");
        assertThat(said.get(6)).startsWith("file_setattr refused ");
        assertThat(String.join("\n", said.subList(9, said.size())))
                .contains(refusal())
                .contains("copy': " + refusal());
        flush();
        assertThat(keeper().usages().get(mine.mark()).bytes()).isLessThan(24 * MIB + TOLERANCE);
    }
}
