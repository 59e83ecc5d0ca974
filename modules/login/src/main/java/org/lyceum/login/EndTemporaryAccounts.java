package org.lyceum.login;

import org.lyceum.platform.jobs.Job;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;

/** Ends accounts whose event is over, and removes old requests and events. */
final class EndTemporaryAccounts implements Job {

    private static final Logger log = LoggerFactory.getLogger(EndTemporaryAccounts.class);

    private final SignUpService signUps;

    EndTemporaryAccounts(SignUpService signUps) {
        this.signUps = signUps;
    }

    @Override
    public String name() {
        return "login.end-temporary-accounts";
    }

    @Override
    public Duration every() {
        return Duration.ofSeconds(30);
    }

    @Override
    public Report run() {
        var over = signUps.over();
        int failed = 0;
        for (var guest : over) {
            try {
                signUps.leave(guest);
            } catch (RuntimeException e) { // the others' time is over all the same
                failed++;
                log.warn("sign-up.leave-failed user={}", guest.user(), e);
            }
        }
        int removed = signUps.removeOld();
        return new Report(over.size(), over.size() - failed + removed, failed);
    }
}
