package org.lyceum.community;

import org.lyceum.platform.kernel.HostNames;
import org.lyceum.platform.kernel.Problem;

import java.util.Set;
import java.util.regex.Pattern;

/** What a community may be called. */
final class CommunityNames {

    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9-]{0,38}[a-z0-9]");

    /**
     * First segments of paths that the platform or the hub at {@code /} has, or may come to have.
     */
    private static final Set<String> TAKEN =
            Set.of(
                    "hub",
                    "user",
                    "services",
                    "api",
                    "panel",
                    "sso",
                    "static",
                    "admin",
                    "setup",
                    "login",
                    "logout",
                    "default",
                    "metrics",
                    "health",
                    "readyz",
                    "livez",
                    "assets",
                    "docs");

    private static final int MAX_TITLE = 200;
    private static final int MAX_NOTICE = 500;

    private CommunityNames() {}

    /**
     * @throws Problem INVALID community.name-invalid
     */
    static void requireName(String name) {
        if (!NAME.matcher(name).matches() || TAKEN.contains(name)) {
            throw Problem.invalid(
                    "community.name-invalid",
                    "A community's name is 2 to 40 lower-case letters, digits and dashes, begins"
                            + " with a letter, and is no word that the hub's own URLs begin with.");
        }
    }

    /**
     * @throws Problem INVALID community.host-invalid
     */
    static void requireHost(String host) {
        if (!HostNames.valid(host) || host.indexOf('.') < 0) {
            throw Problem.invalid(
                    "community.host-invalid",
                    "A host is a name such as maths.example.org, in lower case: no address, no"
                            + " port, no https://.");
        }
    }

    /**
     * @throws Problem INVALID community.title-invalid
     */
    static void requireTitle(String title) {
        if (title.isBlank() || title.length() > MAX_TITLE || hasControl(title)) {
            throw Problem.invalid(
                    "community.title-invalid",
                    "A community's title has 1 to " + MAX_TITLE + " characters, on one line.");
        }
    }

    /**
     * @throws Problem INVALID community.notice-invalid
     */
    static void requireNotice(String notice) {
        if (notice.length() > MAX_NOTICE || hasControl(notice)) {
            throw Problem.invalid(
                    "community.notice-invalid",
                    "A notice has at most " + MAX_NOTICE + " characters, on one line.");
        }
    }

    private static boolean hasControl(String text) {
        return text.chars().anyMatch(Character::isISOControl);
    }
}
