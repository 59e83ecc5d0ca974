package org.lyceum.builds;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** Finds out of a log which line of which file asked for what could not be had. */
final class Blame {

    /** What programs say, and the file in which the name stands then. */
    private static final Map<Pattern, String> SAID =
            Map.of(
                    Pattern.compile("E: Unable to locate package (\\S+)"), "apt.txt",
                    Pattern.compile("E: Package '?(\\S+?)'? has no installation candidate"),
                            "apt.txt",
                    Pattern.compile("E: Version '\\S+' for '(\\S+)' was not found"), "apt.txt",
                    Pattern.compile("ERROR: No matching distribution found for ([A-Za-z0-9_.-]+)"),
                            "requirements.txt",
                    Pattern.compile("package ‘(\\S+)’ is not available"), "install.R",
                    Pattern.compile("there is no package called ‘(\\S+)’"), "install.R");

    private static final Pattern UNMET = Pattern.compile("LYCEUM-UNMET (.*)");

    private Blame() {}

    /**
     * @return a sentence, or null when the log does not say
     */
    static @Nullable String of(Checkout checkout, List<String> log) {
        for (var line : log) {
            var unmet = UNMET.matcher(line);
            if (unmet.matches()) {
                return unmet.group(1) + ".";
            }
            for (var said : SAID.entrySet()) {
                var matcher = said.getKey().matcher(line);
                if (matcher.find()) {
                    return sentence(checkout, said.getValue(), matcher.group(1));
                }
            }
        }
        return null;
    }

    /** What the engine says at each instruction of a Dockerfile. */
    private static final Pattern AT = Pattern.compile("Step \\d+/\\d+ : (.*)");

    private static final Pattern FROM = Pattern.compile("(?i)FROM\\s+(--\\S+\\s+)?(\\S+).*");

    /** Which line of a Dockerfile could not be done. */
    static String of(Checkout checkout, String dockerfile, String failure, List<String> log) {
        var instruction = "";
        for (var line : log) {
            var at = AT.matcher(line);
            if (at.matches()) {
                instruction = at.group(1).strip();
            }
        }
        var from = FROM.matcher(instruction);
        var words =
                from.matches()
                        ? "the image “"
                                + from.group(2)
                                + "” is not on this machine, and the engine could not pull it"
                        : failure;
        int number = 0;
        var text = checkout.file("Dockerfile");
        for (var line : text == null ? List.<String>of() : text.lines().toList()) {
            number++;
            var begin = line.strip().replaceFirst("\\s*\\\\$", "");
            if (!instruction.isEmpty() && !begin.isEmpty() && instruction.startsWith(begin)) {
                return dockerfile + " line " + number + ": " + words + ".";
            }
        }
        return words + ".";
    }

    private static String sentence(Checkout checkout, String usual, String name) {
        boolean conda = usual.equals("requirements.txt") && checkout.has("environment.yml");
        var file = conda ? "environment.yml" : usual;
        var text = checkout.file(file);
        var word =
                Pattern.compile(
                        "(?i)(^|[^A-Za-z0-9_.-])" + Pattern.quote(name) + "($|[^A-Za-z0-9_])");
        int number = 0;
        for (var line : text == null ? List.<String>of() : text.lines().toList()) {
            number++;
            if (word.matcher(line).find()) {
                return checkout.path(file)
                        + " line "
                        + number
                        + ": “"
                        + name
                        + "” is not to be had from where this machine gets its packages; check the"
                        + " name and the version.";
            }
        }
        return "“"
                + name
                + "”, which something else needs, is not to be had from where this machine gets its"
                + " packages.";
    }
}
