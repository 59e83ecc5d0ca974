package org.lyceum.main;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.lyceum.audit.AuditAction;
import org.lyceum.platform.config.ConfigFile;
import org.lyceum.platform.observe.HubMetric;

import java.io.IOException;
import java.nio.file.Files;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Goal: the reference says what the program does. Method: the pages are made here from the program
 * and compared with what is committed; {@code -Dreference.write=true} writes them instead.
 */
class ReferencePagesTest {

    private static final Pattern PROBLEM =
            Pattern.compile(
                    "(?:Problem\\.(invalid|notFound|forbidden|conflict)\\(|(?:Problem\\.)?Kind\\.([A-Z_]+),)\\s*"
                        + "\"([a-z0-9-]+\\.[a-z0-9-]+)\",\\s*((?:\"(?:[^\"\\\\]|\\\\.)*\"|[\\w.()]+|\\s*\\+\\s*)+)");

    private static final Pattern PIECE = Pattern.compile("\"((?:[^\"\\\\]|\\\\.)*)\"|[\\w.()]+");

    private static final Map<String, String> KINDS =
            Map.of(
                    "invalid",
                    "INVALID",
                    "notFound",
                    "NOT_FOUND",
                    "forbidden",
                    "FORBIDDEN",
                    "conflict",
                    "CONFLICT");

    @Test
    void problems() throws IOException {
        var rows = new TreeMap<String, String>();
        for (var file : SourceTree.program()) {
            var matcher = PROBLEM.matcher(SourceTree.text(file));
            while (matcher.find()) {
                var kind =
                        matcher.group(1) == null ? matcher.group(2) : KINDS.get(matcher.group(1));
                var code = matcher.group(3);
                rows.putIfAbsent(
                        code,
                        "| `" + code + "` | " + kind + " | " + sentence(matcher.group(4)) + " |\n");
            }
        }
        check(
                "problems.md",
                "# Problems\n\n"
                    + "Every failure that is meant for whoever called, by its code. The sentence is"
                    + " what they read; `…` stands for what differs.\n\n"
                    + "| code | kind | what it says |\n"
                    + "|---|---|---|\n"
                        + String.join("", rows.values()));
    }

    @Test
    void metrics() throws IOException {
        var page =
                new StringBuilder(
                        "# Metrics\n\n"
                                + "At `/hub/metrics` of each community, for who holds"
                                + " `read:metrics`.\n\n"
                                + "| name | kind | labels | what |\n"
                                + "|---|---|---|---|\n");
        for (var metric : HubMetric.values()) {
            page.append("| `")
                    .append(metric.title())
                    .append("` | ")
                    .append(metric.kind())
                    .append(" | ")
                    .append(String.join(", ", metric.labels()))
                    .append(" | ")
                    .append(metric.help())
                    .append(" |\n");
        }
        check("metrics.md", page.toString());
    }

    @Test
    void audit() throws IOException {
        var page =
                new StringBuilder(
                        "# Audit log\n\n"
                                + "Who did what to which thing; written together with the change"
                                + " itself.\n\n"
                                + "| action | what happened |\n"
                                + "|---|---|\n");
        for (var action : AuditAction.values()) {
            page.append("| `")
                    .append(action.name())
                    .append("` | ")
                    .append(action.sentence())
                    .append(" |\n");
        }
        check("audit.md", page.toString());
    }

    @Test
    void config() throws IOException {
        var page =
                new StringBuilder(
                        "# Configuration\n\n"
                            + "`lyceum.toml` in the data directory. Every key can be set by the"
                            + " environment too: `LYCEUM_HTTP__PORT` is `port` in `[http]`. Values"
                            + " here are the defaults; durations are shown as ISO 8601 and written"
                            + " like `90s`, sizes are written like `2GiB`. What administrators edit"
                            + " in the panel is in the database and not here. There is a section"
                            + " `[devices.name]` for each kind of device, with a name of yours: see"
                            + " [Devices](../operate/servers.md#devices-graphics-cards-and-others).\n\n"
                            + "| key | default |\n"
                            + "|---|---|\n");
        // A kind of device has no defaults without its units.
        var one = "[devices.name]\nunits = [\"nvidia:0\"]\n";
        for (var line : PlatformConfig.read(ConfigFile.of(one, Map.of())).effective()) {
            int equals = line.indexOf('=');
            var key = line.substring(0, equals);
            // As many starts at once as there are cores: the one default that differs between
            // machines.
            var value =
                    key.equals("servers.parallel-starts")
                            ? "number of cores"
                            : key.equals("devices.name.units")
                                    ? "must be set"
                                    : shown(line.substring(equals + 1));
            page.append("| `").append(key).append("` | ").append(value).append(" |\n");
        }
        check("config.md", page.toString());
    }

    private static String shown(String value) {
        return value.isEmpty() ? "not set" : "`" + value + "`";
    }

    private static String sentence(String source) {
        var text = new StringBuilder();
        Matcher piece = PIECE.matcher(source);
        while (piece.find()) {
            text.append(piece.group(1) == null ? "…" : piece.group(1));
        }
        return text.toString().replace("\\\"", "\"").replace("|", "\\|");
    }

    private static void check(String name, String page) throws IOException {
        var file = SourceTree.ROOT.resolve("docs/reference").resolve(name);
        if (Boolean.getBoolean("reference.write")) {
            Files.createDirectories(file.getParent());
            Files.writeString(file, page);
        }
        assertThat(file)
                .as(
                        "made again with: mvn -pl modules/main -am test -Dtest=ReferencePagesTest"
                                + " -Dreference.write=true")
                .content()
                .isEqualTo(page);
    }
}
