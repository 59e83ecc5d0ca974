package org.lyceum.health;

import static org.lyceum.health.Finding.fault;
import static org.lyceum.health.Finding.warning;
import static org.lyceum.health.Finding.well;

import org.jspecify.annotations.Nullable;
import org.lyceum.certificates.Certificate;
import org.lyceum.certificates.CertificateService;
import org.lyceum.certificates.CertificateService.Trouble;

import java.time.Clock;
import java.time.Duration;
import java.util.List;

/** What browsers are shown by a platform that speaks HTTPS itself. */
final class CertificateChecks {

    /** An authority's certificates are renewed long before; who writes files has time to. */
    private static final Duration SOON = Duration.ofDays(14);

    private static final String FIX =
            "Look at what it says; the page about addresses in the documentation has a list of"
                    + " what is usually in the way.";

    private final CertificateService certificates;
    private final Clock clock;

    CertificateChecks(CertificateService certificates, Clock clock) {
        this.certificates = certificates;
        this.clock = clock;
    }

    List<Check> all() {
        return List.of(
                new Check(
                        "sign-in.certificate",
                        Area.SIGN_IN,
                        "Is the certificate for HTTPS good?",
                        this::certificate));
    }

    private Finding certificate() {
        if (!certificates.wanted()) {
            return well("The platform has none: something before it speaks HTTPS, or nobody does.");
        }
        var now = certificates.current();
        var trouble = certificates.trouble();
        if (now == null) {
            return fault("There is none, so nobody gets in." + why(trouble), FIX, null);
        }
        var left = Duration.between(clock.instant(), now.until());
        if (left.isNegative()) {
            return fault(words(now) + " Browsers refuse it." + why(trouble), FIX, null);
        }
        if (left.compareTo(SOON) < 0) {
            return fault(
                    words(now) + " That is in " + left.toDays() + " days." + why(trouble),
                    "Have it renewed. " + FIX,
                    null);
        }
        var missing =
                certificates.config().names().stream().filter(name -> !now.covers(name)).toList();
        if (!missing.isEmpty()) {
            return warning(
                    words(now) + " It is not for " + String.join(", ", missing) + ".", FIX, null);
        }
        return trouble == null
                ? well(words(now))
                : warning(words(now) + " A new one could not be had." + why(trouble), FIX, null);
    }

    private static String words(Certificate now) {
        return "It is for "
                + String.join(", ", now.names())
                + ", by "
                + now.issuer()
                + ", until "
                + now.until()
                + ".";
    }

    private static String why(@Nullable Trouble trouble) {
        return trouble == null
                ? ""
                : " "
                        + trouble.problem().detail()
                        + " It is tried again at "
                        + trouble.next()
                        + ".";
    }
}
