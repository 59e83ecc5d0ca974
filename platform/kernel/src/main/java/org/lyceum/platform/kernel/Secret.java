package org.lyceum.platform.kernel;

import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.HexFormat;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * A random secret that is shown once and kept only as a hash. It prints as {@code <secret>}, so a
 * careless log line gives nothing away; {@link #reveal()} marks the places that hand it out.
 *
 * <p>The hash is a plain SHA-256: the secret has 128 random bits or more, so there is nothing to
 * guess. Passwords, which can be guessed, are hashed with Argon2id in the identity module instead.
 */
public final class Secret {

    private static final SecureRandom RANDOM = new SecureRandom();

    private final String value;

    private Secret(String value) {
        this.value = value;
    }

    /** A new secret of 32 lower-case hexadecimal digits (128 bits), as JupyterHub's tokens are. */
    public static Secret random() {
        byte[] bytes = new byte[16];
        RANDOM.nextBytes(bytes);
        return new Secret(HexFormat.of().formatHex(bytes));
    }

    /** A secret that somebody presents to us. */
    public static Secret presented(String value) {
        return new Secret(value);
    }

    /** The text itself: for the one answer, cookie or file that carries it. */
    public String reveal() {
        return value;
    }

    /** SHA-256 as 64 hexadecimal digits: what may be stored and looked up. */
    public String hash() {
        try {
            var digest = MessageDigest.getInstance("SHA-256");
            return HexFormat.of().formatHex(digest.digest(value.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    /** HMAC-SHA256 of {@code text} under this secret, as 64 hexadecimal digits. */
    public String sign(String text) {
        try {
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(value.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            return HexFormat.of().formatHex(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException | InvalidKeyException e) {
            throw new IllegalStateException("every JDK has HmacSHA256", e);
        }
    }

    /** Compares in a time that does not depend on where the texts differ. */
    public static boolean same(String one, String other) {
        return MessageDigest.isEqual(
                one.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public String toString() {
        return "<secret>";
    }
}
