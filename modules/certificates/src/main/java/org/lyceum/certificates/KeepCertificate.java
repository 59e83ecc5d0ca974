package org.lyceum.certificates;

import org.lyceum.platform.jobs.Job;

import java.time.Duration;

/** Sees to it that there is a certificate which is good. */
final class KeepCertificate implements Job {

    private final CertificateService certificates;

    KeepCertificate(CertificateService certificates) {
        this.certificates = certificates;
    }

    @Override
    public String name() {
        return "certificates.keep";
    }

    /** A file that was replaced is taken within this; an authority is asked when it is time. */
    @Override
    public Duration every() {
        return Duration.ofMinutes(1);
    }

    @Override
    public Report run() {
        if (!certificates.due()) {
            return Report.NOTHING;
        }
        try {
            boolean taken = certificates.look();
            return new Report(1, taken ? 1 : 0, certificates.trouble() == null ? 0 : 1);
        } catch (InterruptedException e) { // the platform ends
            Thread.currentThread().interrupt();
            return Report.NOTHING;
        }
    }
}
