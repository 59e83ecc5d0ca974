package org.lyceum.platform.docker;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import org.junit.jupiter.api.Test;
import org.lyceum.platform.docker.IoctlRules.Rule;

import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;

/**
 * Goal: the filter refuses what takes files out of a quota, and nothing else. Method: the rules are
 * evaluated as the kernel does; SystemCallFilterIT asks the kernel itself.
 */
class SystemCallFilterTest {

    /** FSSETXATTR, SETFLAGS (64 and 32 bits), subvolumes, snapshots, clones, and a made-up one. */
    private static final List<Long> ESCAPES =
            List.of(
                    0x401c5820L,
                    0x40086602L,
                    0x40046602L,
                    0x5000940eL,
                    0x50009418L,
                    0x50009401L,
                    0x50009417L,
                    0x40049409L,
                    0x4020940dL,
                    0x500094ffL);

    private static final Set<Long> READING =
            Set.of(0x801c581fL, 0x80086601L, 0x80046601L, 0xc020660bL);

    @Test
    void no_escape_is_let_through_whatever_stands_above_its_32_bits() {
        for (long command : ESCAPES) {
            assertThat(allows(command)).as(Long.toHexString(command)).isFalse();
            assertThat(allows(command | 1L << 40)).isFalse();
            assertThat(allows(command | 0xFFFF_FFFF_0000_0000L)).isFalse();
        }
    }

    @Test
    void exactly_the_three_families_are_refused_but_for_what_only_reads() {
        var families = Set.of(0x58L, 0x66L, 0x94L);
        var random = new Random(7);
        for (int i = 0; i < 1_000_000; i++) {
            long command = random.nextInt() & 0xFFFF_FFFFL;
            boolean refused = families.contains(command >> 8 & 0xFF) && !READING.contains(command);
            assertThat(allows(command)).as(Long.toHexString(command)).isEqualTo(!refused);
        }
        READING.forEach(command -> assertThat(allows(command)).isTrue());
    }

    @Test
    void terminals_and_sockets_are_untouched() {
        for (long command : List.of(0x5401L, 0x5413L, 0x541bL, 0x5421L, 0x8933L, 0x80045430L)) {
            assertThat(allows(command)).as(Long.toHexString(command)).isTrue();
        }
    }

    @Test
    void the_profile_names_each_call_once_and_none_that_escapes() throws Exception {
        var profile = new ObjectMapper().readTree(SystemCallFilter.JSON);
        var plain = new HashSet<String>();
        for (var name : profile.get("syscalls").get(0).get("names")) {
            assertThat(plain.add(name.asText())).as(name.asText()).isTrue();
        }

        assertThat(profile.get("defaultAction").asText()).isEqualTo("SCMP_ACT_ERRNO");
        assertThat(plain)
                .contains("read", "openat", "fsync", "fallocate")
                .doesNotContain("ioctl", "copy_file_range", "socket", "clone", "clone3")
                .doesNotContain("file_setattr", "quotactl", "quotactl_fd", "mount", "unshare")
                .noneMatch(name -> name.startsWith("io_uring"));
        for (var rule : profile.get("syscalls")) {
            if (names(rule).contains("ioctl")) {
                assertThat(rule.get("args")).as("a rule without a condition").hasSize(1);
            }
        }
    }

    private static Set<String> names(JsonNode rule) {
        var names = new HashSet<String>();
        rule.get("names").forEach(name -> names.add(name.asText()));
        return names;
    }

    private static boolean allows(long command) {
        for (Rule rule : IoctlRules.ALLOWED) {
            if ((command & rule.mask()) == rule.value()) {
                return true;
            }
        }
        return false;
    }
}
