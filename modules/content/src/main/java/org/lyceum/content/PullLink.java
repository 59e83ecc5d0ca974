package org.lyceum.content;

import org.jspecify.annotations.Nullable;
import org.lyceum.builds.GitAddress;
import org.lyceum.platform.kernel.Problem;

import java.util.function.Function;

/**
 * What a link of nbgitpuller's form asks for. The words and what they mean when they are absent:
 * nbgitpuller 1.2, {@code handlers.py}.
 *
 * @param depth commits to fetch, 0 for all
 * @param opens path on the server that is opened afterwards, with its query; no slash before it
 */
public record PullLink(
        GitAddress address, String branch, TargetFolder folder, int depth, String opens) {

    private static final int MAX_OPENS = 1_000;

    /** More is the same as all, for what people learn from. */
    private static final int MAX_DEPTH = 10_000;

    /**
     * @param parameter the decoded value of a query's parameter; null when it is absent
     * @throws Problem INVALID {@code content.link-invalid}, and those of its parts
     */
    public static PullLink of(Function<String, @Nullable String> parameter) {
        var repository = first(parameter, "repo");
        if (repository.isEmpty()) {
            throw Problem.invalid(
                    "content.link-invalid",
                    "The link names no repository; ask whoever gave it to you for another.");
        }
        var address = new GitAddress(repository.strip());
        var target = first(parameter, "targetpath", "targetPath");
        var folder =
                target.isEmpty() ? TargetFolder.of(address) : new TargetFolder(trimmed(target));
        return new PullLink(
                address,
                GitAddress.reference(first(parameter, "branch").strip()),
                folder,
                depth(first(parameter, "depth")),
                opens(parameter, folder));
    }

    private static String opens(Function<String, @Nullable String> parameter, TargetFolder folder) {
        var wanted = first(parameter, "urlpath", "urlPath");
        if (wanted.isEmpty()) {
            var below = trimmed(first(parameter, "subpath", "subPath"));
            var path = folder + (below.isEmpty() || below.equals(".") ? "" : "/" + below);
            wanted =
                    first(parameter, "app").equals("notebook")
                            ? "tree/" + path
                            : "lab/tree/" + path;
        }
        var opens = wanted.replaceAll("^[/\\\\]+", "");
        if (opens.length() > MAX_OPENS || opens.chars().anyMatch(Character::isISOControl)) {
            throw Problem.invalid(
                    "content.link-invalid",
                    "What the link is to open is no path; ask whoever gave it to you for another.");
        }
        return opens;
    }

    private static int depth(String text) {
        try {
            return text.isEmpty() ? 1 : Math.clamp(Long.parseLong(text), 0, MAX_DEPTH);
        } catch (NumberFormatException e) {
            return 1;
        }
    }

    private static String trimmed(String path) {
        return path.strip().replaceAll("^/+|/+$", "");
    }

    private static String first(Function<String, @Nullable String> parameter, String... names) {
        for (var name : names) {
            var value = parameter.apply(name);
            if (value != null && !value.isBlank()) {
                return value;
            }
        }
        return "";
    }
}
