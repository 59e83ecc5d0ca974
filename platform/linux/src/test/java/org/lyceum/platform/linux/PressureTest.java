package org.lyceum.platform.linux;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Goal: the kernel's account is read as it is, and where there is none that is said. */
class PressureTest {

    @TempDir Path directory;

    @Test
    void of_cores_any_wait_counts_and_of_memory_and_disk_only_a_standstill() throws IOException {
        says("cpu", 81.25, 1);
        says("memory", 2, 12.5);
        says("io", 3, 40.01);

        assertThat(Pressure.in(directory)).contains(new Pressure(81.25, 12.5, 40.01));
    }

    @Test
    void a_kernel_without_it_or_with_other_words_says_nothing() throws IOException {
        assertThat(Pressure.in(directory)).isEmpty();

        says("cpu", 1, 1);
        says("memory", 1, 1);
        assertThat(Pressure.in(directory)).as("one is missing").isEmpty();

        Files.writeString(directory.resolve("io"), "full avg10=much avg60=0.00\n");
        assertThat(Pressure.in(directory)).as("no number").isEmpty();
    }

    private void says(String file, double some, double full) throws IOException {
        Files.writeString(
                directory.resolve(file),
                "some avg10=%s avg60=0.10 avg300=0.20 total=5\nfull avg10=%s avg60=9.00 avg300=0 total=1\n"
                        .formatted(some, full));
    }
}
