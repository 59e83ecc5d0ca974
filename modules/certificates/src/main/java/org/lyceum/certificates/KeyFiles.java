package org.lyceum.certificates;

import org.jspecify.annotations.Nullable;
import org.lyceum.platform.kernel.Secret;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;

/**
 * What the platform knows of its certificate from one process to the next: the account with the
 * authority, the certificate, and its key. Blocking.
 */
final class KeyFiles {

    private static final String CHAIN = "certificate.pem";
    private static final String KEY = "certificate.key";
    private static final String ACCOUNT = "account.key";
    private static final int LINE = 64;

    private final Path directory;

    KeyFiles(Path directory) {
        this.directory = directory;
    }

    /** The one that was kept last; null when there is none that can be used. */
    @Nullable Certificate certificate() throws IOException {
        var chain = directory.resolve(CHAIN);
        var key = directory.resolve(KEY);
        if (!Files.exists(chain) || !Files.exists(key)) {
            return null;
        }
        try {
            return Certificate.of(Files.readString(chain), Secret.presented(Files.readString(key)));
        } catch (IllegalArgumentException halfWritten) { // a new one is had
            return null;
        }
    }

    /** The key first: a chain without its key is worth nothing. */
    void keep(Certificate certificate) throws IOException {
        write(KEY, certificate.key().reveal());
        write(CHAIN, certificate.chain());
    }

    /** The pair by which the authority knows us; made when it is asked for first. */
    KeyPair account() throws IOException {
        var file = directory.resolve(ACCOUNT);
        try {
            if (Files.exists(file)) {
                var both = Files.readString(file).split("\n", 2);
                var factory = KeyFactory.getInstance("EC");
                var decoder = Base64.getMimeDecoder();
                return new KeyPair(
                        factory.generatePublic(new X509EncodedKeySpec(decoder.decode(both[0]))),
                        factory.generatePrivate(new PKCS8EncodedKeySpec(decoder.decode(both[1]))));
            }
            var made = pair();
            var encoder = Base64.getEncoder();
            write(
                    ACCOUNT,
                    encoder.encodeToString(made.getPublic().getEncoded())
                            + "\n"
                            + encoder.encodeToString(made.getPrivate().getEncoded())
                            + "\n");
            return made;
        } catch (GeneralSecurityException | RuntimeException e) {
            throw new IOException(file + " holds no key; remove it to have a new one made", e);
        }
    }

    /** A new pair of the kind that every browser and authority takes. */
    static KeyPair pair() {
        try {
            var generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has this curve", e);
        }
    }

    /** PKCS 8, as PEM. */
    static Secret pem(KeyPair pair) {
        var encoder = Base64.getMimeEncoder(LINE, new byte[] {'\n'});
        return Secret.presented(
                "-----BEGIN PRIVATE KEY-----\n"
                        + encoder.encodeToString(pair.getPrivate().getEncoded())
                        + "\n-----END PRIVATE KEY-----\n");
    }

    private void write(String name, String content) throws IOException {
        Files.createDirectories(
                directory,
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        var part = directory.resolve(name + ".part");
        Files.deleteIfExists(part);
        Files.createFile(
                part,
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(part, content, StandardCharsets.US_ASCII, StandardOpenOption.WRITE);
        Files.move(part, directory.resolve(name), StandardCopyOption.ATOMIC_MOVE);
    }
}
