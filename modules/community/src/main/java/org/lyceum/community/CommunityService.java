package org.lyceum.community;

import org.lyceum.platform.kernel.Actor;
import org.lyceum.platform.kernel.CommunityId;
import org.lyceum.platform.kernel.Problem;

import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Makes and finds communities. Blocking. */
public final class CommunityService {

    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9-]{0,38}[a-z0-9]");

    /** First segments of paths that the hub at {@code /} has, or may come to have. */
    private static final Set<String> TAKEN =
            Set.of(
                    "hub",
                    "user",
                    "services",
                    "api",
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

    private final CommunityRepository communities;
    private final Clock clock;

    CommunityService(CommunityRepository communities, Clock clock) {
        this.communities = communities;
        this.clock = clock;
    }

    /** The community at {@code /}; the migrations made it. */
    public Community ensureDefault() {
        return find(Community.DEFAULT)
                .orElseThrow(() -> new IllegalStateException("the migrations make community 1"));
    }

    /** All, in the order they were made; at most 1,000. */
    public List<Community> all() {
        return communities.all();
    }

    public Optional<Community> find(CommunityId id) {
        return communities.find(id);
    }

    /**
     * Makes a community at {@code /name/}.
     *
     * @throws Problem INVALID community.name-invalid, community.title-invalid; CONFLICT
     *     community.exists
     */
    public Community create(Actor actor, String name, String title) {
        if (!NAME.matcher(name).matches() || TAKEN.contains(name)) {
            throw Problem.invalid(
                    "community.name-invalid",
                    "A community's name is 2 to 40 lower-case letters, digits and dashes, begins"
                            + " with a letter, and is no word that the hub's own URLs begin with.");
        }
        if (title.isBlank() || title.length() > MAX_TITLE) {
            throw Problem.invalid(
                    "community.title-invalid",
                    "A community's title has 1 to " + MAX_TITLE + " characters.");
        }
        return communities.create(actor, name, title, clock.instant());
    }
}
