package org.lyceum.identity;

import org.jspecify.annotations.Nullable;
import org.lyceum.platform.kernel.Secret;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/** Proof that the one who exchanges a code is the one who asked for it (RFC 7636, S256 only). */
final class Pkce {

    private Pkce() {}

    /** Whether {@code verifier} answers the challenge; a code without one needs no answer. */
    static boolean proves(@Nullable String challenge, @Nullable String verifier) {
        if (challenge == null) {
            return true;
        }
        return verifier != null && Secret.same(challenge, challengeOf(verifier));
    }

    static String challengeOf(String verifier) {
        try {
            var digest = MessageDigest.getInstance("SHA-256");
            return Base64.getUrlEncoder()
                    .withoutPadding()
                    .encodeToString(digest.digest(verifier.getBytes(StandardCharsets.US_ASCII)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
