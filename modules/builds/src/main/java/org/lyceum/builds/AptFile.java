package org.lyceum.builds;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** {@code apt.txt}: names of Debian's packages, one a line. */
final class AptFile {

    private static final Pattern PACKAGE =
            Pattern.compile("[a-z0-9][a-z0-9.+-]{1,100}(:[a-z0-9]+)?(=[A-Za-z0-9.+:~-]{1,100})?");

    /** More than a command line takes is a mistake. */
    private static final int MAX_PACKAGES = 1000;

    private AptFile() {}

    static List<String> of(Checkout checkout) {
        var text = checkout.file("apt.txt");
        var packages = new ArrayList<String>();
        if (text == null) {
            return packages;
        }
        var path = checkout.path("apt.txt");
        int number = 0;
        for (var line : text.lines().toList()) {
            number++;
            for (var word : line.replaceFirst("#.*", "").strip().split("\\s+")) {
                if (word.isEmpty()) {
                    continue;
                }
                if (!PACKAGE.matcher(word).matches() || packages.size() >= MAX_PACKAGES) {
                    throw BuildPlan.unmet(
                            path + " line " + number + ": “" + word + "” is no name of a package");
                }
                packages.add(word);
            }
        }
        return packages;
    }
}
