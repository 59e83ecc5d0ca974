package org.lyceum.builds;

import org.lyceum.platform.kernel.Secret;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;

/**
 * A new Ed25519 key with which the platform reads one repository, in OpenSSH's own form.
 *
 * @param privateKey text of a key file
 * @param publicKey the line to be entered at the repository's host
 */
public record DeployKey(Secret privateKey, String publicKey) {

    private static final String TYPE = "ssh-ed25519";
    private static final int KEY_BYTES = 32;

    /** OpenSSH fills the private part up to a multiple of this. */
    private static final int BLOCK = 8;

    private static final int LINE = 70;

    /** A pair that nobody has seen yet. */
    public static DeployKey make(String comment) {
        try {
            return of(KeyPairGenerator.getInstance("Ed25519").generateKeyPair(), comment);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has Ed25519", e);
        }
    }

    private static DeployKey of(KeyPair pair, String comment) {
        // Both encodings end with the 32 bytes of the key itself (RFC 8410).
        var shown = last(pair.getPublic().getEncoded());
        var seed = last(pair.getPrivate().getEncoded());
        try {
            var bytes = new ByteArrayOutputStream();
            var out = new DataOutputStream(bytes);
            out.write("openssh-key-v1\0".getBytes(StandardCharsets.US_ASCII));
            text(out, "none");
            text(out, "none");
            text(out, "");
            out.writeInt(1);
            block(out, publicPart(shown));
            block(out, privatePart(shown, seed, comment));
            var encoded = Base64.getMimeEncoder(LINE, new byte[] {'\n'});
            return new DeployKey(
                    Secret.presented(
                            "-----BEGIN OPENSSH PRIVATE KEY-----\n"
                                    + encoded.encodeToString(bytes.toByteArray())
                                    + "\n-----END OPENSSH PRIVATE KEY-----\n"),
                    TYPE
                            + " "
                            + Base64.getEncoder().encodeToString(publicPart(shown))
                            + " "
                            + comment);
        } catch (IOException e) {
            throw new UncheckedIOException("write to memory", e);
        }
    }

    private static byte[] publicPart(byte[] shown) throws IOException {
        var bytes = new ByteArrayOutputStream();
        var out = new DataOutputStream(bytes);
        text(out, TYPE);
        block(out, shown);
        return bytes.toByteArray();
    }

    private static byte[] privatePart(byte[] shown, byte[] seed, String comment)
            throws IOException {
        var bytes = new ByteArrayOutputStream();
        var out = new DataOutputStream(bytes);
        int check =
                new SecureRandom().nextInt(); // twice the same: it was opened with the right key
        out.writeInt(check);
        out.writeInt(check);
        text(out, TYPE);
        block(out, shown);
        out.writeInt(2 * KEY_BYTES);
        out.write(seed);
        out.write(shown);
        text(out, comment);
        for (int i = 1; bytes.size() % BLOCK != 0; i++) {
            out.writeByte(i);
        }
        return bytes.toByteArray();
    }

    private static byte[] last(byte[] encoded) {
        return Arrays.copyOfRange(encoded, encoded.length - KEY_BYTES, encoded.length);
    }

    private static void text(DataOutputStream out, String text) throws IOException {
        block(out, text.getBytes(StandardCharsets.US_ASCII));
    }

    private static void block(DataOutputStream out, byte[] bytes) throws IOException {
        out.writeInt(bytes.length);
        out.write(bytes);
    }
}
