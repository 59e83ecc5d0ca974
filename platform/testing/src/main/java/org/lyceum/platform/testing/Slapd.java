package org.lyceum.platform.testing;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Assumptions;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * OpenLDAP's own server on free ports of this machine, with a directory of its own that is gone
 * afterwards: two people, a teacher with two groups, a name that is there twice, and a group of
 * 5,000.
 */
public final class Slapd implements AutoCloseable {

    /** Who may search. */
    public static final String READER = "cn=reader,dc=school,dc=example";

    public static final String READER_PASSWORD = "reading only";

    private static final String ADMIN = "cn=admin,dc=school,dc=example";
    private static final String ADMIN_PASSWORD = "the directory's own";

    private static final Path PROGRAM = Path.of("/usr/sbin/slapd");
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int MANY = 5_000;

    private final Path directory;
    private final int port = freePort();
    private final int securePort = freePort();
    private Process process;

    /** Skips the test where slapd is not installed; fails it where it must not be skipped. */
    public static Slapd start() {
        return start("localhost");
    }

    /** With a certificate for this name. */
    public static Slapd start(String name) {
        boolean there = Files.isExecutable(PROGRAM);
        if (!there && "true".equals(System.getenv("CI"))) {
            throw new IllegalStateException("CI=true, and slapd is not installed");
        }
        Assumptions.assumeTrue(there, "slapd is not installed: apt-get install slapd");
        try {
            return new Slapd(name);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Slapd(String name) throws IOException {
        directory = Files.createTempDirectory("lyceum-slapd");
        Files.createDirectory(directory.resolve("data"));
        run(
                "openssl",
                "req",
                "-x509",
                "-newkey",
                "rsa:2048",
                "-nodes",
                "-days",
                "2",
                "-subj",
                "/CN=" + name,
                "-addext",
                "subjectAltName=DNS:" + name,
                "-keyout",
                file("key.pem"),
                "-out",
                file("cert.pem"));
        Files.writeString(
                directory.resolve("slapd.conf"),
                """
                include /etc/ldap/schema/core.schema
                include /etc/ldap/schema/cosine.schema
                include /etc/ldap/schema/nis.schema
                include /etc/ldap/schema/inetorgperson.schema
                pidfile %1$s/pid
                argsfile %1$s/args
                modulepath /usr/lib/ldap
                moduleload back_mdb
                TLSCertificateFile %1$s/cert.pem
                TLSCertificateKeyFile %1$s/key.pem
                sizelimit 500
                database mdb
                maxsize 104857600
                suffix "dc=school,dc=example"
                rootdn "%2$s"
                rootpw "%3$s"
                directory %1$s/data
                index objectClass,uid,member eq
                access to attrs=userPassword by anonymous auth by * none
                access to * by dn.exact="cn=reader,dc=school,dc=example" read by anonymous auth
                """
                        .formatted(directory, ADMIN, ADMIN_PASSWORD));
        Files.writeString(directory.resolve("people.ldif"), people());
        run("slapadd", "-q", "-f", file("slapd.conf"), "-l", file("people.ldif"));
        begin();
    }

    /** Begins to listen, if it does not. */
    public void begin() throws IOException {
        process =
                new ProcessBuilder(
                                PROGRAM.toString(),
                                "-d",
                                "0",
                                "-f",
                                file("slapd.conf"),
                                "-h",
                                "ldap://localhost:" + port + " ldaps://localhost:" + securePort)
                        .redirectErrorStream(true)
                        .redirectOutput(directory.resolve("log").toFile())
                        .start();
        long until = System.nanoTime() + PATIENCE.toNanos();
        while (!listens()) {
            if (System.nanoTime() > until || !process.isAlive()) {
                throw new IOException("slapd: " + Files.readString(directory.resolve("log")));
            }
            Thread.onSpinWait();
        }
    }

    /** Ends, as a directory that is switched off. */
    public void end() {
        process.destroy();
        try {
            assertThat(process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    public String url() {
        return "ldap://localhost:" + port;
    }

    public String secureUrl() {
        return "ldaps://localhost:" + securePort;
    }

    /** As PEM. */
    public String certificate() {
        try {
            return Files.readString(directory.resolve("cert.pem"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String people() {
        var ldif =
                new StringBuilder(
                        """
                        dn: dc=school,dc=example
                        objectClass: dcObject
                        objectClass: organization
                        o: School
                        dc: school

                        dn: cn=reader,dc=school,dc=example
                        objectClass: organizationalRole
                        objectClass: simpleSecurityObject
                        cn: reader
                        userPassword: reading only

                        dn: ou=people,dc=school,dc=example
                        objectClass: organizationalUnit
                        ou: people

                        dn: ou=groups,dc=school,dc=example
                        objectClass: organizationalUnit
                        ou: groups

                        """);
        person(ldif, "ada", "Lovelace");
        person(ldif, "eve", "Eavesdropper");
        person(ldif, "twin", "One");
        ldif.append("dn: cn=twin,ou=people,dc=school,dc=example\n")
                .append("objectClass: inetOrgPerson\ncn: twin\nsn: Two\nuid: twin\n")
                .append("userPassword: twin's word\n\n");
        ldif.append("dn: cn=teachers,ou=groups,dc=school,dc=example\n")
                .append("objectClass: groupOfNames\ncn: teachers\n")
                .append("member: uid=ada,ou=people,dc=school,dc=example\n\n");
        ldif.append("dn: cn=everybody,ou=groups,dc=school,dc=example\n")
                .append("objectClass: groupOfNames\ncn: everybody\n")
                .append("member: uid=ada,ou=people,dc=school,dc=example\n");
        for (int i = 1; i < MANY; i++) {
            ldif.append("member: uid=p").append(i).append(",ou=people,dc=school,dc=example\n");
        }
        return ldif.append('\n').toString();
    }

    private static void person(StringBuilder ldif, String uid, String surname) {
        ldif.append("dn: uid=").append(uid).append(",ou=people,dc=school,dc=example\n");
        ldif.append("objectClass: inetOrgPerson\ncn: ").append(uid).append("\nsn: ");
        ldif.append(surname).append("\nuid: ").append(uid).append("\nmail: ").append(uid);
        ldif.append("@school.example\nuserPassword: ").append(password(uid)).append("\n\n");
    }

    public static String password(String uid) {
        return uid + "'s word";
    }

    private boolean listens() {
        try (var socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1_000);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private String file(String name) {
        return directory.resolve(name).toString();
    }

    private void run(String... command) throws IOException {
        var log = directory.resolve("log").toFile();
        var started =
                new ProcessBuilder(List.of(command))
                        .redirectErrorStream(true)
                        .redirectOutput(log)
                        .start();
        try {
            boolean over = started.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS);
            assertThat(over && started.exitValue() == 0)
                    .as("%s: %s", command[0], Files.readString(log.toPath()))
                    .isTrue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static int freePort() {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        end();
        try (var files = Files.walk(directory)) {
            for (var each : files.sorted(java.util.Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(each);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
