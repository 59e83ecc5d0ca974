package org.lyceum.health;

import static org.lyceum.health.Finding.fault;
import static org.lyceum.health.Finding.warning;
import static org.lyceum.health.Finding.well;

import org.lyceum.catalog.CatalogService;
import org.lyceum.catalog.Environment;
import org.lyceum.community.Community;
import org.lyceum.community.CommunityService;
import org.lyceum.platform.docker.ContainerEngine;
import org.lyceum.platform.jobs.JobStatus;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Supplier;

/** What the platform does: jobs that run, and environments that people can start. */
final class WorkChecks {

    /** A job that is so many times later than it should be hangs. */
    private static final int LATE = 3;

    /** Less is no delay worth a word. */
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    private final Supplier<List<JobStatus>> jobs;
    private final CommunityService communities;
    private final CatalogService catalog;
    private final ContainerEngine engine;
    private final Clock clock;

    WorkChecks(
            Supplier<List<JobStatus>> jobs,
            CommunityService communities,
            CatalogService catalog,
            ContainerEngine engine,
            Clock clock) {
        this.jobs = jobs;
        this.communities = communities;
        this.catalog = catalog;
        this.engine = engine;
        this.clock = clock;
    }

    List<Check> all() {
        return List.of(
                check("jobs", "Does the platform's own work succeed?", this::failing),
                check("punctual", "Is it done in time?", this::late),
                check("profiles", "Is there something to start in every community?", this::offers),
                check("images", "Are the images of all environments here?", this::images));
    }

    private static Check check(String id, String asks, Callable<Finding> look) {
        return new Check("work." + id, Area.WORK, asks, look);
    }

    private Finding failing() {
        var all = jobs.get();
        var failing =
                all.stream()
                        .filter(job -> job.failure() != null)
                        .map(job -> job.name() + ": " + job.failure())
                        .toList();
        return failing.isEmpty()
                ? well("None of the " + all.size() + " jobs failed the last time.")
                : fault(
                        String.join(" ", failing),
                        "The panel's page Jobs runs them again; the log has the whole failure.",
                        "installer/lyceum logs");
    }

    private Finding late() {
        var now = clock.instant();
        var late = new ArrayList<String>();
        for (var job : jobs.get()) {
            var last = job.lastRun();
            var bound = job.every().multipliedBy(LATE).plus(PATIENCE);
            if (last != null && last.plus(bound).isBefore(now)) {
                late.add(job.name());
            }
        }
        return late.isEmpty()
                ? well("Every job ran when it should.")
                : fault(
                        "These have not ended for long: " + String.join(", ", late) + ".",
                        "Look at the log; a restart of the platform stops nobody's server.",
                        "installer/lyceum logs");
    }

    private List<Community> active() {
        return communities.present().stream().filter(Community::active).toList();
    }

    private Finding offers() {
        var without =
                active().stream()
                        .filter(community -> catalog.profiles(community.id()).isEmpty())
                        .map(Community::title)
                        .toList();
        return without.isEmpty()
                ? well("Every community has a profile.")
                : fault(
                        "Nobody can start anything in " + String.join(", ", without) + ".",
                        "Make a profile on the panel's page Environments.",
                        null);
    }

    private Finding images() {
        var missing = new ArrayList<String>();
        for (var community : active()) {
            for (var environment : catalog.environments(community.id())) {
                if (!here(environment)) {
                    missing.add(environment.title() + " (" + community.title() + ")");
                }
            }
        }
        return missing.isEmpty()
                ? well("All of them can be started without a download.")
                : warning(
                        "No image here for " + String.join(", ", missing) + ".",
                        "Build or fetch them on the panel's page Environments.",
                        "docker image ls");
    }

    private boolean here(Environment environment) {
        var id = environment.imageId();
        return id != null && engine.imageId(id).isPresent();
    }
}
