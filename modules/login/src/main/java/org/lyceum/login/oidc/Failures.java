package org.lyceum.login.oidc;

import org.jspecify.annotations.Nullable;
import org.lyceum.platform.kernel.Problem;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;

/** What went wrong on the way to a provider, as a person can act on it. */
final class Failures {

    private static final Logger log = LoggerFactory.getLogger(Failures.class);

    /** Causes of causes; more is a circle. */
    private static final int MAX_DEPTH = 10;

    private Failures() {}

    static Problem otherIssuer(String expected, String said) {
        return Problem.of(
                Problem.Kind.UNAVAILABLE,
                "provider.issuer-changed",
                "The provider calls itself "
                        + tame(said)
                        + " and not "
                        + expected
                        + ", so nobody can be told apart by its word. Tell an administrator; sign"
                        + " in another way meanwhile.");
    }

    static Problem unreachable(String issuer, String because, @Nullable Throwable cause) {
        return new Problem(
                Problem.Kind.UNAVAILABLE,
                "provider.unreachable",
                issuer
                        + " does not answer ("
                        + because
                        + "). Try again in a few minutes, or sign in another way.",
                cause);
    }

    /**
     * Sorts what pac4j and Nimbus throw, by their words: they have no codes (pac4j 6.5.5, Nimbus
     * 11.38, tried with each failure).
     */
    static Problem of(String issuer, RuntimeException thrown) {
        if (thrown instanceof Problem problem) {
            return problem;
        }
        log.info("login.exchange-failed issuer={} why={}", issuer, tame(words(thrown)));
        var words = words(thrown);
        if (words.contains("Expired JWT") || words.contains("ahead of current time")) {
            return new Problem(
                    Problem.Kind.UNAVAILABLE,
                    "login.clock",
                    "The clocks of this machine and of the provider differ by more than a minute,"
                            + " so its word looks too old or too new. Tell an administrator to set"
                            + " the clock (timedatectl).",
                    thrown);
        }
        if (words.contains("JWT issuer") || words.contains("IssuerMismatch")) {
            return otherIssuer(issuer, "something else in its tokens");
        }
        if (words.contains("invalid_client") || words.contains("unauthorized_client")) {
            return new Problem(
                    Problem.Kind.UNAVAILABLE,
                    "provider.credentials",
                    "The provider does not take this platform's secret any more; it may have"
                            + " expired. Tell an administrator, and sign in another way meanwhile.",
                    thrown);
        }
        if (words.contains("invalid_grant")) {
            return new Problem(
                    Problem.Kind.FORBIDDEN,
                    "login.lost",
                    "The provider does not know this sign-in any more: it was used, or took too"
                            + " long. Sign in again.",
                    thrown);
        }
        if (caused(thrown, IOException.class)) {
            return unreachable(issuer, "no answer", thrown);
        }
        return new Problem(
                Problem.Kind.FORBIDDEN,
                "login.token-invalid",
                "What the provider sent is not for this sign-in, or is not from it. Sign in again;"
                        + " if it stays, tell an administrator.",
                thrown);
    }

    private static String words(Throwable thrown) {
        var out = new StringBuilder();
        var each = thrown;
        for (int depth = 0; each != null && depth < MAX_DEPTH; depth++) {
            out.append(each.getClass().getSimpleName()).append(": ").append(each.getMessage());
            out.append(" | ");
            each = each.getCause();
        }
        return out.toString();
    }

    private static boolean caused(Throwable thrown, Class<? extends Throwable> type) {
        Throwable each = thrown;
        for (int depth = 0; each != null && depth < MAX_DEPTH; depth++) {
            if (type.isInstance(each)) {
                return true;
            }
            each = each.getCause();
        }
        return false;
    }

    private static String tame(String text) {
        var plain = text.replaceAll("\\p{Cntrl}", " ");
        return plain.substring(0, Math.min(plain.length(), 400));
    }
}
