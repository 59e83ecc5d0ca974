package org.lyceum.platform.linux;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;

/** Goal: of all the kernel says, who was ended for want of memory is found. */
class KernelLogTest {

    private static final List<String> RECORDS =
            List.of(
                    "docker0: port 1(veth1) entered disabled state",
                    "oom-kill:constraint=CONSTRAINT_MEMCG,nodemask=(null),cpuset=aaa,"
                            + "mems_allowed=0,oom_memcg=/docker/aaa,task_memcg=/docker/aaa,"
                            + "task=python3, big,pid=711,uid=1000",
                    "Memory cgroup out of memory: Killed process 711 (python3, big)"
                            + " total-vm:2146728kB, anon-rss:1048576kB, file-rss:4096kB,"
                            + " shmem-rss:0kB, UID:1000 pgtables:4212kB oom_score_adj:500",
                    "oom-kill:constraint=CONSTRAINT_MEMCG,nodemask=(null),cpuset=bbb,"
                            + "mems_allowed=0,oom_memcg=/docker/bbb,task_memcg=/docker/bbb,"
                            + "task=R,pid=712,uid=1000",
                    "Memory cgroup out of memory: Killed process 712 (R)"
                            + " total-vm:2kB, anon-rss:1kB, file-rss:0kB, shmem-rss:0kB");

    @Test
    void the_process_of_this_group_is_found_with_what_it_had() {
        assertThat(KernelLog.lastKill(RECORDS, "aaa"))
                .contains(new KernelLog.Kill("python3, big", 1L << 30));
        assertThat(KernelLog.lastKill(RECORDS, "bbb")).contains(new KernelLog.Kill("R", 1024));
    }

    @Test
    void a_group_that_lost_nobody_has_no_entry() {
        assertThat(KernelLog.lastKill(RECORDS, "ccc")).isEmpty();
        assertThat(KernelLog.lastKill(RECORDS.subList(0, 2), "aaa")).isEmpty();
    }

    @Test
    @EnabledIf("readable")
    void the_real_log_is_read_to_its_end_and_does_not_wait_for_more() throws IOException {
        assertThat(KernelLog.lastKill("there is no such group")).isEmpty();
    }

    @Test
    void the_machine_has_memory_and_was_booted_in_the_past() {
        var machine = Machine.here();
        assertThat(machine.memoryBytes()).isGreaterThan(128L * 1024 * 1024);
        assertThat(machine.bootedAt()).isAfter(Instant.EPOCH);
    }

    static boolean readable() {
        return Files.isReadable(Path.of("/dev/kmsg"));
    }
}
