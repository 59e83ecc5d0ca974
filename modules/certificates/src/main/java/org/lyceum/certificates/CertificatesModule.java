package org.lyceum.certificates;

import org.lyceum.platform.app.Module;
import org.lyceum.platform.jobs.Job;

import java.nio.file.Path;
import java.time.Clock;
import java.util.List;

/** Wires the certificates module. */
public final class CertificatesModule implements Module {

    private final CertificateService service;
    private final Challenges challenges = new Challenges();
    private final List<Job> jobs;

    /**
     * @param keys directory in which keys of this platform lie; nobody else's to read
     */
    public CertificatesModule(CertificatesConfig config, Path keys, Clock clock) {
        var files = config.files();
        var acme = config.acme();
        Source source = null;
        if (files != null) {
            source = new FileSource(files);
        } else if (acme != null) {
            source =
                    new AcmeSource(
                            acme, config.names(), challenges, new KeyFiles(keys.resolve("acme")));
        }
        this.service = new CertificateService(config, source, clock);
        this.jobs = source == null ? List.of() : List.of(new KeepCertificate(service));
    }

    public CertificateService certificates() {
        return service;
    }

    public Challenges challenges() {
        return challenges;
    }

    /** What the module does by itself. */
    public List<Job> jobs() {
        return jobs;
    }
}
