package org.lyceum.login;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Locale;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Codes of an authenticator: six digits, SHA-1, 30 s, which is what all of them can do. Source: RFC
 * 6238, RFC 4226 §5.3, RFC 4648 §6.
 */
final class Totp {

    static final long STEP_SECONDS = 30;

    /** Steps that a telephone's clock may be off, in either direction. */
    static final int SKEW = 1;

    static final int DIGITS = 6;

    /** RFC 4226 §4, R6: 160 bits are recommended. */
    private static final int KEY_BYTES = 20;

    private static final int POWER = 1_000_000;
    private static final String ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    private static final int BITS_PER_CHARACTER = 5;
    private static final SecureRandom RANDOM = new SecureRandom();

    private Totp() {}

    /** A new key, as people type it: base32. */
    static String newKey() {
        return random(KEY_BYTES);
    }

    /** So many random bytes in base32; five bytes are eight characters. */
    static String random(int bytes) {
        var random = new byte[bytes];
        RANDOM.nextBytes(random);
        return base32(random);
    }

    static String code(String key, long step) {
        try {
            var mac = Mac.getInstance("HmacSHA1");
            mac.init(new SecretKeySpec(bytes(key), "RAW"));
            var hash = mac.doFinal(ByteBuffer.allocate(Long.BYTES).putLong(step).array());
            int offset = hash[hash.length - 1] & 0xf;
            int number = ByteBuffer.wrap(hash).getInt(offset) & Integer.MAX_VALUE;
            return String.format(Locale.ROOT, "%06d", number % POWER);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has HmacSHA1", e);
        }
    }

    /** Whole groups of five bytes only, so that there is no padding. */
    static String base32(byte[] bytes) {
        var out = new StringBuilder();
        int buffer = 0;
        int bits = 0;
        for (byte each : bytes) {
            buffer = (buffer << Byte.SIZE) | (each & 0xff);
            bits += Byte.SIZE;
            while (bits >= BITS_PER_CHARACTER) {
                bits -= BITS_PER_CHARACTER;
                out.append(ALPHABET.charAt((buffer >> bits) & 0x1f));
            }
        }
        return out.toString();
    }

    private static byte[] bytes(String base32) {
        var out = ByteBuffer.allocate(base32.length() * BITS_PER_CHARACTER / Byte.SIZE);
        int buffer = 0;
        int bits = 0;
        for (int at = 0; at < base32.length(); at++) {
            buffer = (buffer << BITS_PER_CHARACTER) | ALPHABET.indexOf(base32.charAt(at));
            bits += BITS_PER_CHARACTER;
            if (bits >= Byte.SIZE) {
                bits -= Byte.SIZE;
                out.put((byte) (buffer >> bits));
            }
        }
        return out.array();
    }
}
