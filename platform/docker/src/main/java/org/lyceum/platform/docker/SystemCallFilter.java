package org.lyceum.platform.docker;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * The seccomp profile of every container, in the engine's own format. It lets through what the
 * engine's default does, but for the calls by which a program leaves the quota of its directory and
 * those that newer engines refuse; docs/adr/0013 lists them.
 */
final class SystemCallFilter {

    private static final String ALLOW = "SCMP_ACT_ALLOW";
    private static final String REFUSE = "SCMP_ACT_ERRNO";

    /** ENOSYS: the C library then does without, instead of telling a program that it may not. */
    private static final int NO_SUCH_CALL = 38;

    /** Every flag by which clone makes a namespace. */
    private static final long NEW_NAMESPACES = 0x7E02_0000L;

    /** As the engine's default has them: Linux, BSD for old programs, and "which is it?". */
    private static final List<Long> PERSONALITIES =
            List.of(0L, 0x8L, 0x2_0000L, 0x2_0008L, 0xFFFF_FFFFL);

    /** A virtual machine's host; the kernel's cryptography, a source of privilege escalations. */
    private static final int AF_ALG = 38;

    private static final int AF_VSOCK = 40;

    /** The same for all, so made once. */
    static final String JSON = json();

    private SystemCallFilter() {}

    private record Profile(
            String defaultAction, List<Architecture> archMap, List<SystemCalls> syscalls) {}

    private record Architecture(String architecture, List<String> subArchitectures) {}

    @JsonInclude(JsonInclude.Include.NON_NULL)
    record SystemCalls(
            List<String> names,
            String action,
            @Nullable Integer errnoRet,
            @Nullable List<Argument> args,
            @Nullable Where includes) {}

    /** One condition on an argument; {@code valueTwo} counts with SCMP_CMP_MASKED_EQ only. */
    record Argument(int index, long value, long valueTwo, String op) {}

    record Where(List<String> arches) {}

    private static String json() {
        var calls = new ArrayList<SystemCalls>();
        calls.add(new SystemCalls(names(), ALLOW, null, null, null));
        calls.add(onlyOn(List.of("amd64", "x32"), "arch_prctl"));
        calls.add(onlyOn(List.of("amd64", "x32", "x86"), "modify_ldt"));
        PERSONALITIES.forEach(value -> calls.add(when("personality", 0, value, "SCMP_CMP_EQ")));
        calls.add(when("socket", 0, AF_ALG, "SCMP_CMP_LT"));
        calls.add(when("socket", 0, AF_ALG + 1, "SCMP_CMP_EQ"));
        calls.add(when("socket", 0, AF_VSOCK, "SCMP_CMP_GT"));
        calls.add(when("clone", new Argument(0, NEW_NAMESPACES, 0, "SCMP_CMP_MASKED_EQ")));
        IoctlRules.ALLOWED.forEach(
                rule ->
                        calls.add(
                                when(
                                        "ioctl",
                                        new Argument(
                                                1,
                                                rule.mask(),
                                                rule.value(),
                                                "SCMP_CMP_MASKED_EQ"))));
        calls.add(missing("clone3", "copy_file_range"));
        var profile =
                new Profile(
                        REFUSE,
                        List.of(
                                new Architecture(
                                        "SCMP_ARCH_X86_64",
                                        List.of("SCMP_ARCH_X86", "SCMP_ARCH_X32")),
                                new Architecture("SCMP_ARCH_AARCH64", List.of("SCMP_ARCH_ARM"))),
                        calls);
        try {
            return new ObjectMapper().writeValueAsString(profile);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("records are always JSON", e);
        }
    }

    private static List<String> names() {
        try (var in = SystemCallFilter.class.getResourceAsStream("system-calls.txt")) {
            if (in == null) {
                throw new IllegalStateException("system-calls.txt is part of this module");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException("reading the list of system calls", e);
        }
    }

    private static SystemCalls onlyOn(List<String> architectures, String name) {
        return new SystemCalls(List.of(name), ALLOW, null, null, new Where(architectures));
    }

    private static SystemCalls when(String name, int index, long value, String op) {
        return when(name, new Argument(index, value, 0, op));
    }

    private static SystemCalls when(String name, Argument argument) {
        return new SystemCalls(List.of(name), ALLOW, null, List.of(argument), null);
    }

    private static SystemCalls missing(String... names) {
        return new SystemCalls(List.of(names), REFUSE, NO_SUCH_CALL, null, null);
    }
}
