package org.lyceum.login;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.lyceum.login.ldap.Directory;
import org.lyceum.platform.kernel.Problem;
import org.lyceum.platform.kernel.Secret;
import org.lyceum.platform.testing.Slapd;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.List;
import java.util.Optional;

/**
 * Goal: a directory says who somebody is, and can be neither tricked nor waited for without end.
 */
class DirectoryIT {

    private static final Secret READER = Secret.presented(Slapd.READER_PASSWORD);

    private static Slapd slapd;

    private final Directory directory = new Directory();

    @BeforeAll
    static void start() {
        slapd = Slapd.start();
    }

    @AfterAll
    static void end() {
        if (slapd != null) {
            slapd.close();
        }
    }

    private static LdapSettings settings(Slapd slapd) {
        return settings(slapd.url(), false, "");
    }

    private static LdapSettings encrypted(Slapd slapd, boolean startTls) {
        var url = startTls ? slapd.url() : slapd.secureUrl();
        return settings(url, startTls, slapd.certificate());
    }

    private static LdapSettings settings(String url, boolean startTls, String certificate) {
        return new LdapSettings(
                url,
                startTls,
                certificate,
                Slapd.READER,
                "ou=people,dc=school,dc=example",
                "(uid={name})",
                "entryUUID",
                "uid",
                "mail",
                "ou=groups,dc=school,dc=example",
                "(member={dn})",
                "cn");
    }

    private Optional<ExternalIdentity> ask(String name, String password) {
        return ask(settings(slapd), name, password);
    }

    private Optional<ExternalIdentity> ask(LdapSettings settings, String name, String password) {
        return directory.ask(settings, READER, "ldap:1", name, Secret.presented(password));
    }

    private static Problem problem(ThrowingCallable call) {
        return catchThrowableOfType(Problem.class, call);
    }

    @Test
    void somebody_with_the_right_password_is_who_the_directory_says() {
        var ada = ask("ada", Slapd.password("ada")).orElseThrow();

        assertThat(ada.issuer()).isEqualTo("ldap:1");
        assertThat(ada.subject()).matches("[0-9a-f-]{36}");
        assertThat(ada.name()).isEqualTo("ada");
        assertThat(ada.email()).isEqualTo("ada@school.example");
        assertThat(ada.groups()).containsExactlyInAnyOrder("teachers", "everybody");
        assertThat(ask("ADA", Slapd.password("ada")).orElseThrow().subject())
                .isEqualTo(ada.subject());
    }

    @Test
    void a_wrong_word_an_empty_one_and_nobody_are_told_nothing() {
        assertThat(ask("ada", "wrong")).isEmpty();
        assertThat(ask("ada", "")).isEmpty(); // a bind without a password would succeed
        assertThat(ask("nobody", "x")).isEmpty();
        assertThat(ask("", "x")).isEmpty();
        assertThat(ask("x".repeat(10_000), "x")).isEmpty();
    }

    @Test
    void what_somebody_types_is_a_name_and_no_filter() {
        for (var name : List.of("*", "a*", "*)(uid=ada", "ada)(|(uid=*", "\\2a", "ada\0", "ad(a")) {
            assertThat(ask(name, Slapd.password("ada"))).as(name).isEmpty();
        }
    }

    @Test
    void a_name_that_two_people_have_is_nobodys() {
        assertThat(problem(() -> ask("twin", "twin's word")).code())
                .isEqualTo("directory.ambiguous");
    }

    @Test
    void a_group_of_5000_costs_no_more_than_a_small_one() {
        ask("ada", Slapd.password("ada"));
        long began = System.nanoTime();
        assertThat(ask("ada", Slapd.password("ada")).orElseThrow().groups()).contains("everybody");
        assertThat((System.nanoTime() - began) / 1_000_000).isLessThan(2_000);
    }

    @Test
    void encrypted_connections_are_believed_only_from_whom_the_certificate_names() {
        for (boolean startTls : new boolean[] {true, false}) {
            var settings = encrypted(slapd, startTls);
            assertThat(ask(settings, "ada", Slapd.password("ada"))).isPresent();

            var stranger = settings(settings.url(), startTls, ""); // none that Java knows
            assertThat(problem(() -> ask(stranger, "ada", Slapd.password("ada"))).code())
                    .isEqualTo("provider.unreachable");
        }
    }

    @Test
    void a_certificate_for_another_name_is_believed_by_nobody() {
        try (var other = Slapd.start("ldap.other.example")) {
            for (boolean startTls : new boolean[] {true, false}) {
                var settings = encrypted(other, startTls);
                assertThat(problem(() -> ask(settings, "ada", Slapd.password("ada"))).code())
                        .isEqualTo("provider.unreachable");
            }
        }
    }

    @Test
    void settings_are_checked_before_anybody_signs_in() {
        assertThat(directory.check(settings(slapd), READER)).hasSize(2);
        assertThat(problem(() -> directory.check(settings(slapd), Secret.presented("x"))).code())
                .isEqualTo("provider.credentials-wrong");
        assertThat(
                        problem(
                                        () ->
                                                directory.check(
                                                        based("ou=none,dc=school,dc=example"),
                                                        READER))
                                .code())
                .isEqualTo("provider.base-empty");
        assertThat(
                        problem(
                                        () ->
                                                directory.check(
                                                        based(
                                                                "ou=groups,dc=school,dc=example",
                                                                "(uid={name}"),
                                                        READER))
                                .code())
                .isEqualTo("provider.filter-invalid");
    }

    private static LdapSettings based(String base) {
        return based(base, "(uid={name})");
    }

    private static LdapSettings based(String base, String filter) {
        var s = settings(slapd);
        return new LdapSettings(
                s.url(),
                false,
                "",
                s.bindDn(),
                base,
                filter,
                "entryUUID",
                "uid",
                "mail",
                "",
                "",
                "");
    }

    @Test
    void a_directory_that_stalls_holds_nobody_for_long_and_few_at_once() throws Exception {
        try (var silent = new ServerSocket(0, 200, InetAddress.getLoopbackAddress())) {
            var stalls = settings("ldap://localhost:" + silent.getLocalPort(), false, "");
            long began = System.nanoTime();
            var tasks =
                    java.util.Collections.nCopies(
                            40,
                            (java.util.concurrent.Callable<String>)
                                    () -> problem(() -> ask(stalls, "ada", "x")).code());
            try (var threads = java.util.concurrent.Executors.newVirtualThreadPerTaskExecutor()) {
                var codes =
                        threads.invokeAll(tasks).stream().map(each -> each.resultNow()).toList();
                assertThat(codes).contains("directory.busy", "provider.unreachable");
            }
            assertThat((System.nanoTime() - began) / 1_000_000_000).isLessThan(20);
        }
    }

    @Test
    void a_directory_that_is_switched_off_is_said_to_be() throws IOException {
        slapd.end();
        try {
            assertThat(problem(() -> ask("ada", Slapd.password("ada"))).code())
                    .isEqualTo("provider.unreachable");
            assertThat(problem(() -> directory.look(settings(slapd))).code())
                    .isEqualTo("provider.unreachable");
        } finally {
            slapd.begin();
        }
        assertThat(ask("ada", Slapd.password("ada"))).isPresent();
    }
}
