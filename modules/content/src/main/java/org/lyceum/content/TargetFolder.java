package org.lyceum.content;

import org.lyceum.builds.GitAddress;
import org.lyceum.platform.kernel.Problem;

import java.util.List;

/**
 * A folder below a home that files are brought to. Never one that is hidden: settings, keys and
 * start-up files are there, and a link must not write to those.
 *
 * @param path relative, without a slash at its ends
 */
public record TargetFolder(String path) {

    private static final int MAX_PATH = 200;
    private static final int MAX_DEPTH = 8;

    public TargetFolder {
        var segments = List.of(path.split("/", -1));
        boolean fits =
                path.length() <= MAX_PATH
                        && segments.size() <= MAX_DEPTH
                        && segments.stream().allMatch(TargetFolder::fits);
        if (!fits) {
            throw Problem.invalid(
                    "content.folder-invalid",
                    "The folder is a path below the home, such as course/week1, of at most "
                            + MAX_PATH
                            + " characters, and no part of it begins with a dot.");
        }
    }

    private static boolean fits(String segment) {
        return !segment.isBlank()
                && !segment.startsWith(".")
                && segment.chars().noneMatch(Character::isISOControl);
    }

    /** The repository's own name, as Git would take it. */
    public static TargetFolder of(GitAddress address) {
        var url = address.url().replaceAll("/+$", "").replaceAll("(/\\.git|\\.git)$", "");
        return new TargetFolder(
                url.substring(Math.max(url.lastIndexOf('/'), url.lastIndexOf(':')) + 1));
    }

    @Override
    public String toString() {
        return path;
    }
}
