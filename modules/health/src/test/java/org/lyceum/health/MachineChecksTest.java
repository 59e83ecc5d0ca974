package org.lyceum.health;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lyceum.health.Finding.Level;
import org.lyceum.health.MachineChecks.Door;
import org.lyceum.platform.kernel.Origin;
import org.lyceum.platform.testing.MovableClock;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** Goal: what a machine is short of is found, each planted alone in what its kernel tells. */
class MachineChecksTest {

    @TempDir Path kernel;

    private Door door = new Door("127.0.0.1", false, Optional.empty());

    @BeforeEach
    void a_machine_with_enough_of_everything() throws IOException {
        tells("meminfo", "MemTotal:  8000000 kB\nMemAvailable:  4000000 kB\n");
        pressure(1);
        tells("sys/fs/inotify/max_user_instances", "8192\n");
        tells("sys/fs/inotify/max_user_watches", "524288\n");
        tells("sys/kernel/pid_max", "4194304\n");
        tells("sys/kernel/threads-max", "63000\n");
        tells("self/limits", "Limit  Soft Limit\nMax open files            65536   65536  files\n");
    }

    @Test
    void a_machine_with_enough_is_well() {
        assertThat(look().results())
                .hasSize(8)
                .filteredOn(each -> !each.id().equals("machine.clock")) // this machine's own
                .allSatisfy(each -> assertThat(each.finding().level()).isEqualTo(Level.WELL));
        assertThat(level("machine.clock")).isIn(Level.WELL, Level.WARNING);
    }

    @Test
    void what_this_machines_kernel_says_is_read_whole() throws IOException {
        var here = new KernelFiles(Path.of("/proc"));

        assertThat(here.setting("kernel/pid_max"))
                .as("the least there can be")
                .isGreaterThanOrEqualTo(301);
        assertThat(here.openFiles()).isPositive();
        assertThat(here.memory("MemTotal")).isGreaterThan(here.memory("MemAvailable"));
    }

    @Test
    void memory_that_is_nearly_gone_is_found() throws IOException {
        tells("meminfo", "MemTotal:  8000000 kB\nMemAvailable:  300000 kB\n");

        finds("machine.memory", Level.FAULT, "smaller");
    }

    @Test
    void a_kernel_that_does_not_tell_its_pressure_is_found() throws IOException {
        Files.delete(kernel.resolve("pressure/io"));

        finds("machine.pressure", Level.WARNING, "psi=1");
    }

    @Test
    void a_machine_that_stands_still_is_found() throws IOException {
        pressure(70);

        finds("machine.pressure", Level.WARNING, "smaller servers");
    }

    @Test
    void too_few_watchers_of_files_are_found_and_the_command_lowers_nothing() throws IOException {
        tells("sys/fs/inotify/max_user_instances", "128\n");

        finds("machine.file-watchers", Level.WARNING, "sysctl.d");
        assertThat(result("machine.file-watchers").finding().command())
                .isEqualTo(
                        "sysctl -w fs.inotify.max_user_instances=1024"
                                + " fs.inotify.max_user_watches=524288");
    }

    @Test
    void a_process_that_may_open_too_little_is_found() throws IOException {
        tells("self/limits", "Max open files            1024   65536  files\n");

        finds("machine.open-files", Level.FAULT, "LimitNOFILE");
    }

    @Test
    void too_little_room_for_processes_is_found() throws IOException {
        tells("sys/kernel/pid_max", "4096\n");

        finds("machine.processes", Level.WARNING, "sysctl.d");
    }

    @Test
    void passwords_that_travel_in_the_open_are_found() {
        door = new Door("0.0.0.0", false, Optional.empty());
        finds("machine.encryption", Level.FAULT, "HTTPS");

        door = new Door("127.0.0.1", false, Optional.of(Origin.parse("http://localhost:8000")));
        finds("machine.encryption", Level.FAULT, "HTTPS");

        door = new Door("127.0.0.1", false, Optional.of(Origin.parse("https://localhost")));
        assertThat(level("machine.encryption")).isEqualTo(Level.WELL);
    }

    @Test
    void a_name_that_leads_nowhere_is_found() {
        door = new Door("127.0.0.1", false, Optional.of(Origin.parse("https://nowhere.invalid")));

        finds("machine.name", Level.FAULT, "name service");
    }

    @Test
    void what_the_kernel_does_not_tell_is_no_answer_and_no_alarm() throws IOException {
        Files.delete(kernel.resolve("meminfo"));

        assertThat(level("machine.memory")).isEqualTo(Level.UNKNOWN);
    }

    private void finds(String id, Level level, String fix) {
        assertThat(level(id)).as(id).isEqualTo(level);
        assertThat(result(id).finding().fix()).contains(fix);
    }

    private Level level(String id) {
        return result(id).finding().level();
    }

    private HealthReport.Result result(String id) {
        return look().results().stream()
                .filter(each -> each.id().equals(id))
                .findFirst()
                .orElseThrow();
    }

    private HealthReport look() {
        var checks = new MachineChecks(new KernelFiles(kernel), door).all();
        try (var service = new HealthService(checks, Duration.ofSeconds(30), new MovableClock())) {
            return service.look();
        }
    }

    private void pressure(int percent) throws IOException {
        var figures = " avg10=" + percent + ".00 avg60=0.00 avg300=0.00 total=0\n";
        for (var file : new String[] {"cpu", "memory", "io"}) {
            tells("pressure/" + file, "some" + figures + "full" + figures);
        }
    }

    private void tells(String file, String text) throws IOException {
        var place = kernel.resolve(file);
        Files.createDirectories(place.getParent());
        Files.writeString(place, text);
    }
}
