package org.lyceum.admin;

import org.jspecify.annotations.Nullable;
import org.lyceum.health.Area;
import org.lyceum.health.Finding;
import org.lyceum.health.HealthReport;
import org.lyceum.platform.http.Meaning;

import java.time.Instant;
import java.util.List;

/** What the panel reads of the platform's health. */
final class HealthJson {

    private HealthJson() {}

    record Health(@Meaning("When it was looked.") Instant at, List<CheckLine> items) {

        static Health of(HealthReport report) {
            return new Health(report.at(), report.results().stream().map(CheckLine::of).toList());
        }
    }

    record CheckLine(
            @Meaning("Constant, as in engine.live-restore.") String id,
            Area area,
            @Meaning("The question, for people.") String asks,
            Finding.Level level,
            @Meaning("The answer, for people.") String words,
            @Meaning("What to do; null: nothing.") @Nullable String fix,
            @Meaning("Does it, as root on the machine; null: no command does.")
                    @Nullable String command,
            long tookMillis) {

        static CheckLine of(HealthReport.Result result) {
            var finding = result.finding();
            return new CheckLine(
                    result.id(),
                    result.area(),
                    result.asks(),
                    finding.level(),
                    finding.words(),
                    finding.fix(),
                    finding.command(),
                    result.took().toMillis());
        }
    }
}
