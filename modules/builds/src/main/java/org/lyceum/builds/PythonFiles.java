package org.lyceum.builds;

import java.util.regex.Pattern;

/**
 * What a repository asks of Python: {@code environment.yml} before {@code requirements.txt} before
 * a package of its own, as repo2docker takes them.
 *
 * @param requirements for pip, as {@code requirements.txt} is written; may be empty
 * @param ahead for the shell, without the repository's other files; may be empty
 * @param basis what {@code ahead} depends on
 * @param inside for the shell, in the repository; may be empty
 */
record PythonFiles(String requirements, String ahead, String basis, String inside) {

    /** The name under which a part of a build finds {@link #requirements}. */
    static final String FILE = "requirements.pip";

    /** Lines that mean other files of the repository. */
    private static final Pattern OF_REPOSITORY =
            Pattern.compile(
                    "(?m)^\\s*(-r|-c|-e|--requirement|--constraint|--editable|\\.|/|file:)");

    private static final Pattern RUNTIME = Pattern.compile("python-(\\d+(\\.\\d+){0,2})");

    private static final String PIP = "need pip3 python3-pip\npython3 -m pip install ";

    static PythonFiles of(Checkout checkout) {
        var version = runtime(checkout);
        if (checkout.has("environment.yml")) {
            var conda = CondaFile.of(checkout);
            var asked = conda.python().isEmpty() ? version : conda.python();
            return ofPip(checkout, asked, conda.requirements());
        }
        var requirements = checkout.file("requirements.txt");
        if (requirements != null) {
            return ofPip(checkout, version, requirements);
        }
        boolean ownPackage = checkout.has("setup.py");
        return new PythonFiles("", version, version, ownPackage ? PIP + "." : "");
    }

    private static PythonFiles ofPip(Checkout checkout, String version, String text) {
        if (text.isBlank()) {
            return new PythonFiles("", version, version, "");
        }
        if (OF_REPOSITORY.matcher(text).find()) { // they are found from where the file is
            var beside = Scripts.quoted(checkout.path("." + FILE));
            var inside = "cp /media/files/" + FILE + " " + beside + "\n" + PIP + "-r " + beside;
            return new PythonFiles(text, version, version, inside + "\nrm " + beside);
        }
        return new PythonFiles(text, version + PIP + "-r /media/files/" + FILE, version + text, "");
    }

    private static String runtime(Checkout checkout) {
        var text = checkout.file("runtime.txt");
        if (text == null || text.isBlank()) {
            return "";
        }
        var matcher = RUNTIME.matcher(text.strip());
        if (!matcher.matches()) {
            throw BuildPlan.unmet(
                    checkout.path("runtime.txt")
                            + " line 1: only python-3.x is understood here; for R, packages of"
                            + " Debian's are taken: leave the file out");
        }
        return check(matcher.group(1), checkout.path("runtime.txt") + " line 1");
    }

    static String check(String version, String where) {
        return "python_is " + Scripts.quoted(version) + " " + Scripts.quoted(where) + "\n";
    }
}
