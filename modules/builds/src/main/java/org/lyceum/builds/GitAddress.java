package org.lyceum.builds;

import org.lyceum.platform.kernel.Problem;

import java.util.regex.Pattern;

/**
 * Where a Git repository is: {@code https://host/path}, {@code ssh://user@host/path} or {@code
 * user@host:path}. Holds no password, and nothing that Git would take for an option or for another
 * way of fetching.
 *
 * @param url as somebody wrote it
 */
public record GitAddress(String url) {

    private static final int MAX_URL = 500;
    private static final String HOST = "[A-Za-z0-9][A-Za-z0-9.-]*";
    private static final String PATH = "[A-Za-z0-9_.~/%+@-]+";
    private static final Pattern HTTP = Pattern.compile("https?://" + HOST + "(:\\d+)?/" + PATH);
    private static final Pattern SSH =
            Pattern.compile(
                    "ssh://([A-Za-z0-9._-]+@)?"
                            + HOST
                            + "(:\\d+)?/"
                            + PATH
                            + "|[A-Za-z0-9._]+@"
                            + HOST
                            + ":"
                            + PATH);

    /** Branches, tags and commits; never an option, a range or a refspec. */
    private static final Pattern REFERENCE = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9._/+-]{0,199}");

    public GitAddress {
        if (url.length() > MAX_URL
                || !(HTTP.matcher(url).matches() || SSH.matcher(url).matches())) {
            throw Problem.invalid(
                    "source.url-invalid",
                    "A repository is written as https://host/path, ssh://git@host/path or"
                            + " git@host:path, without a password in it.");
        }
    }

    /** Whether it is reached with a key. */
    public boolean ssh() {
        return !HTTP.matcher(url).matches();
    }

    /** Whether what is sent there can be read on the way. */
    boolean open() {
        return url.startsWith("http://");
    }

    /**
     * A branch, tag or commit; empty for what the host shows first.
     *
     * @throws Problem INVALID {@code source.reference-invalid}
     */
    public static String reference(String text) {
        if (!text.isEmpty() && (!REFERENCE.matcher(text).matches() || text.contains(".."))) {
            throw Problem.invalid(
                    "source.reference-invalid",
                    "Write the name of a branch or tag, or a whole commit id.");
        }
        return text;
    }
}
